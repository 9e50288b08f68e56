"""JSON lines from a byte stream, one record at a time, however long the stream and whatever is in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.record_errors import RejectedRecord

MAX_LINE_BYTES = 16 * 1024 * 1024
MAX_SHOWN_BYTES = 10_000  # of a line that cannot be read
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record as it came: `position` as its sender counts (a line number, an index), and what it holds.

    `row` is what the sender will know it by when it is refused; None where `content` says that.
    """

    position: int
    content: object | RejectedRecord
    row: object = None


def read_jsonl(stream: IO[bytes]) -> Iterator[RawRecord]:
    """Each line of the stream that is not blank, counted from 1, as decoded JSON or as the reason it is none.

    Holds one line at a time; the rest of a line beyond `MAX_LINE_BYTES` is read past, never kept.
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
            content = _decoded(line)
            row = line[:MAX_SHOWN_BYTES].decode(errors="replace") if isinstance(content, RejectedRecord) else None
            yield RawRecord(number, content, row)


def _skip_rest_of_line(stream: IO[bytes]) -> None:
    while (piece := stream.readline(1024 * 1024)) and not piece.endswith(b"\n"):
        pass


def _decoded(line: bytes) -> object | RejectedRecord:
    try:
        content: object = json.loads(line.decode())
    except UnicodeDecodeError as error:
        return RejectedRecord(RecordErrorCode.NOT_UTF8, "", f"the line is not UTF-8 (byte {error.start + 1})")
    except json.JSONDecodeError as error:
        return RejectedRecord(
            RecordErrorCode.NOT_JSON, "", f"the line is not JSON: {error.msg} (character {error.colno})"
        )
    except ValueError:
        return RejectedRecord(RecordErrorCode.NOT_JSON, "", "the line holds a number of thousands of digits")
    except RecursionError:
        return RejectedRecord(RecordErrorCode.NOT_JSON, "", "the line is nested too deeply")
    return content
