"""What the ideas of labelled boards are worth: grounded, about what was planted, of the right type, and different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from kairo.core.enums import OpportunityType
from kairo.hero.claims import why_unproven
from kairo.hero.evaluation.dataset import Label
from kairo.hero.evaluation.result import Measure, all_of, at_least, at_most, below, mean
from kairo.hero.evaluation.runs import Run
from kairo.hero.ports import CandidateDTO
from kairo.hero.text.words import likeness, title_words

TOP = 3
TYPE_OF_KIND = {
    "burst": OpportunityType.TREND,
    "evergreen": OpportunityType.EVERGREEN,
    "competitive": OpportunityType.COMPETITIVE,
    "campaign": OpportunityType.CAMPAIGN,
}
_NEVER = {"taboo", "offbrand"}


def measures(runs: Sequence[Run]) -> list[Measure]:
    """Grounding, planted bursts, purity, types, leaks, precision and redundancy over all boards."""
    return [
        _grounding(runs),
        _planted_bursts(runs),
        at_least(
            "topic purity", mean([purity for run in runs for idea in run.kept for purity in _purity(run, idea)]), 0.9
        ),
        _types(runs),
        at_most("leaks", sum(_leaks(run) for run in runs), 0),
        at_least("precision@10", mean([float(_maps(run, idea)) for run in runs for idea in run.kept[:10]]), 0.8),
        *_redundancy(runs),
    ]


def labels_of(run: Run, idea: CandidateDTO) -> list[Label]:
    """The labels of an idea's evidence that name a topic."""
    found = [run.board.labels[item] for item in idea.evidence_ids if item in run.board.labels]
    return [label for label in found if label.topic is not None]


def _grounding(runs: Sequence[Run]) -> Measure:
    claims = sound = 0
    for run in runs:
        evidence = {item.id: item for item in run.board.evidence}
        for idea in run.result.candidates:
            for claim in idea.claims:
                claims += 1
                fault = why_unproven(claim, evidence=evidence, as_of=run.board.as_of, brand=run.board.brand)
                sound += fault is None and set(claim.evidence_ids) <= set(idea.evidence_ids)
    refused = sum(len(run.rejected) for run in runs)
    measure = all_of("grounding (claims recomputed)", sound, claims, detail=f"{refused} ideas refused by hero's rules")
    return measure if not refused else at_most("ideas refused by hero's rules", refused, 0)


def _planted_bursts(runs: Sequence[Run]) -> Measure:
    planted = [run for run in runs if any(label.kind == "burst" for label in run.board.labels.values())]
    found = 0
    for run in planted:
        topics = {label.topic for label in run.board.labels.values() if label.kind == "burst"}
        leading = [idea for idea in run.kept[:TOP] if idea.type == OpportunityType.TREND]
        found += any(_main_topic(run, idea) in topics for idea in leading)
    return all_of(f"planted burst in the top {TOP}", found, len(planted))


def _purity(run: Run, idea: CandidateDTO) -> list[float]:
    topics = Counter(label.topic for label in labels_of(run, idea))
    return [max(topics.values()) / sum(topics.values())] if topics else []


def _types(runs: Sequence[Run]) -> Measure:
    right = []
    for run in runs:
        for idea in run.kept:
            kinds = Counter(label.kind for label in labels_of(run, idea) if label.kind in TYPE_OF_KIND)
            if kinds:
                right.append(float(TYPE_OF_KIND[kinds.most_common(1)[0][0]] == idea.type))
    return at_least("type accuracy", mean(right), 0.8, detail=f"{len(right)} ideas")


def _leaks(run: Run) -> int:
    used = {item for idea in run.kept for item in idea.evidence_ids}
    return sum(1 for item in used if item in run.board.labels and run.board.labels[item].kind in _NEVER)


def _maps(run: Run, idea: CandidateDTO) -> bool:
    return _main_topic(run, idea) is not None


def _main_topic(run: Run, idea: CandidateDTO) -> str | None:
    """The labelled topic of at least half of the idea's evidence."""
    topics = Counter(label.topic for label in labels_of(run, idea) if label.kind not in _NEVER)
    topic, count = topics.most_common(1)[0] if topics else (None, 0)
    return topic if 2 * count >= len(idea.evidence_ids) else None


def _redundancy(runs: Sequence[Run]) -> list[Measure]:
    shared, alike = [], [0.0]
    for run in runs:
        for one, other in combinations(run.kept, 2):
            shared.append(likeness(frozenset(map(str, one.evidence_ids)), frozenset(map(str, other.evidence_ids))))
            alike.append(likeness(title_words(one.title), title_words(other.title)))
    return [
        below("redundancy: mean evidence overlap", mean(shared), 0.3),
        below("redundancy: most alike titles", max(alike), 0.75),
    ]
