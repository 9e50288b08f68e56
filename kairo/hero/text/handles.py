"""Normalizes account names for comparison."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kairo.hero.text.folding import fold


# The same authors are compared repeatedly.
@lru_cache(maxsize=4_096)
def handle_of(author: str) -> str:
    """The normalized account name: without "@", case and profile address."""
    name = fold(author).strip().rstrip("/")
    name = re.split(r"[/\s]", name)[-1] if "/" in name else name
    return name.lstrip("@")


def handles_of(accounts: Iterable[str]) -> frozenset[str]:
    """The normalized account names, without empty ones."""
    return frozenset(name for account in accounts if (name := handle_of(account)))
