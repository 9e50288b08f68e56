"""Step 7: whose business a topic is: the pillar and the persona whose words its posts hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kairo.hero.synthesis.brand_words import AT_TAGS_EDGE, SPOKEN, BrandWords, CampaignWords, Theme
from kairo.hero.synthesis.readings import Reading

MIN_COVERAGE = 0.5
_CLEAR = AT_TAGS_EDGE
_FULL_WEIGHT = 1.5
_NOTHING: tuple[float, tuple[str, ...]] = (0.0, ())


@dataclass(frozen=True, slots=True)
class Fit:
    """How well posts fit one theme.

    `strength` and `coverage` are 0 to 1: how clearly the posts speak of it, and how many do. `phrases` are the
    theme's words that were found, most frequent first.
    """

    theme: Theme
    strength: float
    coverage: float
    phrases: tuple[str, ...]
    matched: tuple[UUID, ...]


class Matches:
    """Which theme's words each post holds: looked up once for a board, asked for every topic on it."""

    def __init__(self, words: BrandWords, readings: Sequence[Reading]) -> None:
        self._words = words
        self._found: dict[tuple[UUID, UUID], tuple[float, tuple[str, ...]]] = {}
        for theme in (*words.pillars, *words.personas):
            for reading in readings:
                strongest, clear = 0.0, []
                for keyword in theme.keywords:
                    strength = keyword.strength_in(reading)
                    strongest = max(strongest, strength * min(1.0, keyword.weight))
                    if strength >= _CLEAR:
                        clear.append(keyword.text)
                if strongest:
                    self._found[theme.ref.id, reading.id] = strongest, tuple(clear)

    def strength(self, theme: Theme, reading: Reading) -> float:
        """How clearly the post speaks of the theme, 0 to 1."""
        return self._found.get((theme.ref.id, reading.id), _NOTHING)[0]

    def pillar(self, members: Sequence[Reading], anchors: Sequence[str]) -> Fit | None:
        """The pillar the posts fit best, or None where they fit none; equal ones by the brand's own order."""
        return self._best(self._words.pillars, members, anchors)

    def persona(self, members: Sequence[Reading], anchors: Sequence[str]) -> Fit | None:
        """The persona the posts speak to most, or None where they speak to none."""
        return self._best(self._words.personas, members, anchors)

    def is_on_brand(self, members: Sequence[Reading], anchors: Sequence[str]) -> bool:
        """Whether at least half of the posts speak of one same pillar; of a persona, for a brand without pillars."""
        themes = self._words.pillars or self._words.personas
        return any(fit.coverage >= MIN_COVERAGE for theme in themes if (fit := self._fit(theme, members, anchors)))

    def _best(self, themes: Sequence[Theme], members: Sequence[Reading], anchors: Sequence[str]) -> Fit | None:
        fits = [fit for theme in themes if (fit := self._fit(theme, members, anchors)) is not None]
        return max(fits, key=lambda fit: (round(fit.strength, 9), -fit.theme.rank), default=None)

    def _fit(self, theme: Theme, members: Sequence[Reading], anchors: Sequence[str]) -> Fit | None:
        counts: dict[str, int] = {}
        matched: list[UUID] = []
        total = 0.0
        for member in members:
            strongest, clear = self._found.get((theme.ref.id, member.id), _NOTHING)
            total += strongest
            if strongest >= SPOKEN:
                matched.append(member.id)
            for text in clear:
                counts[text] = counts.get(text, 0) + 1
        if not total:
            return None
        named = set(anchors)
        anchored = max((one.weight for one in theme.keywords if not named.isdisjoint(one.keys)), default=0.0)
        strength = 0.55 * total / len(members) + 0.45 * min(1.0, anchored / _FULL_WEIGHT)
        phrases = tuple(sorted(counts, key=lambda text: (-counts[text], text)))
        return Fit(theme, min(1.0, strength), len(matched) / len(members), phrases, tuple(matched))


def campaign_members(campaign: CampaignWords, readings: Sequence[Reading]) -> list[Reading]:
    """The posts that clearly take part in a campaign: two of its phrases, or one of several words."""
    found = []
    for reading in readings:
        clear = [keyword for keyword in campaign.keywords if keyword.strength_in(reading) >= SPOKEN]
        own = [keyword for keyword in clear if keyword.strength_in(reading) >= _CLEAR]
        if own and (len(clear) > 1 or any(keyword.weight > 1 for keyword in own)):
            found.append(reading)
    return found
