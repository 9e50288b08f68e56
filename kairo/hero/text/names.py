"""Takes names out of a text, so that what is left is the writer's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable

_GAP = " \u2026 "


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with a gap in place of each name that stands in it as a whole, in any case."""
    lowered = text.casefold()
    present = {name for given in names if (name := given.strip()) and name.casefold() in lowered}
    for name in sorted(present, key=lambda one: (-len(one), one)):
        # A Japanese or Korean particle may follow a Latin name without a space.
        edge = r"(?<![\w./])" if name[:1].isalnum() else ""
        end = r"(?![A-Za-z0-9_/]|[.\-]\w)" if name[-1:].isascii() else ""
        text = re.sub(rf"{edge}{re.escape(name)}{end}", _GAP, text, flags=re.IGNORECASE)
    return text


def without_accounts(text: str, authors: Iterable[str]) -> str:
    """The text without the given authors, with "@" or without."""
    plain = [author.strip().lstrip("@") for author in authors]
    return without_names(text, [form for author in plain if author for form in (f"@{author}", author)])
