from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from kairo.core.models import Tenant
from tests.hero.evaluation.folders import LABELS, write_folder
from tests.hero.shared_data import SHARED_DATA, needs_shared_data


@needs_shared_data
def test_evaluate_engine_says_ok_where_a_bar_is_met(tmp_path: Path) -> None:
    shutil.copy(SHARED_DATA / "gate-cases.json", tmp_path)
    out = StringIO()
    call_command("evaluate_engine", data=[tmp_path], stdout=out)
    assert "ok    gates  20 of 20" in out.getvalue()


@needs_shared_data
def test_evaluate_engine_exits_with_one_where_a_bar_is_missed(tmp_path: Path) -> None:
    cases = json.loads((SHARED_DATA / "gate-cases.json").read_text())
    cases["cases"][0]["expect_pass"] = False
    (tmp_path / "gate-cases.json").write_text(json.dumps(cases))
    out = StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("evaluate_engine", data=[tmp_path], stdout=out)
    assert exit_.value.code == 1
    assert "MISS  gates" in out.getvalue()
    assert "its files are not in the data directories" in out.getvalue()


@pytest.mark.django_db
def test_evaluate_engine_shows_the_boards_of_every_folder_and_stores_nothing(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    write_folder(first)
    write_folder(second, labels={name: {"topic": "", "kind": "bg"} for name in LABELS})
    out = StringIO()
    with pytest.raises(SystemExit):  # ideas about background posts are wrong
        call_command("evaluate_engine", "--data", str(first), "--data", str(second), stdout=out)
    table = out.getvalue().splitlines()
    assert [line.split()[:3] for line in table if line.startswith("plane-shop")] == [["plane-shop", "12", "passed"]] * 2
    assert any(line.startswith("MISS  precision@10") for line in table)
    assert any(line.startswith("ok    reproducibility") for line in table)
    assert not Tenant.objects.exists()


def test_evaluate_engine_refuses_a_directory_that_is_not_there_or_empty(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no directory"):
        call_command("evaluate_engine", data=[tmp_path / "nowhere"])
    with pytest.raises(CommandError, match="none of the files"):
        call_command("evaluate_engine", data=[tmp_path], stdout=StringIO())


def test_evaluate_engine_names_a_label_that_cannot_be_read(tmp_path: Path) -> None:
    write_folder(tmp_path, labels={"post-0": {"topic": "x", "kind": "brust"}})
    with pytest.raises(CommandError, match="'brust' is no kind of label"):
        call_command("evaluate_engine", data=[tmp_path])


def test_evaluate_engine_without_a_database_says_what_it_needs(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "evaluate_engine", "--data", str(write_folder(tmp_path))],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "in a transaction that is rolled back" in done.stderr
    assert "./dev manage" in done.stderr
    assert "Traceback" not in done.stderr
