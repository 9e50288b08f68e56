"""The rules every brand mention must keep, whatever engine found it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from kairo.hero.dto import BrandMentionDTO, ClaimDTO, EvidenceItemDTO
from kairo.hero.engine.claims import author_key, read_window, why_unproven
from kairo.hero.gates.thresholds import MAX_MENTION_POSTS, MAX_MENTIONS, MAX_PHRASE_CHARS, MIN_ABOUT_SHARE
from kairo.hero.generation.review.context import Context
from kairo.hero.generation.review.shown_texts import is_clean, is_text
from kairo.hero.text.folding import fold, visible

_NEVER = datetime.min.replace(tzinfo=UTC)


def ranked_mentions(reviewed: Iterable[BrandMentionDTO]) -> tuple[BrandMentionDTO, ...]:
    """The mentions newest first, at most MAX_MENTIONS; of mentions with one phrase, the largest."""
    kept: dict[str, BrandMentionDTO] = {}
    for found in reviewed:
        other = kept.get(fold(found.phrase))
        if other is None or len(other.evidence_ids) < len(found.evidence_ids):
            kept[fold(found.phrase)] = found
    ordered = sorted(kept.values(), key=lambda one: one.phrase)
    ordered.sort(key=lambda one: one.newest_published_at or _NEVER, reverse=True)
    return tuple(ordered[:MAX_MENTIONS])


def reviewed_mention(mention: BrandMentionDTO, context: Context) -> BrandMentionDTO | None:
    """The mention as a board keeps it; None where it breaks a rule.

    A phrase is the brand's name, or said by a post of the mention. Posts are among the evidence, inside the window,
    not the brand's own, newest first and at most MAX_MENTION_POSTS; half of them or more name the brand. Authors are
    counted again. A claim is proven by posts of the mention, each of which says its phrase; others are left out.
    """
    phrase = " ".join(visible(mention.phrase).split())
    if not phrase or len(phrase) > MAX_PHRASE_CHARS or not is_clean(phrase, context):
        return None
    posts = _posts(mention, context)
    if not posts or sum(context.names_brand(post.id) for post in posts) < MIN_ABOUT_SHARE * len(posts):
        return None
    if fold(phrase) != fold(context.brand.name) and not any(context.matcher.says(post, phrase) for post in posts):
        return None
    posts = posts[:MAX_MENTION_POSTS]
    return BrandMentionDTO(
        phrase=phrase,
        authors=len({author_key(post) for post in posts}),
        window=mention.window,
        evidence_ids=tuple(post.id for post in posts),
        claims=tuple(claim for claim in mention.claims if _holds(claim, posts, context)),
        newest_published_at=posts[0].published_at,
    )


def _posts(mention: BrandMentionDTO, context: Context) -> list[EvidenceItemDTO]:
    """Its posts, newest first, undated ones last. The window says nothing about a post without a date."""
    window = read_window(mention.window)
    found = (context.evidence.get(id_) for id_ in sorted(set(mention.evidence_ids)))
    posts = [item for item in found if item and (item.published_at is None or window.holds(item.published_at))]
    posts = [item for item in posts if not context.subject.is_own(item)]
    posts.sort(key=lambda post: post.published_at or _NEVER, reverse=True)
    return posts


def _holds(claim: ClaimDTO, posts: list[EvidenceItemDTO], context: Context) -> bool:
    """Whether it is proven by posts of its mention that say its phrase, in words that a board may show."""
    if not {post.id for post in posts}.issuperset(claim.evidence_ids):
        return False
    if not all(is_text(text) and is_clean(text, context) for text in (claim.text, claim.phrase)):
        return False
    fault = why_unproven(
        claim, evidence=context.evidence, as_of=context.as_of, brand=context.brand, counts=context.counts
    )
    if fault is not None:
        return False
    return not claim.phrase or all(
        context.matcher.says(context.evidence[id_], claim.phrase) for id_ in claim.evidence_ids
    )
