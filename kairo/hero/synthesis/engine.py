"""The built-in engine: from gated evidence to candidates, without a model. Every step is a function of values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar
from uuid import UUID

from kairo.core.enums import RejectionCode
from kairo.hero.dto import EvidenceItemDTO, PersonaDTO, PillarDTO, RejectedCandidateDTO
from kairo.hero.evidence_texts import evidence_places
from kairo.hero.ports import CandidateDTO, SynthesisRequest, SynthesisResult
from kairo.hero.synthesis.brand_words import BrandWords, brand_words, openings_of
from kairo.hero.synthesis.channels import choose_channels
from kairo.hero.synthesis.coverage import coverage_of
from kairo.hero.synthesis.engagement import percentiles
from kairo.hero.synthesis.feedback import Traits, feedback_for, standing
from kairo.hero.synthesis.fit import Fit, Matches
from kairo.hero.synthesis.kinds import Story, declared_stories, story_of
from kairo.hero.synthesis.portfolio import choose
from kairo.hero.synthesis.readings import Reading, fold_repeats, read_item
from kairo.hero.synthesis.run_key import run_key
from kairo.hero.synthesis.score import Facts, receipt
from kairo.hero.synthesis.spellings import with_common_keys
from kairo.hero.synthesis.topics import Board, Topic, find_topics
from kairo.hero.synthesis.wording.labels import topic_label
from kairo.hero.synthesis.wording.write import word
from kairo.hero.text.taboos import Taboos

ENGINE = "kairo-builtin"
ENGINE_VERSION = "1"
_Named = TypeVar("_Named", PillarDTO, PersonaDTO)
_MIN_AUTHORS_TO_MENTION = 3
_MAX_MENTIONED_OFF_BRAND = 5


class BuiltinSynthesizer:
    """The deterministic engine: the same request gives the same result, on any machine, in any order of evidence."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        board = _read(request)
        stories = _find_stories(board)
        ideas = _word_and_score(stories, board)
        kept, dropped = choose(ideas, most=request.max_opportunities)
        board.rejected += [_rejected(one.candidate, one.code, one.detail) for one in dropped]
        return SynthesisResult(
            candidates=tuple(kept),
            rejected=tuple(board.rejected),
            coverage=coverage_of(
                board.words,
                board.readings,
                board.matches,
                ideas=Counter(one.pillar_id for one in kept),
                near_misses=board.near_misses,
            ),
            notes=tuple(board.notes),
            engine=ENGINE,
            engine_version=ENGINE_VERSION,
            run_key=run_key(request, engine=ENGINE, engine_version=ENGINE_VERSION),
            diagnostics={
                "posts": len(request.evidence),
                "posts_after_taboos": len(board.clean),
                "posts_after_repeats": len(board.readings),
                "stories": len(stories),
            },
        )


