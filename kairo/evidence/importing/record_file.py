"""A file of records in one of the formats that are read, plain or gzipped."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from enum import StrEnum
from io import BufferedIOBase
from pathlib import PurePath
from typing import IO, cast

from kairo.evidence.importing.csv_rows import read_csv
from kairo.evidence.importing.json_items import read_json
from kairo.evidence.importing.jsonl import RawRecord, read_jsonl

_PEEK_BYTES = 64 * 1024
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_ITEMS = re.compile(rb'\{\s*"items"\s*:\s*\[')


class RecordFormat(StrEnum):
    """How records are written down."""

    JSONL = "jsonl"
    CSV = "csv"
    JSON = "json"


class RecordFile:
    """Records of a seekable file, read from its beginning as often as wanted."""

    def __init__(self, raw: IO[bytes], *, name: str, format_: RecordFormat | None = None) -> None:
        self._raw = raw
        self.size = os.fstat(raw.fileno()).st_size
        self._beginning = self._peek()
        self._format = format_ or _format_of(self._beginning, name=name)

    @property
    def position(self) -> int:
        """How many bytes of the file, of `size`, have been read."""
        return self._raw.tell()

    def records(self) -> Iterator[RawRecord]:
        """
        Raises:
            OSError, EOFError, zlib.error: the file ends within its compression, or cannot be read.
        """
        stream = self._opened()
        if self._format == RecordFormat.CSV:
            return read_csv(stream)
        if self._format == RecordFormat.JSONL:
            return read_jsonl(stream)
        return read_json(stream, prefix="item" if self._beginning.startswith(b"[") else "items.item")

    def _opened(self) -> IO[bytes]:
        self._raw.seek(0)
        zipped = self._raw.read(len(_GZIP)) == _GZIP
        self._raw.seek(0)
        return cast("IO[bytes]", gzip.GzipFile(fileobj=self._raw)) if zipped else self._raw

    def _peek(self) -> bytes:
        # One read: a file that is cut short is told of by whoever reads that far.
        return cast("BufferedIOBase", self._opened()).read1(_PEEK_BYTES).removeprefix(_BOM).lstrip()


def _format_of(beginning: bytes, *, name: str) -> RecordFormat:
    """What a file looks like; what it is called decides where both a line and a whole file may begin so."""
    if beginning.startswith(b"[") or _ITEMS.match(beginning):
        return RecordFormat.JSON
    suffixes = PurePath(name.lower().removesuffix(".gz")).suffix
    if suffixes in {".csv", ".tsv"}:
        return RecordFormat.CSV
    if suffixes in {".jsonl", ".ndjson"} or _is_json(beginning.partition(b"\n")[0]):
        return RecordFormat.JSONL
    if beginning.startswith(b"{"):
        return RecordFormat.JSON if suffixes == ".json" else RecordFormat.JSONL
    return RecordFormat.CSV if beginning and _looks_like_a_header(beginning) else RecordFormat.JSONL


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _looks_like_a_header(beginning: bytes) -> bool:
    return b"platform" in beginning.partition(b"\n")[0].lower()
