"""One key for one word: posts in two languages that write the same word must meet."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from kairo.hero.engine.phrases import Phrase
from kairo.hero.engine.tokenized_posts import Reading
from kairo.hero.text.folding import bare


def with_common_keys(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with one key wherever the stemmers of two languages gave the same spelling two.

    "Halloween" has one stem in English and another in Spanish. The key of most posts stays; of equals, the longer.
    """
    if len({reading.language for reading in readings}) < 2:
        return list(readings)
    renamed = _renamed(readings)
    return [_rename(reading, renamed) for reading in readings] if renamed else list(readings)


def _renamed(readings: Sequence[Reading]) -> dict[str, str]:
    keys_of: defaultdict[str, set[str]] = defaultdict(set)
    spelled = {
        (phrase.shown, phrase.size, key)
        for reading in readings
        for key, shown in reading.shown.items()
        for phrase in shown
    }
    for shown, size, key in spelled:
        keys_of[_spelling(shown, size)].add(key)
    ambiguous = frozenset(key for keys in keys_of.values() if len(keys) > 1 for key in keys)
    counts = Counter(
        spelling_and_key
        for reading in readings
        for key in ambiguous & reading.shown.keys()
        for spelling_and_key in {(_spelling(phrase.shown, phrase.size), key) for phrase in reading.shown[key]}
    )
    renamed: dict[str, str] = {}
    for spelling, keys in sorted(keys_of.items()):
        if len(keys) > 1:
            kept = max(keys, key=lambda key: (counts[spelling, key], len(key), key))
            for key in keys:
                if key != kept and kept not in renamed:
                    renamed.setdefault(key, kept)
    return renamed


@lru_cache(maxsize=16_384)
def _spelling(shown: str, size: int) -> str:
    shown = shown.casefold()
    return bare(shown if size == 1 else re.sub(r"[\W_]", "", shown))


def _rename(reading: Reading, renamed: Mapping[str, str]) -> Reading:
    if reading.own.isdisjoint(renamed) and reading.spoken.isdisjoint(renamed):
        return reading
    shown: dict[str, tuple[Phrase, ...]] = {}
    for key, found in reading.shown.items():
        kept = renamed.get(key, key)
        shown[kept] = shown.get(kept, ()) + found
    return replace(
        reading,
        said=_mapped(reading.said, renamed),
        tagged=_mapped(reading.tagged, renamed),
        spoken=_mapped(reading.spoken, renamed),
        described=_mapped(reading.described, renamed),
        own=_mapped(reading.own, renamed),
        tags=tuple(renamed.get(tag, tag) for tag in reading.tags),
        shown=shown,
    )


def _mapped(keys: Iterable[str], renamed: Mapping[str, str]) -> frozenset[str]:
    return frozenset(renamed.get(key, key) for key in keys)