@dataclass(slots=True)
class _Work:
    """One board in the making."""

    request: SynthesisRequest
    words: BrandWords
    vocabulary: dict[str, str]
    taboos: Taboos
    clean: list[EvidenceItemDTO]
    readings: list[Reading]
    matches: Matches
    rejected: list[RejectedCandidateDTO] = field(default_factory=list)
    near_misses: dict[UUID, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def _read(request: SynthesisRequest) -> _Work:
    """Steps 0, 1 and 3: evidence in a fixed order, without forbidden posts and repeats, each read once."""
    brand = request.brand
    taboos = Taboos(brand.taboos, languages=brand.languages)
    # What is dated after the board's moment was not there yet.
    known = [item for item in request.evidence if item.published_at is None or item.published_at <= request.as_of]
    items = sorted({item.id: item for item in known}.values(), key=lambda item: item.id)
    clean, rejected = _without_taboos(items, taboos)
    openings = openings_of(brand)
    each = [read_item(item, languages=brand.languages, openings=openings) for item in clean]
    readings = with_common_keys(fold_repeats(each))
    languages = tuple(
        dict.fromkeys(
            [*(one.lower()[:2] for one in brand.languages), "en", *sorted({one.language for one in readings})]
        )
    )
    words = brand_words(brand, languages=languages)
    return _Work(
        request=request,
        words=words,
        vocabulary=_vocabulary(words),
        taboos=taboos,
        clean=clean,
        readings=readings,
        matches=Matches(words, readings),
        rejected=rejected,
    )


def _without_taboos(
    items: Sequence[EvidenceItemDTO], taboos: Taboos
) -> tuple[list[EvidenceItemDTO], list[RejectedCandidateDTO]]:
    """Step 11, on the evidence: a post with a forbidden term backs no idea, whatever it says about it."""
    clean: list[EvidenceItemDTO] = []
    rejected: list[RejectedCandidateDTO] = []
    for item in items:
        hit = taboos.find(evidence_places(item))
        if hit is None:
            clean.append(item)
        else:
            detail = f'The brand\'s taboo "{hit.term}" is in the {hit.place}; the post backs no idea.'
            rejected.append(
                RejectedCandidateDTO(title=hit.term, code=RejectionCode.TABOO, detail=detail, evidence_ids=(item.id,))
            )
    return clean, rejected


def _vocabulary(words: BrandWords) -> dict[str, str]:
    """The brand's own spelling of each of its keywords."""
    found: dict[str, str] = {}
    for theme in (*words.pillars, *words.personas):
        for keyword in theme.keywords:
            for key in keyword.keys:
                found.setdefault(key, keyword.text)
    return found


def _find_stories(board: _Work) -> list[Story]:
    """Steps 5 to 8: what the brand declared, then what distinct authors share; each has a type, or is no story."""
    words, as_of = board.words, board.request.as_of
    stories, free = declared_stories(words, board.readings, as_of=as_of)
    mentioned: list[frozenset[UUID]] = []

    def accept(topic: Topic) -> bool:
        story = story_of(topic, words, as_of=as_of)
        fits = board.matches.is_on_brand(topic.members, topic.terms)
        if fits and isinstance(story, Story):
            stories.append(story)
            return True
        _account_for(topic, story, board, mentioned, fits=fits)
        # Whether a surge is a burst depends on the rest of the board; whose posts they are must not.
        return fits and topic.surging

    find_topics(
        Board(
            readings=free,
            keywords=words.keyword_keys,
            long_keywords=words.long_keyword_keys,
            fits=lambda posts, anchor: board.matches.is_on_brand(posts, (anchor,)),
            as_of=as_of,
        ),
        accept=accept,
    )
    return stories


def _account_for(
    topic: Topic, story: Story | str, board: _Work, mentioned: list[frozenset[UUID]], *, fits: bool
) -> None:
    """Keeps why a topic became no idea; once for the same posts, and of what is not the brand's, the loudest."""
    if not topic.coherent and topic.anchor not in board.words.keyword_keys:
        return
    posts = frozenset(member.id for member in topic.members)
    if any(2 * len(posts & other) > len(posts) for other in mentioned):
        return
    if not fits and (
        topic.voices < _MIN_AUTHORS_TO_MENTION
        or sum(one.code == RejectionCode.NO_FIT for one in board.rejected) >= _MAX_MENTIONED_OFF_BRAND
    ):
        return
    mentioned.append(posts)
    code, detail = RejectionCode.NO_FIT, "Fewer than half of its posts match one of the brand's pillars."
    if fits:
        assert isinstance(story, str), "a story that fits is accepted"
        code, detail = RejectionCode.NO_TYPE_FITS, story
        pillar = board.matches.pillar(topic.members, topic.terms)
        if pillar is not None:
            board.near_misses.setdefault(pillar.theme.ref.id, detail)
    label = topic_label(topic, vocabulary=board.vocabulary, language=topic.members[0].language)
    board.rejected.append(
        RejectedCandidateDTO(title=label, code=code, detail=detail, evidence_ids=tuple(sorted(posts)))
    )


def _word_and_score(stories: Iterable[Story], board: _Work) -> list[CandidateDTO]:
    """Steps 4, 9, 10 and 11: the best-scored story chooses its words first, and no frame is used twice in a row."""
    request, words = board.request, board.words
    decided = standing(request.decisions, as_of=request.as_of)
    engagement = percentiles(board.readings, as_of=request.as_of)
    drafts: list[tuple[Story, Fit | None, Fit | None, CandidateDTO]] = []
    for story in stories:
        decision = decided.get(story.concept)
        pillar = board.matches.pillar(story.members, story.topic.terms)
        persona = board.matches.persona(story.members, story.topic.terms)
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
                    words=words,
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
            label = topic_label(story.topic, vocabulary=board.vocabulary, language=story.members[0].language)
            detail = f"It was ignored on {decision.at.date().isoformat()}."
            board.rejected.append(_rejected(draft, RejectionCode.DECIDED_IGNORED, detail, title=label))
            continue
        drafts.append((story, pillar, persona, draft))
    return _worded(drafts, board)


def _worded(drafts: Sequence[tuple[Story, Fit | None, Fit | None, CandidateDTO]], board: _Work) -> list[CandidateDTO]:
    request, words_of_brand = board.request, board.words.terms
    used: list[str] = []
    found: list[CandidateDTO] = []
    for story, pillar, persona, draft in sorted(drafts, key=lambda one: (-one[3].score, one[3].concept_key)):
        words = word(
            story,
            brand=request.brand,
            pillar=_named(request.brand.pillars, pillar),
            persona=_named(request.brand.personas, persona),
            vocabulary=board.vocabulary,
            general=words_of_brand,
            used_frames=used,
            as_of=request.as_of,
        )
        candidate = replace(draft, title=words.title, angle=words.angle, why_now=words.why_now, claims=words.claims)
        places = [("title", words.title), ("angle", words.angle), ("why_now", words.why_now)]
        places += [(f"{part.part} sentence", part.sentence) for part in candidate.score_parts]
        hit = board.taboos.find(places)
        if hit is not None:
            detail = f'The brand\'s taboo "{hit.term}" is in its {hit.place}.'
            board.rejected.append(_rejected(candidate, RejectionCode.TABOO, detail))
            continue
        used.append(words.frame)
        found.append(candidate)
    return found


def _named(themes: Sequence[_Named], fit: Fit | None) -> _Named | None:
    return next((theme for theme in themes if fit is not None and theme.id == fit.theme.ref.id), None)


def _rejected(candidate: CandidateDTO, code: RejectionCode, detail: str, *, title: str = "") -> RejectedCandidateDTO:
    return RejectedCandidateDTO(
        title=title or candidate.title, code=code, detail=detail, evidence_ids=candidate.evidence_ids
    )
