"""Step 1, second half: each post read once, and repeats folded (step 3)."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kairo.hero.claims import voice
from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.synthesis.phrases import Phrase, phrases
from kairo.hero.text.folding import fold
from kairo.hero.text.languages import detect
from kairo.hero.text.scripts import is_unspaced
from kairo.hero.text.words import camel_parts, likeness, read

SAME_TEXT = 0.8
_MAX_CAPTION_CHARS = 2_000
_MAX_SPOKEN_CHARS = 700
_MAX_HASHTAGS = 12
"""Tags beyond these are stuffing; the first ones say what a post is about."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One post as its phrases' keys: `said` in title and caption, `tagged` as hashtags, `spoken`, `described`.

    `own` is what it says or tags. `shown` has every spelling of each key that can be a topic. `voice` is whose
    post it is. `unspaced` holds the folded caption and speech of a post in a script without spaces, where words
    can only be found as parts of it.
    """

    item: EvidenceItemDTO
    language: str
    voice: str
    said: frozenset[str]
    tagged: frozenset[str]
    spoken: frozenset[str]
    described: frozenset[str]
    shown: Mapping[str, tuple[Phrase, ...]] = field(repr=False)
    words: frozenset[str] = field(repr=False)
    tags: tuple[str, ...] = ()
    own: frozenset[str] = field(default=frozenset(), repr=False)
    unspaced: tuple[str, str] = ("", "")

    @property
    def id(self) -> UUID:
        return self.item.id


def read_item(
    item: EvidenceItemDTO, *, languages: Sequence[str] = (), openings: Container[str] | None = None
) -> Reading:
    """The post's phrases. `languages` are those to expect where its words do not tell.

    `openings` are the first words of phrases to look for although they cannot be topics; all, where not given.
    """
    same_title = item.title.strip() and item.title.strip() not in item.text_primary
    caption = read(
        f"{item.title}\n{item.text_primary}" if same_title else item.text_primary, max_chars=_MAX_CAPTION_CHARS
    )
    secondary = read(item.text_secondary, max_chars=_MAX_SPOKEN_CHARS)
    folded = [word.folded for word in caption.words if not word.hashtag]
    if item.has_transcript:
        folded += [word.folded for word in secondary.words]
    language = detect(folded, likely=languages)

    said: dict[str, list[Phrase]] = {}
    tagged: dict[str, list[Phrase]] = {}
    for phrase in phrases(caption, language, openings=openings):
        (tagged if phrase.hashtag else said).setdefault(phrase.key, []).append(phrase)
    listed = read(" ".join(f"#{tag.lstrip('#')}" for tag in item.hashtags[:_MAX_HASHTAGS]))
    for phrase in phrases(listed, language):
        tagged.setdefault(phrase.key, []).append(phrase)
    for word in caption.words:
        if word.hashtag and len(parts := camel_parts(word.surface)) > 1:
            for phrase in phrases(read(" ".join(parts)), language):
                if phrase.size > 1:
                    tagged.setdefault(phrase.key, []).append(phrase)
    aside: dict[str, list[Phrase]] = {}
    for phrase in phrases(secondary, language, openings=openings):
        aside.setdefault(phrase.key, []).append(phrase)

    shown: dict[str, tuple[Phrase, ...]] = {}
    for source in (said, tagged, aside if item.has_transcript else {}):
        for key, found in source.items():
            if topical := tuple(phrase for phrase in found if phrase.topical):
                shown[key] = shown.get(key, ()) + topical
    tags = list(tagged)[:_MAX_HASHTAGS]
    return Reading(
        item=item,
        language=language,
        voice=voice(item),
        said=frozenset(said),
        tagged=frozenset(tagged),
        spoken=frozenset(aside) if item.has_transcript else frozenset(),
        described=frozenset() if item.has_transcript else frozenset(aside),
        shown=shown,
        words=frozenset(word.folded for word in caption.words),
        tags=tuple(tags),
        own=frozenset(said) | frozenset(tagged),
        unspaced=(_without_spaces(caption.shown), _without_spaces(secondary.shown)),
    )


def _without_spaces(text: str) -> str:
    return fold(text).replace(" ", "") if is_unspaced(text) else ""


def fold_repeats(readings: Sequence[Reading]) -> list[Reading]:
    """The readings without near-copies, whoever posted them: the oldest of each stays. Order is kept."""
    kept: list[Reading] = []
    for reading in sorted(readings, key=lambda one: (_published(one.item), one.item.id)):
        if not any(likeness(reading.words, other.words) >= SAME_TEXT for other in kept):
            kept.append(reading)
    ids = {reading.id for reading in kept}
    return [reading for reading in readings if reading.id in ids]


def _published(item: EvidenceItemDTO) -> float:
    moment: datetime | None = item.published_at
    return moment.timestamp() if moment is not None else float("inf")
