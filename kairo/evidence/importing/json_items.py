"""Reads records from a JSON file as scrapers write it: a list, or an object with a list `items`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import ijson  # type: ignore[import-untyped]  # it ships no types

from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.importing.jsonl import RawRecord
from kairo.evidence.record_errors import RejectedRecord


def read_json(stream: IO[bytes], *, prefix: str) -> Iterator[RawRecord]:
    """Yields each item under ijson's `prefix`, counted from 1, with one in memory at a time.

    Where the file stops being valid JSON, the last record is a rejection: the rest cannot be parsed.
    """
    number = 0
    try:
        for number, item in enumerate(ijson.items(stream, prefix, use_float=True), 1):
            yield RawRecord(number, item)
    except (ijson.JSONError, ValueError, RecursionError) as error:
        reason = f"the file is not JSON from here on: {' '.join(str(error).split())[:200]}"
        yield RawRecord(number + 1, RejectedRecord(RecordErrorCode.NOT_JSON, "", reason))
        return
