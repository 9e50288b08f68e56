"""Finds word sets that nearly repeat an earlier one, without comparing every pair."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain

from kairo.hero.text.words import jaccard


def earlier_duplicates(sets: Sequence[frozenset[str]], *, at_least: float, keep_all: bool = True) -> list[int | None]:
    """Returns for each set the position of an earlier set with a Jaccard index of `at_least` or more, or None.

    Without `keep_all`, later sets are not compared with a set that repeats an earlier one.

    Exact, by prefix filtering (Bayardo, Ma, Srikant, "Scaling Up All Pairs Similarity Search", 2007): similar sets
    share a word among their first `len - ceil(at_least * len) + 1` in any fixed order, here the rarest words first.
    """
    frequency = Counter(chain.from_iterable(sets))
    postings: defaultdict[str, list[int]] = defaultdict(list)
    duplicates: list[int | None] = []
    for place, words in enumerate(sets):
        shared = [word for word in words if frequency[word] > 1]
        # Words that only this set contains are the rarest: they come first, and match no other set.
        length = len(words) - math.ceil(at_least * len(words)) + 1 - (len(words) - len(shared))
        prefix = sorted(shared, key=lambda word: (frequency[word], word))[:length] if length > 0 else []
        earlier = _first_similar(words, prefix, postings, sets, at_least)
        duplicates.append(earlier)
        if keep_all or earlier is None:
            for word in prefix:
                postings[word].append(place)
    return duplicates


def _first_similar(
    words: frozenset[str],
    prefix: Sequence[str],
    postings: defaultdict[str, list[int]],
    sets: Sequence[frozenset[str]],
    at_least: float,
) -> int | None:
    compared: set[int] = set()
    size = len(words)
    for word in prefix:
        for place in postings[word]:
            if place in compared:
                continue
            compared.add(place)
            other = len(sets[place])
            is_possible = other >= at_least * size if other < size else size >= at_least * other
            if is_possible and jaccard(words, sets[place]) >= at_least:
                return place
    return None
