"""Counts near-duplicate posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.gates.thresholds import DUPLICATE_SIMILARITY
from kairo.hero.text.folding import visible
from kairo.hero.text.near_duplicates import earlier_duplicates
from kairo.hero.text.words import word_set


def count_redundant(items: Sequence[EvidenceItemDTO]) -> int:
    """Counts the items that repeat an earlier one: by canonical url, or by author and nearly the same words."""
    redundant: set[int] = set()
    urls: set[str] = set()
    by_author: defaultdict[str, list[int]] = defaultdict(list)
    for place, item in enumerate(items):
        if item.canonical_url and item.canonical_url in urls:
            redundant.add(place)
        urls.add(item.canonical_url)
        if item.author_ref:
            by_author[item.author_ref].append(place)
    for places in by_author.values():
        if len(places) > 1:
            words = [word_set(visible(items[place].text_primary)) for place in places]
            twins = earlier_duplicates(words, at_least=DUPLICATE_SIMILARITY)
            redundant.update(place for place, twin in zip(places, twins, strict=True) if twin is not None)
    return len(redundant)
