"""docs/clients.md as what it says it is: files to lay down, and commands to run."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```(\w*)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Guide:
    """A block that names a file is that file; a block `sh` is commands; there are no others."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def files(self) -> dict[str, str]:
        """The files' texts by their paths. Each is named in the line above it as well, for who reads."""
        found = {}
        for block in _FENCE.finditer(self._text):
            language, name, text = block.groups()
            if language == "sh" and not name:
                continue
            assert name, f"This block is neither commands nor a file: {text}"
            assert f"`{name}`" in self._text[: block.start()].rstrip().rpartition("\n")[2], f"{name} is not announced."
            assert name not in found, f"{name} is there twice."
            found[name] = text
        return found

    def commands(self, section: str) -> str:
        """What a section tells to run, as one script."""
        _, *parts = _SECTION.split(self._text)
        text = dict(zip(parts[::2], parts[1::2], strict=True))[section]
        commands = [block[3] for block in _FENCE.finditer(text) if block[1] == "sh"]
        assert commands, f"Nothing is run under {section!r}."
        return "".join(commands)


GUIDE = Guide((ROOT / "docs" / "clients.md").read_text())
