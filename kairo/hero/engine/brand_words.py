"""The brand's keywords and terms, prepared for matching in posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple
from uuid import UUID

from kairo.hero.dto import BrandSnapshotDTO, CampaignDTO, NamedRefDTO
from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.phrases import phrases
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.text.folding import fold
from kairo.hero.text.handles import handles_of
from kairo.hero.text.scripts import is_unspaced
from kairo.hero.text.stopwords import STOPWORDS
from kairo.hero.text.words import tokenize

SAID, AT_TAGS_EDGE, SPOKEN, DESCRIBED = 1.0, 0.8, 0.5, 0.2
CLEAR = AT_TAGS_EDGE
"""The least strength of a match in a caption or hashtag."""
_MIN_EDGE_CHARS = 5
_MIN_JOINED_CHARS = 6


@dataclass(frozen=True, slots=True)
class Keyword:
    """A phrase of the brand: its text, its key in each of the brand's languages, and how much a match weighs.

    `other_keys` are its keys by further languages, for posts in them: stems of one language mislead in another.
    """

    text: str
    keys: tuple[str, ...]
    weight: float
    size: int
    unspaced: str = ""
    other_keys: Mapping[str, str] = field(default_factory=dict)

    def keys_in(self, language: str) -> tuple[str, ...]:
        """The keys to look for in a post of a language."""
        other = self.other_keys.get(language)
        return self.keys if other is None else (*self.keys, other)

    def strength_in(self, post: TokenizedPost) -> float:
        """How clearly the post contains the phrase, 0 to 1: said or tagged, inside a tag, spoken, described."""
        keys = self.keys_in(post.language)
        if not post.written_keys.isdisjoint(keys) or (self.unspaced and self.unspaced in post.unspaced_texts[0]):
            return SAID
        if post.joined_words:
            long = tuple([key for key in keys if len(key) >= _MIN_EDGE_CHARS])
            for tag in post.joined_words:
                if tag.startswith(long) or tag.endswith(long):
                    return AT_TAGS_EDGE
        if not post.transcript_keys.isdisjoint(keys) or (self.unspaced and self.unspaced in post.unspaced_texts[1]):
            return SPOKEN
        return 0.0 if post.description_keys.isdisjoint(keys) else DESCRIBED


@dataclass(frozen=True, slots=True)
class Theme:
    """A pillar or a persona, as keywords."""

    ref: NamedRefDTO
    keywords: tuple[Keyword, ...]
    rank: int


class KeywordMatch(NamedTuple):
    """How clearly a post contains a theme, 0 to 1, and the theme's keywords that are clearly there, in their order."""

    strength: float
    clear: tuple[str, ...]


class KeywordIndex:
    """Finds the keywords of all themes in a post by its keys, instead of looking for each keyword."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self._keywords = [(theme.ref.id, keyword) for theme in themes for keyword in theme.keywords]
        self._unspaced = [place for place, (_, keyword) in enumerate(self._keywords) if keyword.unspaced]
        self._by_language: dict[str, dict[str, list[int]]] = {}

    def matches(self, post: TokenizedPost, edges: Mapping[str, Sequence[str]]) -> dict[UUID, KeywordMatch]:
        """Returns the match of each theme found in the post. `edges` are those of its hashtags."""
        by_key = self._keys_for(post.language)
        keys = by_key.keys() & post.written_keys
        keys |= by_key.keys() & post.transcript_keys
        keys |= by_key.keys() & post.description_keys
        for tag in post.joined_words:
            keys |= by_key.keys() & edges[tag]
        places = {place for key in keys for place in by_key[key]}
        if any(post.unspaced_texts):
            places.update(self._unspaced)
        found: dict[UUID, KeywordMatch] = {}
        for place in sorted(places):
            theme_id, keyword = self._keywords[place]
            strength = keyword.strength_in(post)
            if strength:
                strongest, clear = found.get(theme_id, (0.0, ()))
                found[theme_id] = KeywordMatch(
                    max(strongest, strength * min(1.0, keyword.weight)),
                    (*clear, keyword.text) if strength >= CLEAR else clear,
                )
        return found

    def _keys_for(self, language: str) -> dict[str, list[int]]:
        if language not in self._by_language:
            self._by_language[language] = _by_key([keyword for _, keyword in self._keywords], language)
        return self._by_language[language]


def _by_key(keywords: Iterable[Keyword], language: str) -> dict[str, list[int]]:
    """The places of the keywords that have each key in a language."""
    found: dict[str, list[int]] = {}
    for place, keyword in enumerate(keywords):
        for key in keyword.keys_in(language):
            found.setdefault(key, []).append(place)
    return found


@dataclass(frozen=True, slots=True)
class CampaignWords:
    """A campaign with its keywords and its name as one."""

    campaign: CampaignDTO
    keywords: tuple[Keyword, ...]


@dataclass(frozen=True)
class BrandWords:
    """A brand's vocabulary. Derived key sets are computed once."""

    pillars: tuple[Theme, ...]
    personas: tuple[Theme, ...]
    campaigns: tuple[CampaignWords, ...]
    competitors: frozenset[str]
    terms: tuple[Keyword, ...]
    """What the brand is about: each word of its positioning and pillars."""
    trade: tuple[Keyword, ...]
    """The words of its positioning alone, which nearly everything on its boards is about."""

    def keyword_keys(self, languages: Iterable[str], *, min_size: int = 1) -> frozenset[str]:
        """The keys of pillar and persona keywords of so many words or more, for posts in these languages."""
        themes = (*self.pillars, *self.personas)
        return frozenset(
            key
            for theme in themes
            for keyword in theme.keywords
            if keyword.size >= min_size
            for language in languages
            for key in keyword.keys_in(language)
        )

    def terms_in(self, post: TokenizedPost) -> set[str]:
        """The brand's own terms that the post contains or tags."""
        by_key = self._terms_by_key.get(post.language)
        if by_key is None:
            by_key = self._terms_by_key[post.language] = _by_key(self.terms, post.language)
        return {self.terms[place].text for key in by_key.keys() & post.written_keys for place in by_key[key]}

    @cached_property
    def _terms_by_key(self) -> dict[str, dict[str, list[int]]]:
        """By language, the positions of the terms under each of their keys."""
        return {}

    def trade_keys(self, languages: Iterable[str]) -> frozenset[str]:
        """The keys of the words of its positioning, for posts in these languages."""
        return frozenset(key for word in self.trade for language in languages for key in word.keys_in(language))

    @cached_property
    def index(self) -> KeywordIndex:
        """Finds the keywords of pillars and personas in posts."""
        return KeywordIndex((*self.pillars, *self.personas))

    @cached_property
    def joined_keys(self) -> frozenset[str]:
        """The keys of its longer single words, which posts may write as two: "weekday", "week day"."""
        listed = [theme.keywords for theme in (*self.pillars, *self.personas)]
        listed += [campaign.keywords for campaign in self.campaigns]
        return frozenset(
            key
            for keywords in listed
            for keyword in keywords
            if keyword.size == 1
            for key in keyword.keys
            if len(key) >= _MIN_JOINED_CHARS
        )

    @cached_property
    def term_keys(self) -> frozenset[str]:
        """The keys of the brand's own terms, in its languages."""
        return frozenset(key for term in self.terms for key in term.keys)


