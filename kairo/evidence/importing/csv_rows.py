"""Reads records from CSV whose header has the field names of the evidence record."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import IO, Any

from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.importing.jsonl import MAX_LINE_BYTES, RawRecord
from kairo.evidence.normalizing.normalize import METRICS
from kairo.evidence.record_errors import RejectedRecord

_DELIMITERS = ",;\t|"
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TAG_SEPARATOR = re.compile(r"[\s,;|]+")


def read_csv(stream: IO[bytes]) -> Iterator[RawRecord]:
    """Yields each row below the header as a record, at the number of its first line.

    The delimiter is the one of , ; tab and | that the header has most of. Quoted cells may contain line breaks.
    Column names may be `text_primary` or `textPrimary`, counts `views` or `metrics.views`; other columns are ignored.
    An empty cell is null.
    """
    # Bytes that are not UTF-8 become lone surrogates, so that only their row is rejected.
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    csv.field_size_limit(MAX_LINE_BYTES)
    header = text.readline(MAX_LINE_BYTES)
    delimiter = max(_DELIMITERS, key=header.count)
    names = [_name(cell) for cell in next(csv.reader([header], delimiter=delimiter), [])]
    rows = csv.reader(text, delimiter=delimiter)
    while True:
        line = rows.line_num + 2  # after the header, counted from 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield RawRecord(line, RejectedRecord(RecordErrorCode.NOT_CSV, "", f"the row is not CSV: {error}"))
            continue
        if cells is None:
            text.detach()  # the caller closes the stream
            return
        if any(cells):
            yield _record(line, names, cells)


def _record(line: int, names: list[str], cells: list[str]) -> RawRecord:
    if any("\udc80" <= character <= "\udcff" for cell in cells for character in cell if not cell.isascii()):
        return RawRecord(line, RejectedRecord(RecordErrorCode.NOT_UTF8, "", "the row is not UTF-8"), cells)
    if len(cells) > len(names):
        reason = f"the row has {len(cells)} cells, and the header {len(names)}"
        return RawRecord(line, RejectedRecord(RecordErrorCode.NOT_CSV, "", reason), cells)
    values = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()}
    record: dict[str, Any] = {
        name: _PARSERS.get(name, str)(cell) for name, cell in values.items() if name not in METRICS
    }
    record["metrics"] = {name: _count(values[name]) for name in METRICS if name in values}
    return RawRecord(line, record)


def _name(cell: str) -> str:
    return _CAPITAL.sub("_", cell.strip()).lower().replace(" ", "_").removeprefix("metrics.")


def _flag(cell: str) -> bool | str:
    return _FLAGS.get(cell.lower(), cell)


def _count(cell: str) -> int | str:
    """Returns the count, or any other text unchanged, which the normalizer then ignores."""
    return int(cell) if re.fullmatch(r"-?\d{1,20}", cell, re.ASCII) else cell


def _hashtags(cell: str) -> object:
    if cell.startswith("["):
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            pass
    return [tag for tag in _TAG_SEPARATOR.split(cell) if tag]


_PARSERS: dict[str, Callable[[str], object]] = {"has_transcript": _flag, "synthetic": _flag, "hashtags": _hashtags}
