"""Step 7: whose business a topic is: the pillar and the persona whose words its posts hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kairo.hero.synthesis.brand_words import AT_TAGS_EDGE, SPOKEN, BrandWords, CampaignWords, Theme
from kairo.hero.synthesis.readings import Reading
from kairo.hero.synthesis.topic_match import edges_of

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
    """Which theme's words each post holds: looked up once for a board, used for every topic on it."""

    def __init__(self, words: BrandWords, readings: Sequence[Reading]) -> None:
        self._words = words
        self._found: dict[tuple[UUID, UUID], tuple[float, tuple[str, ...]]] = {}
        self._on_brand: set[UUID] = set()
        said_in: dict[str, set[str]] = {}
        self._terms = {reading.id: words.terms_in(reading) for reading in readings}
        index = _KeywordIndex((*words.pillars, *words.personas))
        deciding = {theme.ref.id for theme in words.pillars or words.personas}
        for reading in readings:
            for theme_id, found in index.matches(reading).items():
                self._found[theme_id, reading.id] = found
                for text in found[1]:
                    said_in.setdefault(text, set()).add(reading.language)
                if theme_id in deciding and found[0] >= SPOKEN:
                    self._on_brand.add(reading.id)

        self.said_in = {text: frozenset(languages) for text, languages in said_in.items()}
        """The languages of the posts that clearly hold each keyword."""

    def strength(self, theme: Theme, reading: Reading) -> float:
        """How clearly the post speaks of the theme, 0 to 1."""
        return self._found.get((theme.ref.id, reading.id), _NOTHING)[0]

    def brand_terms(self, members: Sequence[Reading]) -> int:
        """How many of the brand's own terms the posts say."""
        return len({term for member in members for term in self._terms[member.id]})

    def pillar(self, members: Sequence[Reading]) -> Fit | None:
        """The pillar the posts fit best, or None where they fit none; equal ones by the brand's own order."""
        return self._best(self._words.pillars, members)

    def persona(self, members: Sequence[Reading]) -> Fit | None:
        """The persona the posts speak to most, or None where they speak to none."""
        return self._best(self._words.personas, members)

    def is_on_brand(self, members: Sequence[Reading]) -> bool:
        """Whether at least half of the posts speak of a pillar; of a persona, for a brand without pillars."""
        matching = sum(1 for member in members if member.id in self._on_brand)
        return matching >= MIN_COVERAGE * len(members)

    def _best(self, themes: Sequence[Theme], members: Sequence[Reading]) -> Fit | None:
        fits = [fit for theme in themes if (fit := self.fit(theme, members)) is not None]
        return max(fits, key=lambda fit: (round(fit.strength, 9), -fit.theme.rank), default=None)

    def fit(self, theme: Theme, members: Sequence[Reading]) -> Fit | None:
        """How well the posts fit one theme, or None where none of them holds a word of it."""
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
        # A phrase of the theme that most of the posts hold is what they are about.
        held = {text for text, count in counts.items() if count >= MIN_COVERAGE * len(members)}
        anchored = max((one.weight for one in theme.keywords if one.text in held), default=0.0)
        strength = 0.55 * total / len(members) + 0.45 * min(1.0, anchored / _FULL_WEIGHT)
        phrases = tuple(sorted(counts, key=lambda text: (-counts[text], text)))
        return Fit(theme, min(1.0, strength), len(matched) / len(members), phrases, tuple(matched))


class _KeywordIndex:
    """Finds the keywords of all themes in a post by its keys, instead of looking for each keyword."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self._keywords = [(theme.ref.id, keyword) for theme in themes for keyword in theme.keywords]
        self._unspaced = [place for place, (_, keyword) in enumerate(self._keywords) if keyword.unspaced]
        self._by_language: dict[str, dict[str, list[int]]] = {}

    def matches(self, reading: Reading) -> dict[UUID, tuple[float, tuple[str, ...]]]:
        """For each theme found in the post: how clearly, and the keywords that are clearly there, in their order."""
        by_key = self._keys_for(reading.language)
        places = {
            place
            for held in (reading.own, reading.spoken, reading.described)
            for key in by_key.keys() & held
            for place in by_key[key]
        }
        places |= {place for tag in reading.tags for key in edges_of(tag) for place in by_key.get(key, ())}
        if any(reading.unspaced):
            places.update(self._unspaced)
        found: dict[UUID, tuple[float, tuple[str, ...]]] = {}
        for place in sorted(places):
            theme_id, keyword = self._keywords[place]
            strength = keyword.strength_in(reading)
            if strength:
                strongest, clear = found.get(theme_id, _NOTHING)
                found[theme_id] = (
                    max(strongest, strength * min(1.0, keyword.weight)),
                    (*clear, keyword.text) if strength >= _CLEAR else clear,
                )
        return found

    def _keys_for(self, language: str) -> dict[str, list[int]]:
        if language not in self._by_language:
            by_key: dict[str, list[int]] = {}
            for place, (_, keyword) in enumerate(self._keywords):
                for key in keyword.keys_in(language):
                    by_key.setdefault(key, []).append(place)
            self._by_language[language] = by_key
        return self._by_language[language]


def campaign_members(campaign: CampaignWords, readings: Sequence[Reading]) -> list[Reading]:
    """The posts that clearly take part in a campaign: its name, two of its phrases, or one of several words."""
    name = campaign.campaign.name.strip()
    found = []
    for reading in readings:
        clear = [keyword for keyword in campaign.keywords if keyword.strength_in(reading) >= SPOKEN]
        own = [keyword for keyword in clear if keyword.strength_in(reading) >= _CLEAR]
        if own and (len(clear) > 1 or any(keyword.size > 1 or keyword.text == name for keyword in own)):
            found.append(reading)
    return found
