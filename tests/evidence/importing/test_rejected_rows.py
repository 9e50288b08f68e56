from __future__ import annotations

from pathlib import Path

import pytest

from kairo.core.models import Brand
from tests.evidence.importing.commands import (
    lines,
    rejected_rows,
    run_command,
)
from tests.evidence.records import a_record

pytestmark = pytest.mark.django_db


def test_rejected_rows_are_written_with_their_reasons(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    bad = a_record(platform="orkut")
    file.write_bytes(b"{oops \xff\n" + lines(a_record(), bad) + b"[1]\n" * 30)
    out, _, _ = run_command(file)
    assert f"rejected rows: {file}.rejected.jsonl" in out
    rows = rejected_rows(file)
    assert [(row["line"], row["code"], row["path"]) for row in rows[:3]] == [
        (1, "not_utf8", ""),
        (3, "unknown_platform", "platform"),
        (4, "not_an_object", ""),
    ]
    assert [row["row"] for row in rows[:3]] == ["{oops \ufffd", bad, [1]]
    assert rows[1]["reason"].startswith("must be one of")
    assert len(rows) == 32
    file.write_bytes(lines(a_record()))
    run_command(file)
    assert not file.with_name("posts.jsonl.rejected.jsonl").exists()
