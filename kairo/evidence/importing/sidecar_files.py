from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SidecarFiles:
    """The files that an import writes next to the imported file."""

    state: Path
    rejected: Path

    @classmethod
    def of(cls, file: Path, *, folder: Path | None = None) -> SidecarFiles:
        """Returns the paths in `folder`, by default the file's own."""
        folder = folder or file.parent
        return cls(folder / f"{file.name}.import-state.json", folder / f"{file.name}.rejected.jsonl")
