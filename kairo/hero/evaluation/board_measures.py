"""Measures the opportunities of labelled boards: grounding, precision, purity, types, leaks and redundancy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from uuid import UUID

from kairo.hero.engine.claims import why_unproven
from kairo.hero.evaluation.aboutness import miscounted, purity, story_of
from kairo.hero.evaluation.kinds import NEVER, TYPES_OF_KIND, Kind
from kairo.hero.evaluation.result import Measure, all_of, at_least, at_most, below, counted, listed, mean
from kairo.hero.evaluation.runs import Run
from kairo.hero.evaluation.story_measures import story_measures
from kairo.hero.ports import CandidateDTO
from kairo.hero.text.words import jaccard, title_words

MIN_PRECISION = 0.85
MIN_PURITY = 0.9
MIN_TYPE_ACCURACY = 0.8
FIRST_IDEAS = 10


def measures(runs: Sequence[Run]) -> list[Measure]:
    """Gates, grounding, stories, precision, purity, types, leaks, recounted claims and redundancy over all boards."""
    return [
        _gates(runs),
        _grounding(runs),
        _rejected(runs),
        *story_measures(runs),
        _precision(runs),
        at_least("topic purity", mean([one for run in runs for one in _purities(run)]), MIN_PURITY),
        _types(runs),
        at_most("leaks: taboo and off-brand posts behind ideas", sum(len(_leaked(run, NEVER)) for run in runs), 0),
        at_most("the brand's own posts behind ideas", sum(len(_backing(run, {Kind.OWN})) for run in runs), 0),
        _spam(runs),
        _recounted(runs),
        *_redundancy(runs),
    ]


def _gates(runs: Sequence[Run]) -> Measure:
    failed = [f"{run.board.brand.slug}: {', '.join(run.failed_gates)}" for run in runs if run.failed_gates]
    return all_of("boards that pass the gates", len(runs) - len(failed), len(runs), detail=listed(failed))


def _grounding(runs: Sequence[Run]) -> Measure:
    """Every cited post is evidence of the run, and every claim equals its value recomputed from its posts."""
    facts = sound = 0
    for run in runs:
        evidence = {item.id: item for item in run.board.evidence}
        for candidate in run.kept:
            cited = {*candidate.evidence_ids, *(post for part in candidate.angle_parts for post in part.evidence_ids)}
            facts += 1 + len(candidate.claims)
            sound += cited <= evidence.keys()
            for claim in candidate.claims:
                fault = why_unproven(claim, evidence=evidence, as_of=run.board.as_of, brand=run.board.brand)
                sound += fault is None
    return all_of("grounding (posts exist, claims recomputed)", sound, facts)


def _rejected(runs: Sequence[Run]) -> Measure:
    rejected = [f"“{one.title}” ({one.code.value})" for run in runs for one in run.rejected]
    return at_most("ideas of the engine that review rejected", len(rejected), 0, detail=listed(rejected))


def _precision(runs: Sequence[Run]) -> Measure:
    wrong = [
        candidate.title
        for run in runs
        for candidate in run.kept[:FIRST_IDEAS]
        if story_of(run.board, candidate) is None
    ]
    candidates = sum(len(run.kept[:FIRST_IDEAS]) for run in runs)
    right = (candidates - len(wrong)) / candidates if candidates else 0.0
    about = f"{len(wrong)} of {candidates} ideas about nothing that was labelled"
    detail = listed([about, *(f"“{title}”" for title in wrong)])
    return at_least(f"precision@{FIRST_IDEAS}", right, MIN_PRECISION, detail=detail)


def _purities(run: Run) -> list[float]:
    return [found for candidate in run.kept if (found := purity(run.board, candidate)) is not None]


def _types(runs: Sequence[Run]) -> Measure:
    right, wrong = 0, []
    for run in runs:
        for candidate in run.kept:
            story = story_of(run.board, candidate)
            if story is None or story.kind not in TYPES_OF_KIND:
                continue
            if candidate.type in TYPES_OF_KIND[story.kind]:
                right += 1
            else:
                wrong.append(f"{story.topic} ({story.kind}) as {candidate.type}")
    judged = right + len(wrong)
    return at_least(
        "type accuracy",
        right / judged if judged else 0.0,
        MIN_TYPE_ACCURACY,
        detail=listed([f"{judged} ideas", *wrong]),
    )


def _leaked(run: Run, kinds: Collection[str]) -> set[UUID]:
    """The posts of these kinds that any part of a candidate cites."""
    return _of_kinds(run, {item for candidate in run.kept for item in _cited(candidate)}, kinds)


def _backing(run: Run, kinds: Collection[str]) -> set[UUID]:
    """The posts of these kinds among the evidence. A claim may cite others, such as the brand's own posts."""
    return _of_kinds(run, {item for candidate in run.kept for item in candidate.evidence_ids}, kinds)


def _of_kinds(run: Run, posts: set[UUID], kinds: Collection[str]) -> set[UUID]:
    return {post for post in posts if post in run.board.labels and run.board.labels[post].kind in kinds}


def _cited(candidate: CandidateDTO) -> set[UUID]:
    return {
        *candidate.evidence_ids,
        *(post for claim in candidate.claims for post in claim.evidence_ids),
        *(post for part in candidate.angle_parts for post in part.evidence_ids),
    }


def _spam(runs: Sequence[Run]) -> Measure:
    spam = sum(label.kind == Kind.SPAM for run in runs for label in run.board.labels.values())
    return counted(
        "one author's flood: its posts behind ideas", sum(len(_backing(run, {Kind.SPAM})) for run in runs), spam
    )


def _recounted(runs: Sequence[Run]) -> Measure:
    claims, wrong = 0, []
    for run in runs:
        for candidate in run.kept:
            for claim in candidate.claims:
                claims += 1
                if found := miscounted(run.board, candidate, claim):
                    wrong.append(f"{run.board.brand.slug}: “{claim.text}” counts {len(found)} posts about other things")
    return all_of("claims recounted by label", claims - len(wrong), claims, detail=listed(wrong, most=3))


def _redundancy(runs: Sequence[Run]) -> list[Measure]:
    shared, alike = [], [0.0]
    for run in runs:
        for one, other in combinations(run.kept, 2):
            shared.append(jaccard(frozenset(map(str, one.evidence_ids)), frozenset(map(str, other.evidence_ids))))
            alike.append(jaccard(title_words(one.title), title_words(other.title)))
    return [
        below("redundancy: mean evidence overlap", mean(shared), 0.3),
        below("redundancy: most alike titles", max(alike), 0.75),
    ]
