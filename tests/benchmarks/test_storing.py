from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks import storing
from kairo.devstack.checkout import ROOT
from tests.own_redis import OTHER_REDIS_URL


def test_a_board_is_stored_and_asked_for_in_as_few_statements_as_may_be(tmp_path: Path) -> None:
    """How long it took is not looked at."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "storing", "--boards", "60"],
        cwd=ROOT,
        env={
            **os.environ,
            "KAIRO_BENCHMARK_STATE": str(tmp_path),
            "KAIRO_BENCHMARK_DATABASE_URL": os.environ["DATABASE_URL"],
            "KAIRO_BENCHMARK_REDIS_URL": OTHER_REDIS_URL,
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    kept = json.loads((tmp_path / "storing.json").read_text())
    assert 0 < kept["storing"]["together"] <= 6
    assert kept["storing"]["beside"] == 1
    assert 0 < kept["asking"]["together"] + kept["asking"]["beside"] <= 4
    assert 0 < kept["storing"]["p50"] <= kept["storing"]["p95"]
    assert "24 ideas" in storing.report(kept)
