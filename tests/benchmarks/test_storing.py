from __future__ import annotations

import json
import os
from pathlib import Path

import psycopg

from benchmarks import storing
from tests.benchmarks.runs import run

OTHERS_DRAFT = "draft_1x1x1_of_another_run"


def test_storing_and_requesting_a_board_take_few_statements(tmp_path: Path) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE {OTHERS_DRAFT}")
        output = run("storing", "--boards", "60", size=storing.SIZE.name, state=tmp_path)
        server.execute(f"DROP DATABASE {OTHERS_DRAFT}")  # fails if the run has dropped it
    kept = json.loads((tmp_path / "storing.json").read_text())
    assert 0 < kept["storing"]["together"] <= 6
    assert kept["storing"]["beside"] == 0
    # Two of them are the quota's, which production has.
    assert 0 < kept["asking"]["together"] + kept["asking"]["beside"] <= 6
    assert 0 < kept["storing"]["p50"] <= kept["storing"]["p95"]
    assert output.strip() == storing.report(kept)
