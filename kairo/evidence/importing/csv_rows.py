"""Records from a CSV table whose header names them as the documented schema does."""

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
_BETWEEN_TAGS = re.compile(r"[\s,;|]+")


def read_csv(stream: IO[bytes]) -> Iterator[RawRecord]:
    """Each row below the header, by the number of the line it begins on, as a record of the documented schema.

    The delimiter is whichever of , ; tab and | the header has most of. A cell may be quoted and have line breaks in
    it. Column names may be written as in `text_primary` or `textPrimary`, counts as `views` or `metrics.views`;
    columns of other names are left out. An empty cell is null.
    """
    # What is not UTF-8 comes as lone surrogates, which UTF-8 cannot hold: so the row can still be told from others.
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    csv.field_size_limit(MAX_LINE_BYTES)
    header = text.readline(MAX_LINE_BYTES)
    delimiter = max(_DELIMITERS, key=header.count)
    names = [_name(cell) for cell in next(csv.reader([header], delimiter=delimiter), [])]
    rows = csv.reader(text, delimiter=delimiter)
    while True:
        line = rows.line_num + 2  # the header, and counted from 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield RawRecord(line, RejectedRecord(RecordErrorCode.NOT_CSV, "", f"the row is not CSV: {error}"))
            continue
        if cells is None:
            text.detach()  # the stream is the caller's to close
            return
        if any(cells):
            yield _record(line, names, cells)


def _record(line: int, names: list[str], cells: list[str]) -> RawRecord:
    if any("\udc80" <= character <= "\udcff" for cell in cells for character in cell if not cell.isascii()):
        return RawRecord(line, RejectedRecord(RecordErrorCode.NOT_UTF8, "", "the row is not UTF-8"), cells)
    if len(cells) > len(names):
        fault = f"the row has {len(cells)} cells, and the header {len(names)}"
        return RawRecord(line, RejectedRecord(RecordErrorCode.NOT_CSV, "", fault), cells)
    given = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()}
    record: dict[str, Any] = {name: _READ.get(name, str)(cell) for name, cell in given.items() if name not in METRICS}
    record["metrics"] = {name: _count(given[name]) for name in METRICS if name in given}
    return RawRecord(line, record)


def _name(cell: str) -> str:
    return _CAPITAL.sub("_", cell.strip()).lower().replace(" ", "_").removeprefix("metrics.")


def _flag(cell: str) -> bool | str:
    return _FLAGS.get(cell.lower(), cell)


def _count(cell: str) -> int | str:
    """A count; whatever else it is, the text, which is no count."""
    return int(cell) if re.fullmatch(r"-?\d{1,20}", cell, re.ASCII) else cell


def _hashtags(cell: str) -> object:
    if cell.startswith("["):
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            pass
    return [tag for tag in _BETWEEN_TAGS.split(cell) if tag]


_READ: dict[str, Callable[[str], object]] = {"has_transcript": _flag, "synthetic": _flag, "hashtags": _hashtags}
