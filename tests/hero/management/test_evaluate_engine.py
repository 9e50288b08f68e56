from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

DATA = Path(__file__).parents[4] / "shared" / "data"

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the labelled data is not beside this checkout")


@needs_data
def test_a_met_bar_is_ok(tmp_path: Path) -> None:
    shutil.copy(DATA / "gate-cases.json", tmp_path)
    out = StringIO()
    call_command("evaluate_engine", data=tmp_path, stdout=out)
    assert "ok    gates  20 of 20" in out.getvalue()


@needs_data
def test_a_missed_bar_exits_with_one(tmp_path: Path) -> None:
    cases = json.loads((DATA / "gate-cases.json").read_text())
    cases["cases"][0]["expect_pass"] = False
    (tmp_path / "gate-cases.json").write_text(json.dumps(cases))
    out = StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("evaluate_engine", data=tmp_path, stdout=out)
    assert exit_.value.code == 1
    assert "MISS  gates" in out.getvalue()
    assert "its files are not in the data directory" in out.getvalue()


def test_a_directory_that_is_not_there_or_empty_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no directory"):
        call_command("evaluate_engine", data=tmp_path / "nowhere")
    with pytest.raises(CommandError, match="none of the files"):
        call_command("evaluate_engine", data=tmp_path, stdout=StringIO())
