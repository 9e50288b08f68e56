"""What candidates are judged by, and what of it is worked out once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from uuid import UUID, uuid5

from kairo.core.enums import ContentType, Platform
from kairo.hero.dto import BrandSnapshotDTO, CampaignDTO, EvidenceItemDTO, WindowCountsDTO
from kairo.hero.engine.baseline import counts_of
from kairo.hero.engine.brand_subject import BrandSubject, subject_of
from kairo.hero.engine.brand_words import brand_words, openings_of
from kairo.hero.engine.claims import names_of
from kairo.hero.engine.evidence_texts import evidence_places
from kairo.hero.engine.rescore import Rescorer
from kairo.hero.engine.tokenized_posts import PostTokenizer
from kairo.hero.engine.topic_match import PhraseMatcher, opening_of
from kairo.hero.enums import RejectionCode
from kairo.hero.ports import CandidateDTO, DecisionDTO
from kairo.hero.text.folding import visible
from kairo.hero.text.handles import handle_of, handles_of
from kairo.hero.text.taboos import TabooHit, Taboos, taboos_of

Broken = tuple[RejectionCode, str]
"""The code of a broken rule, and a sentence that says what broke it."""
_TEXTS = UUID("3f0f3c5e-5f0a-5d58-9a5d-0c2f0f3b6f5e")


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """What candidates are judged by. Posts are looked at when a candidate cites them, each once."""

    brand: BrandSnapshotDTO
    evidence: dict[UUID, EvidenceItemDTO]
    taboos: Taboos
    as_of: datetime
    subject: BrandSubject
    matcher: PhraseMatcher
    rescorer: Rescorer
    names: tuple[str, ...] = ()
    """What the brand calls things."""
    counts: WindowCountsDTO | None = None
    decisions: tuple[DecisionDTO, ...] = ()
    _taboo_hits: dict[UUID, TabooHit | None] = field(default_factory=dict, repr=False)
    _about_brand: dict[UUID, bool] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        brand: BrandSnapshotDTO,
        evidence: Iterable[EvidenceItemDTO],
        as_of: datetime,
        *,
        counts: WindowCountsDTO | None = None,
        decisions: Sequence[DecisionDTO] = (),
        phrases: Iterable[str] = (),
    ) -> Context:
        """The context of one review. `phrases` are those of its claims, for which posts are read once together."""
        items = tuple(evidence)
        if counts is None:
            counts = counts_of(items, as_of=as_of)
        openings = {opening for phrase in phrases if (opening := opening_of(phrase)) is not None}
        reader = PostTokenizer(
            languages=brand.languages,
            openings=openings | openings_of(brand),
            joined=brand_words(brand).joined_keys,
        )
        subject = subject_of(brand)
        return cls(
            brand=brand,
            evidence={item.id: item for item in items},
            taboos=taboos_of(brand),
            as_of=as_of,
            subject=subject,
            matcher=PhraseMatcher(brand.languages, reader=reader),
            rescorer=Rescorer(
                brand=brand,
                subject=subject,
                evidence=items,
                counts=counts,
                decisions=decisions,
                reader=reader,
                as_of=as_of,
            ),
            names=names_of(brand),
            counts=counts,
            decisions=tuple(decisions),
        )

    def taboo_in(self, found: UUID) -> TabooHit | None:
        """The taboo in a post, if there is one."""
        if found not in self._taboo_hits:
            self._taboo_hits[found] = self.taboos.find(evidence_places(self.evidence[found]))
        return self._taboo_hits[found]

    def names_brand(self, found: UUID) -> bool:
        """Whether a post by another names the brand."""
        if found not in self._about_brand:
            self._about_brand[found] = self.subject.names_brand(self.evidence[found])
        return self._about_brand[found]

    def takes_up_campaign(self, item: EvidenceItemDTO) -> bool:
        """Whether a post says the name or a keyword of one of the brand's campaigns."""
        return any(self.says_campaign(item, campaign) for campaign in self.brand.campaigns)

    def says_campaign(self, item: EvidenceItemDTO, campaign: CampaignDTO) -> bool:
        """Whether a post says the name or a keyword of this campaign."""
        return any(self.matcher.says(item, phrase) for phrase in (campaign.name, *campaign.keywords))

    def text_says(self, text: str, phrase: str) -> bool:
        """Whether a text says a phrase, in one of its spellings or inflections, as a post may."""
        return self.matcher.says(_as_post(text), phrase)

    def is_competitor(self, item: EvidenceItemDTO) -> bool:
        """Whether one of the accounts that the brand watches posted it."""
        return handle_of(item.author_ref) in handles_of(self.brand.competitor_handles)


def shortened(value: object, *, most: int = 120) -> str:
    """A value of any type as a short line of text."""
    text = str(value) if isinstance(value, str | UUID) else type(value).__name__
    text = re.sub(r"\s+", " ", visible(text[: most * 4]))
    return text if len(text) <= most else f"{text[: most - 1]}…"


def texts_of(candidate: CandidateDTO) -> Iterator[tuple[str, str]]:
    """The candidate's own texts with the name of each place: what a person reads of it."""
    yield from (("title", candidate.title), ("angle", candidate.angle), ("why_now", candidate.why_now))


def small_texts_of(candidate: CandidateDTO) -> Iterator[tuple[str, str]]:
    """Its other texts: claims, parts of its angle, score parts."""
    yield from (("claim", claim.text) for claim in candidate.claims)
    yield from (("phrase of a claim", claim.phrase) for claim in candidate.claims)
    yield from (("part of the angle", part.text) for part in candidate.angle_parts)
    yield from ((f"{part.part} sentence", part.sentence) for part in candidate.score_parts)
    yield from ((f"{part.part} rule", part.rule) for part in candidate.score_parts)


def all_texts_of(candidate: CandidateDTO) -> list[tuple[str, str]]:
    """All its texts with the names of their places."""
    return [*texts_of(candidate), *small_texts_of(candidate)]


def cited_by(candidate: CandidateDTO) -> list[UUID]:
    """Every post that the candidate names, once: as evidence, for a claim, for a part of its angle."""
    named = [*candidate.evidence_ids]
    named += [found for claim in candidate.claims for found in claim.evidence_ids]
    named += [found for part in candidate.angle_parts for found in part.evidence_ids]
    return list(dict.fromkeys(named))


# Every claim of an idea asks the same texts for its phrase.
@lru_cache(maxsize=64)
def _as_post(text: str) -> EvidenceItemDTO:
    return EvidenceItemDTO(
        id=uuid5(_TEXTS, text),
        platform=Platform.WEB,
        content_type=ContentType.TEXT_POST,
        external_id="",
        canonical_url="",
        published_at=None,
        author_ref="",
        title="",
        text_primary=text,
        text_secondary="",
        has_transcript=False,
    )
