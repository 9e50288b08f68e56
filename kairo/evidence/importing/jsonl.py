"""Reads JSON lines from a byte stream, one at a time. Invalid lines become rejections."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.record_errors import RejectedRecord

MAX_LINE_BYTES = 16 * 1024 * 1024
MAX_SHOWN_BYTES = 10_000  # of an invalid line
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """An unvalidated record. `position` is its line number or index.

    `row` is the original to report with a rejection; None where `content` is the original.
    """

    position: int
    content: object | RejectedRecord
    row: object = None


def read_jsonl(stream: IO[bytes]) -> Iterator[RawRecord]:
    """Yields each non-blank line, counted from 1, as decoded JSON or as a rejection.

    Keeps one line in memory, and at most `MAX_LINE_BYTES` of it.
    """
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            _skip_rest_of_line(stream)
            reason = f"the line is longer than {MAX_LINE_BYTES:,} bytes"
            yield RawRecord(number, RejectedRecord(RecordErrorCode.LINE_TOO_LONG, "", reason))
            continue
        if number == 1:
            line = line.removeprefix(_BOM)
        if line := line.strip():
            content = _decode(line)
            row = line[:MAX_SHOWN_BYTES].decode(errors="replace") if isinstance(content, RejectedRecord) else None
            yield RawRecord(number, content, row)


def _skip_rest_of_line(stream: IO[bytes]) -> None:
    while (chunk := stream.readline(1024 * 1024)) and not chunk.endswith(b"\n"):
        pass


def _decode(line: bytes) -> object | RejectedRecord:
    try:
        content: object = json.loads(line.decode())
    except UnicodeDecodeError as error:
        return RejectedRecord(RecordErrorCode.NOT_UTF8, "", f"the line is not UTF-8 (byte {error.start + 1})")
    except json.JSONDecodeError as error:
        return RejectedRecord(
            RecordErrorCode.NOT_JSON, "", f"the line is not JSON: {error.msg} (character {error.colno})"
        )
    except ValueError:
        return RejectedRecord(RecordErrorCode.NOT_JSON, "", "the line has a number of thousands of digits")
    except RecursionError:
        return RejectedRecord(RecordErrorCode.NOT_JSON, "", "the line is nested too deeply")
    return content
