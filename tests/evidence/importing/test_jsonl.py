from __future__ import annotations

import io

import pytest

from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.importing import jsonl
from kairo.evidence.importing.jsonl import read_jsonl
from kairo.evidence.record_errors import RejectedRecord


def read(raw: bytes) -> dict[int, object]:
    return {record.position: record.content for record in read_jsonl(io.BytesIO(raw))}


def codes(raw: bytes) -> dict[int, RecordErrorCode]:
    return {line: content.code for line, content in read(raw).items() if isinstance(content, RejectedRecord)}


def test_jsonl_lines_are_counted_from_one_without_blank_ones() -> None:
    assert read(b'\xef\xbb\xbf{"a": 1}\r\n\n  \t\r\n{"b": "\\u0000\xc3\xbc"}') == {1: {"a": 1}, 4: {"b": "\x00ü"}}


def test_jsonl_of_an_empty_stream_is_empty() -> None:
    assert read(b"") == {}


def test_jsonl_line_that_is_invalid_is_rejected_alone() -> None:
    raw = b'{"a": 1}\n{"a": "\xff"}\n{oops}\n[[[\n{"n": ' + b"9" * 5000 + b"}\n" + b"[" * 100_000 + b'\n{"z": 1}\n'
    assert codes(raw) == {
        2: RecordErrorCode.NOT_UTF8,
        3: RecordErrorCode.NOT_JSON,
        4: RecordErrorCode.NOT_JSON,
        5: RecordErrorCode.NOT_JSON,
        6: RecordErrorCode.NOT_JSON,
    }
    assert read(raw)[7] == {"z": 1}


@pytest.fixture
def short_lines(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 100)
    return 100


def test_jsonl_line_that_is_too_long_is_skipped(short_lines: int) -> None:
    longest = b'"' + b"x" * (short_lines - 2) + b'"\n'
    raw = longest + b'"' + b"x" * 3_000_000 + b'"\n{"after": 1}\n' + b"y" * 500
    assert codes(raw) == {2: RecordErrorCode.LINE_TOO_LONG, 4: RecordErrorCode.LINE_TOO_LONG}
    assert read(raw)[3] == {"after": 1}


def test_jsonl_line_of_five_megabytes_is_read() -> None:
    assert read(b'{"text": "' + b"x" * 5_000_000 + b'"}\n')[1] == {"text": "x" * 5_000_000}
