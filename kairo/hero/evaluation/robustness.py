"""Measures how a board changes without one post, for another brand, and with shuffled dates."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from kairo.core.enums import OpportunityType
from kairo.hero.engine.baseline import counts_of, has_baseline
from kairo.hero.evaluation.result import Measure, at_least, at_most, below, listed, mean
from kairo.hero.evaluation.runs import Run
from kairo.hero.ports import CandidateDTO
from kairo.hero.text.words import jaccard

SHUFFLES = 8
MAX_SWAPS = 4
"""The number of other brands for which a board's posts are evaluated: those that follow it."""
MAX_OMITTED = 12
"""The number of posts that are omitted, one at a time; in a larger board every n-th."""


def measures(runs: Sequence[Run]) -> list[Measure]:
    """The measures of stability, swap and null."""
    swaps = _swaps(runs)
    taus = [_without_one(run, place) for run in runs for place in _places(run)]
    trends = {run.board.brand.slug: _trends_by_chance(run) for run in runs if _has_baseline(run)}
    busy = [f"{slug} {found:.1f}" for slug, found in trends.items() if found > 1]
    return [
        at_least("stability (Kendall tau, one post less)", mean(taus), 0.8, detail=f"worst {min(taus, default=1):.2f}"),
        below(
            "swap (same evidence, other brand)",
            mean(swaps),
            0.3,
            detail=f"worst {max(swaps, default=0):.2f}",
        ),
        at_most(
            "null (trends per board, dates shuffled)",
            max(trends.values(), default=0.0),
            1,
            detail=listed([f"{SHUFFLES} shuffles", *busy]),
        ),
    ]


def kendall_tau(first: Sequence[str], second: Sequence[str]) -> float:
    """Kendall's tau of the elements that both rankings contain, -1 to 1; 1 if they share fewer than two."""
    place = {name: index for index, name in enumerate(second)}
    shared = [name for name in first if name in place]
    pairs = list(combinations(shared, 2))
    if not pairs:
        return 1.0
    return sum(1 if place[one] < place[other] else -1 for one, other in pairs) / len(pairs)


def _places(run: Run) -> range:
    posts = len(run.board.evidence)
    return range(0, posts, max(1, -(-posts // MAX_OMITTED)))


def _without_one(run: Run, place: int) -> float:
    evidence = [item for index, item in enumerate(run.board.evidence) if index != place]
    return kendall_tau(_concepts(run.kept), _concepts(run.again(evidence=evidence).kept))


def _swaps(runs: Sequence[Run]) -> list[float]:
    """The overlap of the concepts of two brands for the same evidence, for every board and MAX_SWAPS other brands."""
    return [
        jaccard(frozenset(_concepts(run.kept)), frozenset(_concepts(run.again(brand=other.board.brand).kept)))
        for place, run in enumerate(runs)
        for other in _following(runs, place)
    ]


def _following(runs: Sequence[Run], place: int) -> Sequence[Run]:
    return [*runs[place + 1 :], *runs[:place]][:MAX_SWAPS]


def _has_baseline(run: Run) -> bool:
    """Whether trends depend on dates; without a baseline they depend on shares, which no shuffle changes."""
    return has_baseline(counts_of(run.board.evidence, as_of=run.board.as_of), run.board.as_of)


def _trends_by_chance(run: Run) -> float:
    found = []
    for seed in range(SHUFFLES):
        moments = [item.published_at for item in run.board.evidence]
        random.Random(seed).shuffle(moments)  # noqa: S311  a fixed shuffle, nothing secret
        evidence = [
            replace(item, published_at=moment) for item, moment in zip(run.board.evidence, moments, strict=True)
        ]
        candidates = run.again(evidence=evidence).kept
        found.append(float(sum(candidate.type == OpportunityType.TREND for candidate in candidates)))
    return mean(found)


def _concepts(candidates: Sequence[CandidateDTO]) -> list[str]:
    return [candidate.concept_key for candidate in candidates]
