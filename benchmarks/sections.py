"""The sections of docs/performance.md, for a command that measures one of them."""

from __future__ import annotations

import re

from kairo.devstack.checkout import ROOT

PAGE = ROOT / "docs" / "performance.md"


def with_section(page: str, title: str, body: str) -> str:
    """The page with this text under that heading: in place of the text there, or before the last heading."""
    section = f"## {title}\n\n{body}\n\n"
    found = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if found.search(page):
        return found.sub(lambda _: section, page).rstrip("\n") + "\n"
    before, heading, last = page.rpartition("\n## ")
    return f"{before}\n{section.rstrip()}\n\n## {last}" if heading else f"{page.rstrip()}\n\n{section.rstrip()}\n"
