"""Account names as they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kairo.hero.text.folding import fold


# The authors of a board's posts are compared again and again.
@lru_cache(maxsize=4_096)
def handle_of(author: str) -> str:
    """An account's name as it is compared: without @, case and the address in front of it."""
    name = fold(author).strip().rstrip("/")
    name = re.split(r"[/\s]", name)[-1] if "/" in name else name
    return name.lstrip("@")


def handles_of(accounts: Iterable[str]) -> frozenset[str]:
    """The accounts' names as they are compared, without empty ones."""
    return frozenset(name for account in accounts if (name := handle_of(account)))
