"""The inputs of a review, with results that its rules share."""

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
from kairo.hero.engine.post_tokenizer import PostTokenizer
from kairo.hero.engine.rescore import Rescorer
from kairo.hero.engine.topic_match import PhraseMatcher, opening_of
from kairo.hero.enums import RejectionCode
from kairo.hero.ports import CandidateDTO, DecisionDTO
from kairo.hero.text.folding import visible
from kairo.hero.text.handles import handle_of, handles_of
from kairo.hero.text.taboos import TabooHit, Taboos, taboos_of

Violation = tuple[RejectionCode, str]
"""The code of the broken rule, and a sentence that says what breaks it."""
_TEXT_NAMESPACE = UUID("3f0f3c5e-5f0a-5d58-9a5d-0c2f0f3b6f5e")


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewContext:
    """The inputs of a review. A post is analysed when a candidate first cites it."""

    brand: BrandSnapshotDTO
    evidence: dict[UUID, EvidenceItemDTO]
    taboos: Taboos
    as_of: datetime
    subject: BrandSubject
    matcher: PhraseMatcher
    rescorer: Rescorer
    names: tuple[str, ...] = ()
    """The names of the brand's products, pillars and campaigns."""
    counts: WindowCountsDTO | None = None
    decisions: tuple[DecisionDTO, ...] = ()
    _taboo_hits: dict[UUID, TabooHit | None] = field(default_factory=dict, repr=False)
    _brand_naming: dict[UUID, bool] = field(default_factory=dict, repr=False)

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
    ) -> ReviewContext:
        """Builds the context of one review. `phrases` are those of all claims, so that posts are tokenized once."""
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

    def taboo_hit(self, evidence_id: UUID) -> TabooHit | None:
        """The first taboo in the texts of a post, or None."""
        if evidence_id not in self._taboo_hits:
            self._taboo_hits[evidence_id] = self.taboos.find(evidence_places(self.evidence[evidence_id]))
        return self._taboo_hits[evidence_id]

    def names_brand(self, evidence_id: UUID) -> bool:
        """Whether a post by another author names the brand."""
        if evidence_id not in self._brand_naming:
            self._brand_naming[evidence_id] = self.subject.names_brand(self.evidence[evidence_id])
        return self._brand_naming[evidence_id]

    def mentions_any_campaign(self, item: EvidenceItemDTO) -> bool:
        """Whether a post contains the name or a keyword of any campaign of the brand."""
        return any(self.mentions_campaign(item, campaign) for campaign in self.brand.campaigns)

    def mentions_campaign(self, item: EvidenceItemDTO, campaign: CampaignDTO) -> bool:
        """Whether a post contains the name or a keyword of this campaign."""
        return any(self.matcher.has_phrase(item, phrase) for phrase in (campaign.name, *campaign.keywords))

    def text_contains(self, text: str, phrase: str) -> bool:
        """Whether a text contains a phrase in one of its spellings or inflections."""
        return self.matcher.has_phrase(_text_as_post(text), phrase)

    def is_competitor(self, item: EvidenceItemDTO) -> bool:
        """Whether the author is one of the brand's competitors."""
        return handle_of(item.author_ref) in handles_of(self.brand.competitor_handles)


def excerpt(value: object, *, max_chars: int = 120) -> str:
    """Returns a value of any type as one line of at most `max_chars` characters."""
    text = str(value) if isinstance(value, str | UUID) else type(value).__name__
    text = re.sub(r"\s+", " ", visible(text[: max_chars * 4]))
    return text if len(text) <= max_chars else f"{text[: max_chars - 1]}…"


def main_texts(candidate: CandidateDTO) -> Iterator[tuple[str, str]]:
    """The candidate's title, angle and why_now, each with the name of its place."""
    yield from (("title", candidate.title), ("angle", candidate.angle), ("why_now", candidate.why_now))


def minor_texts(candidate: CandidateDTO) -> Iterator[tuple[str, str]]:
    """The texts of its claims, angle parts and score parts, each with the name of its place."""
    yield from (("claim", claim.text) for claim in candidate.claims)
    yield from (("phrase of a claim", claim.phrase) for claim in candidate.claims)
    yield from (("part of the angle", part.text) for part in candidate.angle_parts)
    yield from ((f"{part.part} sentence", part.sentence) for part in candidate.score_parts)
    yield from ((f"{part.part} rule", part.rule) for part in candidate.score_parts)


def all_texts(candidate: CandidateDTO) -> list[tuple[str, str]]:
    """All texts of the candidate with the names of their places."""
    return [*main_texts(candidate), *minor_texts(candidate)]


def cited_ids(candidate: CandidateDTO) -> list[UUID]:
    """The distinct posts that the candidate cites as evidence, in claims and in angle parts."""
    cited = [*candidate.evidence_ids]
    cited += [evidence_id for claim in candidate.claims for evidence_id in claim.evidence_ids]
    cited += [evidence_id for part in candidate.angle_parts for evidence_id in part.evidence_ids]
    return list(dict.fromkeys(cited))


# Each claim of a candidate looks for its phrase in the same texts.
@lru_cache(maxsize=64)
def _text_as_post(text: str) -> EvidenceItemDTO:
    return EvidenceItemDTO(
        id=uuid5(_TEXT_NAMESPACE, text),
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
