"""What a brand says about itself, as phrases to be found in posts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from kairo.hero.dto import BrandSnapshotDTO, CampaignDTO, NamedRefDTO
from kairo.hero.synthesis.phrases import phrase_key, phrases
from kairo.hero.synthesis.readings import Reading
from kairo.hero.text.folding import fold
from kairo.hero.text.scripts import is_unspaced
from kairo.hero.text.words import read

SAID, AT_TAGS_EDGE, SPOKEN, DESCRIBED = 1.0, 0.8, 0.5, 0.2
_MIN_EDGE_CHARS = 5


@dataclass(frozen=True, slots=True)
class Keyword:
    """A phrase of the brand: its text, its key in each of the brand's languages, and how much a match weighs."""

    text: str
    keys: tuple[str, ...]
    weight: float
    size: int
    unspaced: str = ""

    def strength_in(self, reading: Reading) -> float:
        """How clearly the post holds the phrase, 0 to 1: said or tagged, inside a tag, spoken, described."""
        if not reading.own.isdisjoint(self.keys) or (self.unspaced and self.unspaced in reading.unspaced[0]):
            return SAID
        if reading.tags:
            for key in self.keys:
                if len(key) >= _MIN_EDGE_CHARS:
                    for tag in reading.tags:
                        if tag.startswith(key) or tag.endswith(key):
                            return AT_TAGS_EDGE
        if not reading.spoken.isdisjoint(self.keys) or (self.unspaced and self.unspaced in reading.unspaced[1]):
            return SPOKEN
        return 0.0 if reading.described.isdisjoint(self.keys) else DESCRIBED


@dataclass(frozen=True, slots=True)
class Theme:
    """A pillar or a persona, as keywords."""

    ref: NamedRefDTO
    keywords: tuple[Keyword, ...]
    rank: int


@dataclass(frozen=True, slots=True)
class CampaignWords:
    """A campaign with its keywords and its name as one."""

    campaign: CampaignDTO
    keywords: tuple[Keyword, ...]


@dataclass(frozen=True, slots=True)
class BrandWords:
    """A brand's whole vocabulary."""

    pillars: tuple[Theme, ...]
    personas: tuple[Theme, ...]
    campaigns: tuple[CampaignWords, ...]
    competitors: frozenset[str]
    terms: frozenset[str]

    @property
    def keyword_keys(self) -> frozenset[str]:
        """The keys of all pillar and persona keywords."""
        themes = (*self.pillars, *self.personas)
        return frozenset(key for theme in themes for keyword in theme.keywords for key in keyword.keys)

    @property
    def long_keyword_keys(self) -> frozenset[str]:
        """Those of keywords of several words."""
        themes = (*self.pillars, *self.personas)
        return frozenset(
            key for theme in themes for keyword in theme.keywords if keyword.size > 1 for key in keyword.keys
        )


def openings_of(brand: BrandSnapshotDTO) -> frozenset[str]:
    """The first words of everything the brand may be looked for by."""
    texts = [text for pillar in brand.pillars for text in (*pillar.keywords, pillar.name)]
    texts += [text for one in brand.personas for text in (*one.keywords, *one.pains, *one.priorities)]
    texts += [text for campaign in brand.campaigns for text in (*campaign.keywords, campaign.name)]
    return frozenset(word.folded for text in texts for word in read(text).words[:1])


def brand_words(brand: BrandSnapshotDTO, *, languages: Sequence[str]) -> BrandWords:
    """The brand's pillars, personas, campaigns, competitors and own terms as phrases in the given languages."""
    pillars = tuple(
        Theme(
            NamedRefDTO(id=pillar.id, name=pillar.name),
            _keywords(pillar.keywords, (pillar.name,), pillar.description, languages),
            rank,
        )
        for rank, pillar in enumerate(sorted(brand.pillars, key=lambda one: (one.rank, str(one.id))))
    )
    personas = tuple(
        Theme(
            NamedRefDTO(id=persona.id, name=persona.name),
            _keywords(
                persona.keywords, (*persona.pains, *persona.priorities), f"{persona.role}. {persona.summary}", languages
            ),
            rank,
        )
        for rank, persona in enumerate(brand.personas)
    )
    campaigns = tuple(
        CampaignWords(campaign, _keywords((*campaign.keywords, campaign.name), (), "", languages))
        for campaign in brand.campaigns
    )
    about = [brand.positioning, *(pillar.name for pillar in brand.pillars), *(one.description for one in brand.pillars)]
    return BrandWords(
        pillars=pillars,
        personas=personas,
        campaigns=campaigns,
        competitors=frozenset(handle_of(handle) for handle in brand.competitor_handles if handle_of(handle)),
        terms=_terms(about, languages),
    )


def handle_of(author: str) -> str:
    """An account's name as it is compared: without @, case and the address in front of it."""
    name = fold(author).strip().rstrip("/")
    name = re.split(r"[/\s]", name)[-1] if "/" in name else name
    return name.lstrip("@")


def theme_by_id(themes: Iterable[Theme], wanted: UUID | None) -> Theme | None:
    """The theme with the id, if there is one."""
    return next((theme for theme in themes if theme.ref.id == wanted), None)


def _keywords(given: Sequence[str], names: Sequence[str], prose: str, languages: Sequence[str]) -> tuple[Keyword, ...]:
    """Keywords as given; names count half; prose stands in, weakly, for a theme without keywords."""
    found: dict[tuple[str, ...], Keyword] = {}

    def add(text: str, factor: float) -> None:
        keys = tuple(dict.fromkeys(key for language in languages if (key := phrase_key(text, language))))
        size = len(read(text).words)
        unspaced = fold(text).replace(" ", "") if is_unspaced(text) else ""
        if keys and keys not in found:
            found[keys] = Keyword(text.strip(), keys, factor * (1.0, 1.0, 1.5, 2.0)[min(size, 3)], size, unspaced)

    for text in given:
        add(text, 1.0)
    for text in names:
        add(text, 0.5)
    if not given:
        for language in languages[:1]:
            for text in (*names, prose):
                for phrase in phrases(read(text), language):
                    if phrase.topical and phrase.size == 1:
                        add(phrase.shown, 0.6)
    return tuple(found.values())


def _terms(texts: Sequence[str], languages: Sequence[str]) -> frozenset[str]:
    return frozenset(
        phrase.key
        for language in languages
        for text in texts
        for phrase in phrases(read(text), language)
        if phrase.topical and phrase.size == 1
    )
