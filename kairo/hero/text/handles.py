"""Account names as they are compared."""

from __future__ import annotations

import re

from kairo.hero.text.folding import fold


def handle_of(author: str) -> str:
    """An account's name as it is compared: without @, case and the address in front of it."""
    name = fold(author).strip().rstrip("/")
    name = re.split(r"[/\s]", name)[-1] if "/" in name else name
    return name.lstrip("@")
