"""Finds sets of words that nearly repeat an earlier one, without comparing every pair."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain

from kairo.hero.text.words import jaccard


def earlier_duplicates(sets: Sequence[frozenset[str]], *, at_least: float, keep_all: bool = True) -> list[int | None]:
    """For each set the position of an earlier one with a Jaccard index of `at_least` or more, or None.

    With `keep_all` false, a set that repeats an earlier one is itself compared with nothing later.

    Exact, by prefix filtering (Bayardo, Ma, Srikant, "Scaling Up All Pairs Similarity Search", 2007): sets this alike
    share a word among their first `len - ceil(at_least * len) + 1` in any fixed order, here the rarest words first.
    """
    frequency = Counter(chain.from_iterable(sets))
    holders: defaultdict[str, list[int]] = defaultdict(list)
    found: list[int | None] = []
    for place, words in enumerate(sets):
        shared = [word for word in words if frequency[word] > 1]
        # The words of one set alone are the rarest: they come first, and no other set holds them.
        most = len(words) - math.ceil(at_least * len(words)) + 1 - (len(words) - len(shared))
        prefix = sorted(shared, key=lambda word: (frequency[word], word))[:most] if most > 0 else []
        twin = _first_like(words, prefix, holders, sets, at_least)
        found.append(twin)
        if keep_all or twin is None:
            for word in prefix:
                holders[word].append(place)
    return found


def _first_like(
    words: frozenset[str],
    prefix: Sequence[str],
    holders: defaultdict[str, list[int]],
    sets: Sequence[frozenset[str]],
    at_least: float,
) -> int | None:
    tried: set[int] = set()
    size = len(words)
    for word in prefix:
        for place in holders[word]:
            if place in tried:
                continue
            tried.add(place)
            other = len(sets[place])
            near = other >= at_least * size if other < size else size >= at_least * other
            if near and jaccard(words, sets[place]) >= at_least:
                return place
    return None
