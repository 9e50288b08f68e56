"""The JSON lines file of an import's rejected records."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from kairo.evidence.importing.ingest_records import IngestedRecord


class RejectedRows:
    """Writes rejected records. The first one creates the file; without a path nothing is written.

    A resumed import keeps the first `kept_bytes` of an existing file and truncates the rest.
    """

    def __init__(self, path: Path | None, *, kept_bytes: int = 0) -> None:
        self._path, self._kept_bytes = path, kept_bytes
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        if self._path and self._path.exists():
            if self._kept_bytes:
                self._open()
            else:
                self._path.unlink()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    def add(self, record: IngestedRecord) -> None:
        """
        Raises:
            OSError
        """
        if record.rejection is None or self._path is None:
            return
        line = {
            "line": record.position,
            "code": record.rejection.code.value,
            "path": record.rejection.path,
            "reason": record.rejection.reason,
            "row": record.row,
        }
        self._open().write(json.dumps(line).encode() + b"\n")

    def written_bytes(self) -> int:
        """Flushes the file and returns its size."""
        if self._file is None:
            return 0
        self._file.flush()
        return self._file.tell()

    def _open(self) -> IO[bytes]:
        if self._file is None:
            assert self._path is not None
            self._file = self._path.open("r+b" if self._kept_bytes else "wb")
            self._file.truncate(self._kept_bytes)
            self._file.seek(self._kept_bytes)
        return self._file