def openings_of(brand: BrandSnapshotDTO) -> frozenset[str]:
    """The folded first word of each phrase of the brand's pillars, personas and campaigns."""
    texts = [text for pillar in brand.pillars for text in (*pillar.keywords, pillar.name)]
    texts += [text for one in brand.personas for text in (*one.keywords, *one.pains, *one.priorities)]
    texts += [text for campaign in brand.campaigns for text in (*campaign.keywords, campaign.name)]
    return frozenset(word.folded for text in texts for word in tokenize(text).words[:1])


@lru_cache(maxsize=32)
def brand_words(brand: BrandSnapshotDTO) -> BrandWords:
    """The brand's pillars, personas, campaigns, competitors and own terms as phrases, as any language inflects them.

    They depend on the brand alone, so that a post matches them on every board alike.
    """
    languages = tuple(dict.fromkeys([*(language.lower()[:2] for language in brand.languages), "en"]))
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
        competitors=handles_of(brand.competitor_handles),
        terms=_terms(about, languages),
        trade=_terms([brand.positioning], languages),
    )


def theme_by_id(themes: Iterable[Theme], wanted: UUID | None) -> Theme | None:
    """Returns the theme with the id, or None."""
    return next((theme for theme in themes if theme.ref.id == wanted), None)


def _keywords(given: Sequence[str], names: Sequence[str], prose: str, languages: Sequence[str]) -> tuple[Keyword, ...]:
    """Keywords as given; names count half; prose stands in, weakly, for a theme without keywords."""
    found: dict[tuple[str, ...], Keyword] = {}

    def add(text: str, factor: float) -> None:
        keyword = _keyword(text, factor, languages)
        if keyword.keys:
            found.setdefault(keyword.keys, keyword)

    for text in given:
        add(text, 1.0)
    for text in names:
        add(text, 0.5)
    if not given:
        for text in (*names, prose):
            for phrase in phrases(tokenize(text), languages[0]):
                if phrase.size == 1:
                    add(phrase.surface, 0.6)
    return tuple(found.values())


def _keyword(text: str, factor: float, languages: Sequence[str]) -> Keyword:
    keys = tuple(dict.fromkeys(key for language in languages if (key := phrase_key(text, language))))
    size = len(tokenize(text).words)
    return Keyword(
        text=text.strip(),
        keys=keys,
        weight=factor * (1.0, 1.0, 1.5, 2.0)[min(size, 3)],
        size=size,
        unspaced=fold(text).replace(" ", "") if is_unspaced(text) else "",
        other_keys={
            language: key
            for language in STOPWORDS
            if language not in languages and (key := phrase_key(text, language)) and key not in keys
        },
    )


def _terms(texts: Sequence[str], languages: Sequence[str]) -> tuple[Keyword, ...]:
    words = {
        fold(phrase.surface): None
        for text in texts
        for phrase in phrases(tokenize(text), languages[0])
        if phrase.size == 1
    }
    return tuple({term.keys: term for term in (_keyword(word, 1.0, languages) for word in words)}.values())
