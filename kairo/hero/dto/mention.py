"""Brand mentions: topics that are about the brand itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairo.hero.dto.evidence import EvidencePreviewDTO
from kairo.hero.dto.opportunity import ClaimDTO
from kairo.hero.enums import MentionChangeKind


@dataclass(frozen=True, kw_only=True, slots=True)
class BrandMentionDTO:
    """A topic of which at least half of the posts name the brand. It has no score and is no opportunity.

    `window` is an interval as in claims. `posts` is set only on boards that are read for a client: the cited posts
    that are still stored.
    """

    phrase: str
    authors: int
    window: str
    evidence_ids: tuple[UUID, ...]
    claims: tuple[ClaimDTO, ...] = ()
    newest_published_at: datetime | None = None
    posts: tuple[EvidencePreviewDTO, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class BrandMentionChangeDTO:
    """The change of one brand mention between two boards, matched by its phrase; `cause` is a sentence.

    `previous_authors` is None for a new mention, `authors` for one that is gone.
    """

    phrase: str
    kind: MentionChangeKind
    cause: str
    previous_authors: int | None = None
    authors: int | None = None
