"""Recomputes the type and score of a candidate from its posts, whatever its engine stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.dto import BrandSnapshotDTO, CampaignDTO, EvidenceItemDTO, ScorePartDTO, WindowCountsDTO
from kairo.hero.engine.baseline import counts_of
from kairo.hero.engine.brand_fit import ThemeFit, ThemeMatches, campaign_members
from kairo.hero.engine.brand_subject import BrandSubject
from kairo.hero.engine.brand_words import brand_words, theme_by_id
from kairo.hero.engine.bursts import find_burst
from kairo.hero.engine.channels import channel_choice
from kairo.hero.engine.engagement import percentiles
from kairo.hero.engine.feedback import OpportunityTraits, decisions_in_force, feedback_for
from kairo.hero.engine.idea_types import (
    COMPETITOR_SHARE,
    MIN_EVERGREEN_AUTHORS,
    MIN_EVERGREEN_SPREAD,
    TOPIC_CONCEPT,
    TypedTopic,
    active_campaigns,
    competitors_among,
    most_frequent_handle,
    spread_of,
)
from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.post_tokenizer import PostTokenizer
from kairo.hero.engine.score import ScoreInputs, score_breakdown
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.topics import Topic, dated_posts
from kairo.hero.engine.window_days import WindowDays, considered, window_days
from kairo.hero.ports import CandidateDTO, DecisionDTO


class Rescorer:
    """Recomputes candidates of one board. Reads only the posts that they cite, with a reader that looks for the brand's
    phrases.
    """

    def __init__(
        self,
        *,
        brand: BrandSnapshotDTO,
        subject: BrandSubject,
        evidence: Sequence[EvidenceItemDTO],
        counts: WindowCountsDTO | None,
        decisions: Sequence[DecisionDTO],
        reader: PostTokenizer,
        as_of: datetime,
    ) -> None:
        self._brand, self._subject, self._as_of = brand, subject, as_of
        self._evidence, self._counts = evidence, counts
        self._items = {item.id: item for item in evidence}
        self._decided = decisions_in_force(decisions, as_of=as_of)
        self._words = brand_words(brand)
        self._reader, self._matches = reader, ThemeMatches(self._words)
        # Type and score of one candidate are asked for one after the other.
        self._latest: tuple[CandidateDTO | None, TypedTopic | None] = (None, None)
        self._scored: tuple[CandidateDTO | None, tuple[ScorePartDTO, ...]] = (None, ())

    @cached_property
    def _considered(self) -> list[EvidenceItemDTO]:
        return considered(self._evidence, self._subject, as_of=self._as_of)

    @cached_property
    def _days(self) -> WindowDays:
        counts = self._counts or counts_of(self._evidence, as_of=self._as_of)
        return window_days(self._considered, counts, as_of=self._as_of)

    @cached_property
    def _engagement(self) -> dict[UUID, float]:
        return percentiles(self._considered, as_of=self._as_of)

    def type_fault(self, candidate: CandidateDTO) -> str | None:
        """Which condition of its type the candidate's posts do not meet, as a sentence, or None.

        The first type that holds in the order campaign, competitive, trend, evergreen is not asked for: an engine may
        see an opportunity another way, as long as what it says holds.
        """
        typed = self._typed(candidate)
        members = typed.members
        match candidate.type:
            case OpportunityType.CAMPAIGN:
                return None if typed.campaign is not None else "Its posts take up no campaign of the brand that is on."
            case OpportunityType.COMPETITIVE:
                return None if typed.competitor else "Half of its posts must be by one of the brand's competitors."
            case OpportunityType.TREND:
                if typed.topic.burst is None and typed.topic.share is None:
                    return "Its posts are no burst."
                return None
            case _:
                authors = len({member.author_key for member in members})
                if authors >= MIN_EVERGREEN_AUTHORS and spread_of(members, self._as_of) >= MIN_EVERGREEN_SPREAD:
                    return None
                return (
                    f"An evergreen needs {MIN_EVERGREEN_AUTHORS} authors and {MIN_EVERGREEN_SPREAD.days} days between "
                    "its first and last post."
                )

    def score_parts(self, candidate: CandidateDTO) -> tuple[ScorePartDTO, ...]:
        """The parts that the rules give. Call only where `type_fault` finds nothing."""
        known, parts = self._scored
        if known is not candidate:
            parts = self._breakdown(candidate)
            self._scored = (candidate, parts)
        return parts

    def _breakdown(self, candidate: CandidateDTO) -> tuple[ScorePartDTO, ...]:
        typed = self._typed(candidate)
        self._matches.add(typed.members)
        persona = self._named(typed.members, candidate.persona_id, pillars=False)
        traits = OpportunityTraits(
            type=OpportunityType(candidate.type),
            channel=Channel(candidate.primary_channel),
            pillar_id=candidate.pillar_id,
            persona_id=candidate.persona_id,
        )
        return score_breakdown(
            ScoreInputs(
                typed=typed,
                brand=self._brand,
                brand_terms=self._matches.brand_term_count(typed.members),
                pillar=self._named(typed.members, candidate.pillar_id, pillars=True),
                persona=persona,
                channel=channel_choice(traits.channel, candidate.suggested_channels, typed.members),
                engagement=self._engagement,
                feedback=feedback_for(candidate.concept_key, traits, self._decided, as_of=self._as_of),
                as_of=self._as_of,
            )
        )

    def _typed(self, candidate: CandidateDTO) -> TypedTopic:
        """The candidate as its posts show it: a burst, a competitor or a campaign only where they are one."""
        known, typed = self._latest
        if known is not candidate or typed is None:
            typed = self._found(candidate)
            self._latest = (candidate, typed)
        return typed

    def _found(self, candidate: CandidateDTO) -> TypedTopic:
        members = tuple(self._reader.tokenize(self._items[id_]) for id_ in sorted(set(candidate.evidence_ids)))
        anchor = self._anchor(candidate, members)
        topic = Topic(
            anchor=anchor,
            terms=(anchor,),
            members=members,
            burst=None,
            is_in_text=True,
        )
        typed = TypedTopic(topic, OpportunityType(candidate.type), candidate.concept_key)
        if candidate.type == OpportunityType.TREND:
            burst = find_burst(dated_posts(members), self._days.other_posts(anchor, members), as_of=self._as_of)
            share = None if burst is not None or self._days.has_baseline else self._days.share_of(members)
            return replace(typed, topic=replace(topic, burst=burst, share=share))
        if candidate.type == OpportunityType.COMPETITIVE:
            return replace(typed, competitor=self._competitor(candidate, members))
        if candidate.type == OpportunityType.CAMPAIGN:
            return replace(typed, campaign=self._campaign(members))
        return typed

    def _anchor(self, candidate: CandidateDTO, members: Sequence[TokenizedPost]) -> str:
        if candidate.concept_key.startswith(TOPIC_CONCEPT):
            return candidate.concept_key.removeprefix(TOPIC_CONCEPT)
        phrase = next((claim.phrase for claim in candidate.claims if claim.phrase), "")
        return phrase_key(phrase, members[0].language) if phrase else ""

    def _competitor(self, candidate: CandidateDTO, members: Sequence[TokenizedPost]) -> str:
        rivals = competitors_among(members, self._words)
        if len(rivals) < COMPETITOR_SHARE * len(members):
            return ""
        named = candidate.concept_key.removeprefix("competitor:")
        return named if named in rivals else most_frequent_handle(rivals)

    def _campaign(self, members: Sequence[TokenizedPost]) -> CampaignDTO | None:
        for place in active_campaigns(self._words, self._as_of):
            entry = self._words.campaigns[place]
            if len(campaign_members(entry, members)) == len(members):
                return entry.campaign
        return None

    def _named(self, members: Sequence[TokenizedPost], wanted: UUID | None, *, pillars: bool) -> ThemeFit | None:
        theme = theme_by_id(self._words.pillars if pillars else self._words.personas, wanted)
        return self._matches.fit(theme, members) if theme is not None else None
