"""A brand's taboos and their synonyms: two columns, `taboos` and `taboo_synonyms`, that always agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

MAX_SYNONYMS = 500
"""Of all taboos of a brand together."""

CONTRADICTION = "The taboos and the taboo terms name different terms. Give one of the two, or the same terms in both."

Synonyms = Mapping[str, Sequence[str]]
"""Synonyms by term."""


def merge(entries: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """The synonyms by term, in order: entries of one term merged, without duplicates and without the term itself."""
    terms: dict[str, dict[str, None]] = {}
    for term, synonyms in entries:
        terms.setdefault(term, {}).update(dict.fromkeys(synonyms))
    return {term: [synonym for synonym in synonyms if synonym != term] for term, synonyms in terms.items()}


def contradict(taboos: Iterable[str] | None, taboo_terms: Iterable[str] | None) -> bool:
    """Whether both are present and name different terms."""
    return taboos is not None and taboo_terms is not None and set(taboos) != set(taboo_terms)


def to_columns(values: Mapping[str, Any], *, stored: Synonyms) -> dict[str, Any]:
    """A brand's input values with `taboos` and `taboo_terms` converted to the columns of both.

    `taboo_terms` replaces all synonyms; `taboos` alone keeps the stored synonyms of the terms that it names.
    """
    columns = {name: value for name, value in values.items() if name not in {"taboos", "taboo_terms"}}
    taboos, taboo_terms = values.get("taboos"), values.get("taboo_terms")
    if taboos is None and taboo_terms is None:
        return columns
    terms = list(taboo_terms or ()) if taboos is None else list(taboos)
    return {
        **columns,
        "taboos": terms,
        "taboo_synonyms": of_terms(terms, stored if taboo_terms is None else taboo_terms),
    }


def of_terms(terms: Iterable[str], synonyms: Synonyms) -> dict[str, list[str]]:
    """The synonyms of those terms that have any."""
    return {term: list(synonyms[term]) for term in terms if synonyms.get(term)}
