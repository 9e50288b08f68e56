"""The progress of a file import, saved in a sidecar file so that an interrupted import can resume."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path

import msgspec

from kairo.evidence.enums import IngestOutcome

VERSION = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportKey:
    """Identifies an import. A saved state is valid only for an equal key."""

    brand_id: str
    size: int
    modified_ns: int
    options: tuple[str, ...]


@dataclass(kw_only=True, slots=True)
class ImportState:
    """`done` records of the file are stored; the first `rejected_bytes` of the file of rejected rows belong to them."""

    key: ImportKey
    shift_s: float
    done: int = 0
    rejected_bytes: int = 0
    outcomes: dict[IngestOutcome, int] = field(default_factory=dict)

    @property
    def shift(self) -> timedelta:
        return timedelta(seconds=self.shift_s)

    def outcome_counts(self) -> Counter[IngestOutcome]:
        return Counter(self.outcomes)


def load(path: Path) -> ImportState | None:
    """Returns None where there is no state, or one of another version."""
    try:
        content = json.loads(path.read_bytes())
        if content.pop("version") != VERSION:
            return None
        return msgspec.convert(content, ImportState)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, msgspec.ValidationError):
        return None


def save(state: ImportState, path: Path) -> None:
    """Writes the state atomically.

    Raises:
        OSError
    """
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_text(json.dumps({"version": VERSION, **asdict(state)}))
    temporary.replace(path)
