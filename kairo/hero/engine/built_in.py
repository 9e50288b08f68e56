"""The built-in engine: from gated evidence to candidates, without a model. Every step is a function of values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from kairo.hero.dto import PersonaDTO, PillarDTO, RejectedCandidateDTO
from kairo.hero.engine.board_notes import notes_of
from kairo.hero.engine.brand_fit import Fit
from kairo.hero.engine.channels import choose_channels
from kairo.hero.engine.coverage import coverage_of
from kairo.hero.engine.deadline import Deadline
from kairo.hero.engine.engagement import percentiles
from kairo.hero.engine.feedback import Traits, feedback_for, standing
from kairo.hero.engine.idea_types import Story
from kairo.hero.engine.mentions import find_mentions
from kairo.hero.engine.run_key import run_key
from kairo.hero.engine.score import Facts, receipt
from kairo.hero.engine.selection import choose, distinct_by_evidence
from kairo.hero.engine.state import EngineState, read_state
from kairo.hero.engine.stories import find_stories
from kairo.hero.engine.wording.labels import topic_label
from kairo.hero.engine.wording.languages import board_grammar
from kairo.hero.engine.wording.remarks import notes_for
from kairo.hero.engine.wording.write import Words, word
from kairo.hero.enums import RejectionCode
from kairo.hero.ports import CandidateDTO, SynthesisRequest, SynthesisResult

ENGINE = "kairo-builtin"
ENGINE_VERSION = "2"
_SPARE_IDEAS = 8
_Named = TypeVar("_Named", PillarDTO, PersonaDTO)
_Draft = tuple[Story, Fit | None, Fit | None, CandidateDTO]


class BuiltinSynthesizer:
    """The deterministic engine: the same request gives the same result, on any machine, in any order of evidence."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        deadline = Deadline(request.time_limit_s)
        state = read_state(request)
        deadline.check()
        stories = find_stories(state)
        deadline.check()
        ideas = _word_and_score(stories, state)
        deadline.check()
        kept, dropped = choose(ideas, most=request.max_opportunities)
        state.rejected += [_rejected(one.candidate, one.code, one.detail) for one in dropped]
        readings = state.readings
        return SynthesisResult(
            candidates=tuple(kept),
            rejected=tuple(state.rejected),
            coverage=coverage_of(
                state.words,
                readings,
                state.matches,
                ideas=Counter(one.pillar_id for one in kept),
                near_misses=state.near_misses,
                language=board_grammar(readings, languages=request.brand.languages).language,
            ),
            mentions=find_mentions(state),
            notes=notes_of(state),
            engine=ENGINE,
            engine_version=ENGINE_VERSION,
            run_key=run_key(request, engine=ENGINE, engine_version=ENGINE_VERSION),
            diagnostics={
                "posts": len(request.evidence),
                "posts_considered": len(state.considered),
                "posts_read": len(readings),
                "stories": len(stories),
            },
        )


def _word_and_score(stories: Iterable[Story], state: EngineState) -> list[CandidateDTO]:
    """Steps 4, 9, 10 and 11: the best-scored story chooses its words first, and no frame is used twice in a row."""
    request = state.request
    decided = standing(request.decisions, as_of=request.as_of)
    engagement = percentiles(state.considered, as_of=request.as_of)
    drafts: list[_Draft] = []
    for story in stories:
        decision = decided.get(story.concept)
        pillar = state.matches.pillar(story.members)
        persona = state.matches.persona(story.members)
        channel = choose_channels(request.brand, story.members)
        traits = Traits(
            type=story.type,
            channel=channel.primary,
            pillar_id=pillar.theme.ref.id if pillar else None,
            persona_id=persona.theme.ref.id if persona else None,
        )
        draft = CandidateDTO(
            concept_key=story.concept,
            title="",
            angle="",
            why_now="",
            type=story.type,
            primary_channel=channel.primary,
            suggested_channels=channel.suggested,
            score_parts=receipt(
                Facts(
                    story=story,
                    brand=request.brand,
                    brand_terms=state.matches.brand_terms(story.members),
                    pillar=pillar,
                    persona=persona,
                    channel=channel,
                    engagement=engagement,
                    feedback=feedback_for(story.concept, traits, decided, as_of=request.as_of),
                    as_of=request.as_of,
                )
            ),
            evidence_ids=tuple(member.id for member in story.members),
            persona_id=traits.persona_id,
            pillar_id=traits.pillar_id,
        )
        if decision is not None and decision.kind == "ignored":
            label = topic_label(story.topic, vocabulary=state.vocabulary, language=story.members[0].language)
            detail = f"It was ignored on {decision.at.date().isoformat()}."
            state.rejected.append(_rejected(draft, RejectionCode.DECIDED_IGNORED, detail, title=label))
            continue
        drafts.append((story, pillar, persona, draft))
    return _worded(drafts, state, engagement)


def _worded(drafts: Sequence[_Draft], state: EngineState, engagement: Mapping[UUID, float]) -> list[CandidateDTO]:
    request, words_of_brand = state.request, state.words.term_keys
    used: list[str] = []
    worded: list[Words] = []
    found: list[CandidateDTO] = []
    for story, pillar, persona, draft in _leading(drafts, most=request.max_opportunities):
        words = word(
            story,
            brand=request.brand,
            pillar=_named(request.brand.pillars, pillar),
            persona=_named(request.brand.personas, persona),
            vocabulary=state.vocabulary,
            general=frozenset(words_of_brand),
            used_frames=used,
            said_in=state.matches.said_in,
            engagement=engagement,
            channel=draft.primary_channel,
            own_posts=story.own_posts,
            taboos=state.taboos,
            as_of=request.as_of,
        )
        candidate = replace(
            draft,
            title=words.title,
            angle=words.angle,
            why_now=words.why_now,
            claims=words.claims,
            angle_parts=words.angle_parts,
        )
        places = [("title", words.title), ("angle", words.angle), ("why_now", words.why_now)]
        places += [(f"{part.part} sentence", part.sentence) for part in candidate.score_parts]
        hit = state.taboos.find(places)
        if hit is not None:
            detail = f'The brand\'s taboo "{hit.term}" is in its {hit.place}.'
            state.rejected.append(_rejected(candidate, RejectionCode.TABOO, detail))
            continue
        used += words.frames
        worded.append(words)
        found.append(candidate)
    state.notes += notes_for(worded)
    return found


def _leading(drafts: Sequence[_Draft], *, most: int) -> list[_Draft]:
    """The drafts that may get on the board, best first: words for hundreds of ideas that cannot are not looked for.

    Some more than there is room for, because words may still cost an idea its place.
    """
    by_concept = {draft.concept_key: (story, pillar, persona, draft) for story, pillar, persona, draft in drafts}
    chosen = distinct_by_evidence([draft for _, _, _, draft in drafts], most=most + _SPARE_IDEAS)
    return [by_concept[draft.concept_key] for draft in chosen]


def _named(themes: Sequence[_Named], fit: Fit | None) -> _Named | None:
    return next((theme for theme in themes if fit is not None and theme.id == fit.theme.ref.id), None)


def _rejected(candidate: CandidateDTO, code: RejectionCode, detail: str, *, title: str = "") -> RejectedCandidateDTO:
    return RejectedCandidateDTO(
        title=title or candidate.title, code=code, detail=detail, evidence_ids=candidate.evidence_ids
    )
