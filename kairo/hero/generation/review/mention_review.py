"""Reviews the brand mentions of any engine. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from kairo.hero.dto import BrandMentionDTO, ClaimDTO, EvidenceItemDTO
from kairo.hero.engine.claims import author_key, read_window, why_unproven
from kairo.hero.gates.thresholds import MAX_MENTION_POSTS, MAX_MENTIONS, MAX_PHRASE_CHARS, MIN_ABOUT_SHARE
from kairo.hero.generation.review.context import ReviewContext
from kairo.hero.generation.review.display_texts import is_displayable, is_storable_text
from kairo.hero.text.folding import fold, visible

_OLDEST = datetime.min.replace(tzinfo=UTC)


def ranked_mentions(reviewed: Iterable[BrandMentionDTO]) -> tuple[BrandMentionDTO, ...]:
    """At most MAX_MENTIONS mentions, newest first; of those with the same phrase, the one with most posts."""
    kept: dict[str, BrandMentionDTO] = {}
    for mention in reviewed:
        other = kept.get(fold(mention.phrase))
        if other is None or len(other.evidence_ids) < len(mention.evidence_ids):
            kept[fold(mention.phrase)] = mention
    ordered = sorted(kept.values(), key=lambda mention: mention.phrase)
    ordered.sort(key=lambda mention: mention.newest_published_at or _OLDEST, reverse=True)
    return tuple(ordered[:MAX_MENTIONS])


def reviewed_mention(mention: BrandMentionDTO, context: ReviewContext) -> BrandMentionDTO | None:
    """The mention as a board stores it, or None if it breaks a rule.

    The phrase is the brand's name, or a post of the mention contains it. The posts are evidence of this run, inside the
    window and not the brand's own, newest first and at most MAX_MENTION_POSTS; at least half of them name the brand.
    Authors are recounted. Claims are dropped unless posts of the mention that contain their phrase prove them.
    """
    phrase = " ".join(visible(mention.phrase).split())
    if not phrase or len(phrase) > MAX_PHRASE_CHARS or not is_displayable(phrase, context):
        return None
    posts = _posts(mention, context)
    if not posts or sum(context.names_brand(post.id) for post in posts) < MIN_ABOUT_SHARE * len(posts):
        return None
    if fold(phrase) != fold(context.brand.name) and not any(context.matcher.has_phrase(post, phrase) for post in posts):
        return None
    posts = posts[:MAX_MENTION_POSTS]
    return BrandMentionDTO(
        phrase=phrase,
        authors=len({author_key(post) for post in posts}),
        window=mention.window,
        evidence_ids=tuple(post.id for post in posts),
        claims=tuple(claim for claim in mention.claims if _is_proven(claim, posts, context)),
        newest_published_at=posts[0].published_at,
    )


def _posts(mention: BrandMentionDTO, context: ReviewContext) -> list[EvidenceItemDTO]:
    """The posts of the mention, newest first. Posts without a date are inside any window, and come last."""
    window = read_window(mention.window)
    stored = (context.evidence.get(id_) for id_ in sorted(set(mention.evidence_ids)))
    posts = [item for item in stored if item and (item.published_at is None or window.contains(item.published_at))]
    posts = [item for item in posts if not context.subject.is_own(item)]
    posts.sort(key=lambda post: post.published_at or _OLDEST, reverse=True)
    return posts


def _is_proven(claim: ClaimDTO, posts: list[EvidenceItemDTO], context: ReviewContext) -> bool:
    """Whether posts of the mention that contain the claim's phrase prove it, and a board may show its texts."""
    if not {post.id for post in posts}.issuperset(claim.evidence_ids):
        return False
    if not all(is_storable_text(text) and is_displayable(text, context) for text in (claim.text, claim.phrase)):
        return False
    fault = why_unproven(
        claim, evidence=context.evidence, as_of=context.as_of, brand=context.brand, counts=context.counts
    )
    if fault is not None:
        return False
    return not claim.phrase or all(
        context.matcher.has_phrase(context.evidence[id_], claim.phrase) for id_ in claim.evidence_ids
    )
