"""Removes names from a text, so that rules check only the other words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

_GAP = " \u2026 "
_FOLLOWED = re.compile(r"[A-Za-z0-9_/]|[.\-]\w")
_NOT_BEFORE = re.compile(r"[\w./]")
# A case-insensitive regex matches these with i and s; str.lower does not, or returns two letters for one.
_ALSO_ASCII = re.compile("[\u0130\u0131\u017f]")


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with a gap in place of each name that occurs as a whole word, in any case."""
    lowered = text.casefold()
    return _without_all(text, {name for name, casefolded in _with_casefolded(tuple(names)) if casefolded in lowered})


def without_accounts(text: str, authors: Iterable[str]) -> str:
    """The text with a gap in place of each author, with or without "@"."""
    lowered = text.casefold()
    present = {
        form
        for author, casefolded in _accounts_with_casefolded(tuple(authors))
        if casefolded in lowered
        for form in (f"@{author}", author.strip())
        if form.casefold() in lowered
    }
    return _without_all(text, present)


# The same names are removed from many texts.
@lru_cache(maxsize=64)
def _with_casefolded(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, name.casefold()) for raw in names if (name := raw.strip()))


@lru_cache(maxsize=64)
def _accounts_with_casefolded(authors: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    plain = [author.strip().lstrip("@") for author in authors]
    return tuple((author, author.strip().casefold()) for author in plain if author)


def _without_all(text: str, names: Iterable[str]) -> str:
    for name in sorted(names, key=lambda name: (-len(name), name)):
        text = _without(text, name)
    return text


def _without(text: str, name: str) -> str:
    # A Japanese or Korean particle may follow a Latin name without a space.
    if name.isascii() and _ALSO_ASCII.search(text) is None:
        return "".join(_with_gaps(text, name))
    edge = r"(?<![\w./])" if name[:1].isalnum() else ""
    end = rf"(?!{_FOLLOWED.pattern})" if name[-1:].isascii() else ""
    return re.sub(rf"{edge}{re.escape(name)}{end}", _GAP, text, flags=re.IGNORECASE)


def _with_gaps(text: str, name: str) -> Iterator[str]:
    """The pieces of the text around an ASCII name. Compiling a pattern would take 80 times as long as this search."""
    lowered, lowered_name = text.lower(), name.lower()
    kept, place = 0, lowered.find(lowered_name)
    while place >= 0:
        end = place + len(lowered_name)
        begins = place == 0 or not name[:1].isalnum() or not _NOT_BEFORE.match(text, place - 1)
        if begins and not _FOLLOWED.match(text, end):
            yield text[kept:place]
            yield _GAP
            kept = place = end
        else:
            place += 1
        place = lowered.find(lowered_name, place)
    yield text[kept:]
