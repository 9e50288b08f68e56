"""A file of records in JSON lines, CSV or JSON, plain or gzipped."""

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
    """The format of a file of records."""

    JSONL = "jsonl"
    CSV = "csv"
    JSON = "json"


class RecordFile:
    """A seekable file whose records can be read repeatedly."""

    def __init__(self, raw: IO[bytes], *, name: str, format_: RecordFormat | None = None) -> None:
        self._raw = raw
        self.size = os.fstat(raw.fileno()).st_size
        self._head = self._peek()
        self._format = format_ or _detect_format(self._head, name=name)

    @property
    def position(self) -> int:
        """The number of bytes read so far, of `size`."""
        return self._raw.tell()

    def records(self) -> Iterator[RawRecord]:
        """
        Raises:
            OSError, EOFError, zlib.error: the file cannot be read, or its gzip stream is incomplete.
        """
        stream = self._open()
        if self._format == RecordFormat.CSV:
            return read_csv(stream)
        if self._format == RecordFormat.JSONL:
            return read_jsonl(stream)
        return read_json(stream, prefix="item" if self._head.startswith(b"[") else "items.item")

    def _open(self) -> IO[bytes]:
        self._raw.seek(0)
        is_gzipped = self._raw.read(len(_GZIP)) == _GZIP
        self._raw.seek(0)
        return cast("IO[bytes]", gzip.GzipFile(fileobj=self._raw)) if is_gzipped else self._raw

    def _peek(self) -> bytes:
        # A single read: an incomplete gzip stream raises only when the records are read.
        return cast("BufferedIOBase", self._open()).read1(_PEEK_BYTES).removeprefix(_BOM).lstrip()


def _detect_format(head: bytes, *, name: str) -> RecordFormat:
    """Detects the format from the content, and from the name where the content is ambiguous."""
    if head.startswith(b"[") or _ITEMS.match(head):
        return RecordFormat.JSON
    suffix = PurePath(name.lower().removesuffix(".gz")).suffix
    if suffix in {".csv", ".tsv"}:
        return RecordFormat.CSV
    if suffix in {".jsonl", ".ndjson"} or _is_json(head.partition(b"\n")[0]):
        return RecordFormat.JSONL
    if head.startswith(b"{"):
        return RecordFormat.JSON if suffix == ".json" else RecordFormat.JSONL
    return RecordFormat.CSV if head and _looks_like_a_header(head) else RecordFormat.JSONL


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _looks_like_a_header(head: bytes) -> bool:
    return b"platform" in head.partition(b"\n")[0].lower()
