"""The format of a file is detected from its content and its name."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kairo.evidence.importing.record_file import RecordFile, RecordFormat
from kairo.evidence.record_errors import RejectedRecord


def contents(path: Path, *, format_: RecordFormat | None = None) -> list[object]:
    with path.open("rb") as raw:
        file = RecordFile(raw, name=path.name, format_=format_)
        first, second = ([record.content for record in file.records()] for _ in range(2))
        assert first == second, "read again, it is the same"
        assert file.position == file.size == path.stat().st_size
        return first


JSONL = '{"platform": "x"}\n{"platform": "web"}\n'
BOTH = [{"platform": "x"}, {"platform": "web"}]


@pytest.mark.parametrize("zipped", [False, True], ids=["plain", "gzipped"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", JSONL),
        ("a.ndjson", JSONL),
        ("a.json", JSONL),
        ("-", JSONL),
        ("a.txt", "\ufeff\n" + JSONL),
        ("a.json", '[{"platform": "x"}, {"platform": "web"}]'),
        ("a.jsonl", '\n [\n{"platform": "x"},\n{"platform": "web"}]'),
        ("-", '{ "items" : [{"platform": "x"}, {"platform": "web"}], "count": 2}'),
        ("a.json", '{\n "count": 2,\n "items": [{"platform": "x"}, {"platform": "web"}]\n}'),
    ],
)
def test_format_of_json_and_jsonl_is_detected(tmp_path: Path, name: str, text: str, zipped: bool) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if zipped else text.encode())
    assert contents(path) == BOTH


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "-", "a.csv.gz"])
def test_format_of_csv_is_detected(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"Platform\texternalId\nx\t1\n")
    assert contents(path) == [{"platform": "x", "external_id": "1", "metrics": {}}]


def test_format_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(JSONL)
    assert contents(path, format_=RecordFormat.JSONL) == BOTH


@pytest.mark.parametrize("text", ["", "\n\n", "[]", "platform,title\n"])
def test_file_without_records_is_empty(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a"
    path.write_text(text)
    assert contents(path) == []


def test_file_with_an_invalid_line_reports_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("hello\n")
    (content,) = contents(path)
    assert isinstance(content, RejectedRecord)
