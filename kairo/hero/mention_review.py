"""The rules every brand mention must keep, whatever engine found it. Pure, and safe against any value."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from kairo.hero.claims import read_window, voice, why_unproven
from kairo.hero.dto import BrandMentionDTO, BrandSnapshotDTO, ClaimDTO, EvidenceItemDTO
from kairo.hero.synthesis.topic_match import PhraseMatcher
from kairo.hero.text.folding import fold, visible
from kairo.hero.thresholds import MAX_MENTION_POSTS, MAX_MENTIONS, MAX_PHRASE_CHARS

logger = logging.getLogger(__name__)

_LINK_OR_MARKUP = re.compile(r"\w+://|www\.|<\s*[/!a-z]|\]\(", re.IGNORECASE)
_NEVER = datetime.min.replace(tzinfo=UTC)


def reviewed_mentions(
    mentions: Iterable[BrandMentionDTO],
    *,
    brand: BrandSnapshotDTO,
    evidence: Sequence[EvidenceItemDTO],
    as_of: datetime,
) -> tuple[BrandMentionDTO, ...]:
    """The mentions that keep every rule, newest first, at most 24; of mentions with one phrase, the largest.

    A phrase is the brand's name, or said by a post of the mention. Posts are among the evidence, inside the window,
    newest first and at most 200; authors are counted again. A claim is proven by posts of the mention, each of which
    says its phrase; others are left out. Never raises for what a mention holds.
    """
    context = _Context(
        brand=brand,
        evidence={item.id: item for item in evidence},
        matcher=PhraseMatcher(brand.languages),
        as_of=as_of,
    )
    kept: dict[str, BrandMentionDTO] = {}
    # The declared type is a promise of foreign code.
    for mention in mentions if isinstance(mentions, Iterable) else ():
        try:
            found = _reviewed(mention, context)
        except Exception as error:
            # As for candidates: a value that no rule foresaw must cost its mention, not the board.
            found = type(error).__name__
        if isinstance(found, str):
            logger.warning("brand mention dropped: %s", found, extra={"brand_id": str(brand.id)})
            continue
        other = kept.get(fold(found.phrase))
        if other is None or len(other.evidence_ids) < len(found.evidence_ids):
            kept[fold(found.phrase)] = found
    ordered = sorted(kept.values(), key=lambda one: one.phrase)
    ordered.sort(key=lambda one: one.newest_published_at or _NEVER, reverse=True)
    return tuple(ordered[:MAX_MENTIONS])


@dataclass(frozen=True, kw_only=True, slots=True)
class _Context:
    brand: BrandSnapshotDTO
    evidence: Mapping[UUID, EvidenceItemDTO]
    matcher: PhraseMatcher
    as_of: datetime


def _reviewed(mention: BrandMentionDTO, context: _Context) -> BrandMentionDTO | str:
    """The mention as a board keeps it, or the rule it breaks."""
    phrase = " ".join(visible(mention.phrase).split())
    if not phrase or len(phrase) > MAX_PHRASE_CHARS or _LINK_OR_MARKUP.search(phrase):
        return "its phrase is empty, too long, a link or markup"
    posts = _posts(mention, context)
    if not posts:
        return "none of its posts is evidence of its window"
    if fold(phrase) != fold(context.brand.name) and not any(context.matcher.says(post, phrase) for post in posts):
        return "none of its posts says its phrase"
    named = {post.id for post in posts}
    return BrandMentionDTO(
        phrase=phrase,
        authors=len({voice(post) for post in posts}),
        window=mention.window,
        evidence_ids=tuple(post.id for post in posts),
        claims=tuple(claim for claim in mention.claims if _holds(claim, named, context)),
        newest_published_at=posts[0].published_at,
    )


def _posts(mention: BrandMentionDTO, context: _Context) -> list[EvidenceItemDTO]:
    """Its posts, newest first, undated ones last. The window says nothing about a post without a date."""
    window = read_window(mention.window)
    found = (context.evidence.get(id_) for id_ in sorted(set(mention.evidence_ids)))
    posts = [item for item in found if item and (item.published_at is None or window.holds(item.published_at))]
    posts.sort(key=lambda post: post.published_at or _NEVER, reverse=True)
    return posts[:MAX_MENTION_POSTS]


def _holds(claim: ClaimDTO, named: set[UUID], context: _Context) -> bool:
    if not named.issuperset(claim.evidence_ids) or _LINK_OR_MARKUP.search(claim.text):
        return False
    if why_unproven(claim, evidence=context.evidence, as_of=context.as_of, brand=context.brand) is not None:
        return False
    return not claim.phrase or all(
        context.matcher.says(context.evidence[id_], claim.phrase) for id_ in claim.evidence_ids
    )
