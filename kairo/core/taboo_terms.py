"""A brand's taboos and other words for them: two columns, `taboos` and `taboo_synonyms`, that always agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

MOST_SYNONYMS = 500
"""Of all taboos of a brand together."""

BOTH_GIVEN = "The taboos and the taboo terms name different terms. Give one of the two, or the same terms in both."

Synonyms = Mapping[str, Sequence[str]]
"""Other words by taboo."""


def joined(entries: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """The synonyms by term, in the order given: a repeated term once, no repeated synonym, and no term as its own."""
    terms: dict[str, dict[str, None]] = {}
    for term, synonyms in entries:
        terms.setdefault(term, {}).update(dict.fromkeys(synonyms))
    return {term: [synonym for synonym in synonyms if synonym != term] for term, synonyms in terms.items()}


def contradict(taboos: Iterable[str] | None, taboo_terms: Iterable[str] | None) -> bool:
    """Whether both are given and name different terms."""
    return taboos is not None and taboo_terms is not None and set(taboos) != set(taboo_terms)


def columns(*, taboos: Sequence[str] | None, taboo_terms: Synonyms | None, stored: Synonyms) -> dict[str, Any]:
    """The values of both columns, empty where neither is given.

    `taboo_terms` replaces all synonyms; `taboos` alone keeps the stored synonyms of the terms it names.
    """
    if taboos is None and taboo_terms is None:
        return {}
    terms = list(taboo_terms or ()) if taboos is None else list(taboos)
    return {"taboos": terms, "taboo_synonyms": of_terms(terms, stored if taboo_terms is None else taboo_terms)}


def of_terms(terms: Iterable[str], synonyms: Synonyms) -> dict[str, list[str]]:
    """The synonyms of those of the terms that have any."""
    return {term: list(synonyms[term]) for term in terms if synonyms.get(term)}
