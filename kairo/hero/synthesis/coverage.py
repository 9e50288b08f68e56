"""Why a pillar has the ideas it has, or none: a number and a sentence for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from kairo.hero.dto import PillarCoverageDTO
from kairo.hero.synthesis.brand_words import SPOKEN, BrandWords, Theme
from kairo.hero.synthesis.fit import Matches
from kairo.hero.synthesis.readings import Reading
from kairo.hero.synthesis.topics import MIN_AUTHORS


def coverage_of(
    words: BrandWords,
    readings: Sequence[Reading],
    matches: Matches,
    *,
    ideas: Mapping[UUID | None, int],
    near_misses: Mapping[UUID, str],
) -> tuple[PillarCoverageDTO, ...]:
    """Each pillar in the brand's order. `near_misses` gives, for a pillar, why its best topic became no idea."""
    found = []
    for pillar in words.pillars:
        matching = [reading for reading in readings if matches.strength(pillar, reading) >= SPOKEN]
        found.append(_coverage(pillar, matching, ideas.get(pillar.ref.id, 0), near_misses))
    return tuple(found)


def _coverage(
    pillar: Theme, matching: Sequence[Reading], ideas: int, near_misses: Mapping[UUID, str]
) -> PillarCoverageDTO:
    authors = len({reading.voice for reading in matching})
    verb = "matches" if len(matching) == 1 else "match"
    found = f"{_counted(len(matching), 'item')} {verb}, {_counted(authors, 'author')}"
    if ideas:
        reason = f"{found}: {_counted(ideas, 'idea')}."
    elif authors < MIN_AUTHORS:
        reason = f"{found}, need {MIN_AUTHORS}."
    else:
        reason = f"{found}. {near_misses.get(pillar.ref.id, 'No phrase is shared by two of the authors.')}"
    return PillarCoverageDTO(
        pillar=pillar.ref,
        items=len(matching),
        authors=authors,
        needed_authors=MIN_AUTHORS,
        opportunities=ideas,
        reason=reason,
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
