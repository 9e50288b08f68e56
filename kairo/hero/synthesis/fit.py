"""Step 7: whose business a topic is: the pillar and the persona whose words its posts hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kairo.hero.synthesis.brand_words import AT_TAGS_EDGE, BrandWords, CampaignWords, Theme
from kairo.hero.synthesis.readings import Reading

MIN_COVERAGE = 0.5
_CLEAR = AT_TAGS_EDGE
_FULL_WEIGHT = 1.5


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


def best_fit(themes: Sequence[Theme], members: Sequence[Reading], anchors: Sequence[str]) -> Fit | None:
    """The theme the posts fit best, or None where they fit none; equal ones by the brand's own order."""
    fits = [fit for theme in themes if (fit := fit_of(theme, members, anchors)) is not None]
    return max(fits, key=lambda fit: (round(fit.strength, 9), -fit.theme.rank), default=None)


def fit_of(theme: Theme, members: Sequence[Reading], anchors: Sequence[str]) -> Fit | None:
    """How the posts fit the theme, or None where not one of them speaks of it."""
    counts: dict[str, int] = {}
    matched: list[UUID] = []
    total = 0.0
    for member in members:
        strongest = 0.0
        for keyword in theme.keywords:
            strength = keyword.strength_in(member)
            if strength:
                strongest = max(strongest, strength * min(1.0, keyword.weight))
                if strength >= _CLEAR:
                    counts[keyword.text] = counts.get(keyword.text, 0) + 1
        if strongest > 0:
            total += strongest
            if strongest >= 0.5:
                matched.append(member.id)
    if not total:
        return None
    anchored = max((keyword.weight for keyword in theme.keywords if set(keyword.keys) & set(anchors)), default=0.0)
    share = total / len(members)
    strength = 0.55 * share + 0.45 * min(1.0, anchored / _FULL_WEIGHT)
    phrases = tuple(sorted(counts, key=lambda text: (-counts[text], text)))
    return Fit(theme, min(1.0, strength), len(matched) / len(members), phrases, tuple(matched))


def is_on_brand(words: BrandWords, members: Sequence[Reading], anchors: Sequence[str]) -> bool:
    """Whether at least half of the posts speak of one same pillar; of one persona, for a brand without pillars."""
    themes = words.pillars or words.personas
    return any(fit.coverage >= MIN_COVERAGE for theme in themes if (fit := fit_of(theme, members, anchors)) is not None)


def campaign_members(campaign: CampaignWords, readings: Sequence[Reading]) -> list[Reading]:
    """The posts that clearly take part in a campaign: two of its phrases, or one of several words."""
    found = []
    for reading in readings:
        clear = [keyword for keyword in campaign.keywords if keyword.strength_in(reading) >= 0.5]
        own = [keyword for keyword in clear if keyword.strength_in(reading) >= _CLEAR]
        if own and (len(clear) > 1 or any(keyword.weight > 1 for keyword in own)):
            found.append(reading)
    return found
