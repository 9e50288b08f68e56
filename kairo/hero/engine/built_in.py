"""The built-in engine: computes candidates from gated evidence without a model. Every step is a pure function."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from kairo.hero.dto import PersonaDTO, PillarDTO, RejectedCandidateDTO
from kairo.hero.engine.board_notes import notes_of
from kairo.hero.engine.brand_fit import ThemeFit
from kairo.hero.engine.channels import choose_channels
from kairo.hero.engine.coverage import coverage_of
from kairo.hero.engine.deadline import Deadline
from kairo.hero.engine.engagement import percentiles
from kairo.hero.engine.feedback import OpportunityTraits, decisions_in_force, feedback_for
from kairo.hero.engine.idea_types import TypedTopic
from kairo.hero.engine.mentions import find_mentions
from kairo.hero.engine.run_key import run_key
from kairo.hero.engine.score import ScoreInputs, score_breakdown
from kairo.hero.engine.selection import distinct_by_evidence, select_candidates
from kairo.hero.engine.state import EngineState, initial_state
from kairo.hero.engine.typed_topics import find_typed_topics
from kairo.hero.engine.wording.labels import topic_label
from kairo.hero.engine.wording.languages import board_grammar
from kairo.hero.engine.wording.remarks import notes_for
from kairo.hero.engine.wording.write import WordedOpportunity, word_opportunity
from kairo.hero.enums import RejectionCode
from kairo.hero.ports import CandidateDTO, SynthesisRequest, SynthesisResult

ENGINE = "kairo-builtin"
ENGINE_VERSION = "2"
_SPARE_IDEAS = 8
_Named = TypeVar("_Named", PillarDTO, PersonaDTO)
_Draft = tuple[TypedTopic, ThemeFit | None, ThemeFit | None, CandidateDTO]


class BuiltinSynthesizer:
    """The deterministic engine: the same request gives the same result, on any machine, in any order of evidence."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        deadline = Deadline(request.time_limit_s)
        state = initial_state(request)
        deadline.check()
        typed_topics = find_typed_topics(state)
        deadline.check()
        ideas = _word_and_score(typed_topics, state)
        deadline.check()
        kept, dropped = select_candidates(ideas, most=request.max_opportunities)
        state.rejected += [_rejected(one.candidate, one.code, one.detail) for one in dropped]
        posts = state.posts
        return SynthesisResult(
            candidates=tuple(kept),
            rejected=tuple(state.rejected),
            coverage=coverage_of(
                state.brand_words,
                posts,
                state.matches,
                ideas=Counter(one.pillar_id for one in kept),
                near_misses=state.near_misses,
                language=board_grammar(posts, languages=request.brand.languages).language,
            ),
            mentions=find_mentions(state),
            notes=notes_of(state),
            engine=ENGINE,
            engine_version=ENGINE_VERSION,
            run_key=run_key(request, engine=ENGINE, engine_version=ENGINE_VERSION),
            diagnostics={
                "posts": len(request.evidence),
                "posts_considered": len(state.considered),
                "posts_read": len(posts),
                "stories": len(typed_topics),
            },
        )


def _word_and_score(typed_topics: Iterable[TypedTopic], state: EngineState) -> list[CandidateDTO]:
    """Steps 4, 9, 10 and 11: scores each topic, then words the best scored first, so that it has first choice of
    templates."""
    request = state.request
    decided = decisions_in_force(request.decisions, as_of=request.as_of)
    engagement = percentiles(state.considered, as_of=request.as_of)
    drafts: list[_Draft] = []
    for typed in typed_topics:
        decision = decided.get(typed.concept)
        pillar = state.matches.pillar(typed.members)
        persona = state.matches.persona(typed.members)
        channel = choose_channels(request.brand, typed.members)
        traits = OpportunityTraits(
            type=typed.type,
            channel=channel.primary,
            pillar_id=pillar.theme.ref.id if pillar else None,
            persona_id=persona.theme.ref.id if persona else None,
        )
        draft = CandidateDTO(
            concept_key=typed.concept,
            title="",
            angle="",
            why_now="",
            type=typed.type,
            primary_channel=channel.primary,
            suggested_channels=channel.suggested,
            score_parts=score_breakdown(
                ScoreInputs(
                    typed=typed,
                    brand=request.brand,
                    brand_terms=state.matches.brand_term_count(typed.members),
                    pillar=pillar,
                    persona=persona,
                    channel=channel,
                    engagement=engagement,
                    feedback=feedback_for(typed.concept, traits, decided, as_of=request.as_of),
                    as_of=request.as_of,
                )
            ),
            evidence_ids=tuple(member.id for member in typed.members),
            persona_id=traits.persona_id,
            pillar_id=traits.pillar_id,
        )
        if decision is not None and decision.kind == "ignored":
            label = topic_label(typed.topic, vocabulary=state.vocabulary, language=typed.members[0].language)
            detail = f"It was ignored on {decision.at.date().isoformat()}."
            state.rejected.append(_rejected(draft, RejectionCode.DECIDED_IGNORED, detail, title=label))
            continue
        drafts.append((typed, pillar, persona, draft))
    return _worded(drafts, state, engagement)


def _worded(drafts: Sequence[_Draft], state: EngineState, engagement: Mapping[UUID, float]) -> list[CandidateDTO]:
    request, words_of_brand = state.request, state.brand_words.term_keys
    used: list[str] = []
    worded: list[WordedOpportunity] = []
    found: list[CandidateDTO] = []
    for typed, pillar, persona, draft in _leading(drafts, most=request.max_opportunities):
        words = word_opportunity(
            typed,
            brand=request.brand,
            pillar=_named(request.brand.pillars, pillar),
            persona=_named(request.brand.personas, persona),
            vocabulary=state.vocabulary,
            general=frozenset(words_of_brand),
            used_templates=used,
            said_in=state.matches.languages_by_keyword,
            engagement=engagement,
            channel=draft.primary_channel,
            own_posts=typed.own_posts,
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
        used += words.templates
        worded.append(words)
        found.append(candidate)
    state.notes += notes_for(worded)
    return found


def _leading(drafts: Sequence[_Draft], *, most: int) -> list[_Draft]:
    """The best drafts, `most` and _SPARE_IDEAS more, since wording may still reject some.

    The others cannot reach the board, so they are not worded.
    """
    by_concept = {draft.concept_key: (typed, pillar, persona, draft) for typed, pillar, persona, draft in drafts}
    chosen = distinct_by_evidence([draft for _, _, _, draft in drafts], most=most + _SPARE_IDEAS)
    return [by_concept[draft.concept_key] for draft in chosen]


def _named(themes: Sequence[_Named], fit: ThemeFit | None) -> _Named | None:
    return next((theme for theme in themes if fit is not None and theme.id == fit.theme.ref.id), None)


def _rejected(candidate: CandidateDTO, code: RejectionCode, detail: str, *, title: str = "") -> RejectedCandidateDTO:
    return RejectedCandidateDTO(
        title=title or candidate.title, code=code, detail=detail, evidence_ids=candidate.evidence_ids
    )
