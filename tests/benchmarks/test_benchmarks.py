"""The benchmark goes all the way on our own servers. How fast anything was is not looked at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from benchmarks import report, targets
from kairo.devstack.checkout import ROOT

pytestmark = pytest.mark.slow  # a small run of everything, of a minute or two


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a short run kept, on a small database of its own."""
    folder = tmp_path_factory.mktemp("benchmarks")
    words = [
        sys.executable,
        "-m",
        "benchmarks",
        "--quick",
        "--brands",
        "150",
        "--rounds",
        "1",
        "--seconds",
        "0.3",
        "--trials",
        "20",
    ]
    done = subprocess.run(
        words,
        cwd=ROOT,
        env={**os.environ, "KAIRO_BENCHMARK_STATE": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads((folder / "results.json").read_text())
    return found


def test_servers_gave_equal_responses(kept: dict[str, Any]) -> None:
    assert kept["missing"] == {}
    assert kept["answer"]["bytes"] > 15_000
    assert kept["answer"]["fields"] > 350


def test_responses_were_valid_and_counted(kept: dict[str, Any]) -> None:
    for name in ("kairo", "kairo-one", "kairo-304", "kairo-miss", "limit", "fixed"):
        for found in kept["rounds"][name]:
            assert found["round"] == 0, name
            assert found["requests"] > 0, name
            assert set(found["statuses"]) <= {"304" if name == "kairo-304" else "200", "503"}, name
            assert 0 < found["p50"] <= found["p99"], name


def test_reads_after_writes_were_current(kept: dict[str, Any]) -> None:
    assert kept["freshness"]["kairo"]["trials"] == 20
    assert kept["freshness"]["kairo"]["stale"] == 0
    (storm,) = kept["storm"]
    assert storm["writes"]["trials"] > 0
    assert storm["writes"]["stale"] == 0


def test_report_lists_every_target_and_what_was_not_measured(kept: dict[str, Any]) -> None:
    page = report.page(kept)
    for row in targets.rows(kept):
        assert f"| {row.figure} | {row.target} |" in page
    assert "| ÷ PostGraphile 5 | ≥ 12 |  | not measured |" in page


def test_locks_of_peers_have_hashes_and_no_urls() -> None:
    peers = ROOT / "benchmarks" / "peers"
    for lock in peers.glob("*.lock"):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
    packages = json.loads((peers / "package-lock.json").read_text())["packages"]
    for name, package in packages.items():
        assert not name or "integrity" in package, name
        assert "resolved" not in package, name
