"""How far an import of a file came, kept beside it, so that one that was stopped goes on."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path

import msgspec

from kairo.evidence.enums import IngestOutcome

VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportKey:
    """What an import is of. Where any of it differs, another one's progress says nothing."""

    brand_id: str
    size: int
    modified_ns: int
    options: tuple[str, ...]


@dataclass(kw_only=True, slots=True)
class ImportState:
    """`done` records of the file are stored, and `rejected_bytes` of the file of rejected rows tell of these."""

    of: ImportKey
    shift_s: float
    done: int = 0
    rejected_bytes: int = 0
    outcomes: dict[IngestOutcome, int] = field(default_factory=dict)

    @property
    def shift(self) -> timedelta:
        return timedelta(seconds=self.shift_s)

    def counted(self) -> Counter[IngestOutcome]:
        return Counter(self.outcomes)


def load(path: Path) -> ImportState | None:
    """None where there is none, or none that this release can read."""
    try:
        content = json.loads(path.read_bytes())
        if content.pop("version") != VERSION:
            return None
        return msgspec.convert(content, ImportState)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, msgspec.ValidationError):
        return None


def save(state: ImportState, path: Path) -> None:
    """Whole or not at all, whenever the process dies.

    Raises:
        OSError
    """
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(json.dumps({"version": VERSION, **asdict(state)}))
    beside.replace(path)
