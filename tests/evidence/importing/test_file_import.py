from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from kairo.core.models import Brand
from kairo.evidence.importing import file_import, progress
from kairo.evidence.importing.ingest_records import IngestedRecord, ingest_each
from kairo.evidence.models import NormalizedEvidenceItem
from tests.evidence.importing.commands import (
    command,
    environment,
    lines,
    rejected_rows,
    run_command,
    state_file,
)
from tests.evidence.records import a_record

pytestmark = pytest.mark.django_db


def interrupt(file: Path, *, after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs an import that is interrupted after a number of records."""
    count = 0

    def interrupted(**given: Any) -> Iterator[IngestedRecord]:
        nonlocal count
        for record in ingest_each(**given):
            yield record
            count += 1
            if count == after:
                raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(file_import, "ingest_each", interrupted)
        assert "Run the same command to resume." in run_command(file)[2]
    assert state_file(file).exists()


def many_lines(number: int) -> bytes:
    """Lines of which every tenth is bad, and the last repeats the first with another text."""
    records = [
        a_record(external_id=str(n), **({"platform": "orkut"} if n % 10 == 9 else {})) for n in range(number - 1)
    ]
    return lines(*records, a_record(external_id="0", text_primary="Other words"))


def test_interrupted_import_resumes_with_the_same_result(
    brand: Brand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, whole = tmp_path / "posts.jsonl", tmp_path / "whole.jsonl"
    for each in (file, whole):
        each.write_bytes(many_lines(1_800))
    interrupt(file, after=1_200, monkeypatch=monkeypatch)
    out, err, error = run_command(file)
    assert "Resuming after 1,000 records." in err
    # The batch stored after the last saved state is unchanged; no record is lost or reported twice.
    assert "1,800 read, 1,170 created, 0 updated, 450 unchanged, 1 duplicate, 179 rejected" in out
    assert error == "179 of 1,800 lines were rejected."
    assert not state_file(file).exists()
    assert NormalizedEvidenceItem.objects.get(external_id="0").text_primary != "Other words"
    run_command(whole)
    assert rejected_rows(file) == rejected_rows(whole)


@pytest.mark.parametrize("what", ["file", "options", "state"])
def test_import_of_another_file_or_with_other_options_starts_over(
    brand: Brand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(many_lines(1_300))
    interrupt(file, after=1_200, monkeypatch=monkeypatch)
    options: list[str] = []
    if what == "file":
        file.write_bytes(many_lines(1_301))
    elif what == "options":
        options = ["--as-of", "2025-11-01"]
    else:
        state_file(file).write_text('{"version": 0}')
    out, err, _ = run_command(file, *options)
    assert "Resuming" not in err
    assert ("starting over" in err) is (what != "state")
    assert out.startswith("brine: 1,30")
    assert len(rejected_rows(file)) == 129 + (what == "file")


def test_import_with_restart_starts_over(brand: Brand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(many_lines(1_300))
    interrupt(file, after=1_200, monkeypatch=monkeypatch)
    _, err, _ = run_command(file, "--restart")
    assert "Resuming" not in err


@pytest.mark.django_db(transaction=True)
def test_killed_import_resumes(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    number = 8_000
    file.write_bytes(lines(*(a_record(external_id=str(n)) for n in range(number))))
    process = subprocess.Popen(command(str(file)), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 60
        while not state_file(file).exists() and time.monotonic() < deadline:
            time.sleep(0.01)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == -signal.SIGKILL, "it was done before it could be killed"
    stored = NormalizedEvidenceItem.objects.count()
    assert 0 < stored < number
    done = json.loads(state_file(file).read_bytes())["done"]
    assert 0 < done <= stored
    after = subprocess.run(command(str(file)), env=environment(), capture_output=True, check=False, timeout=120)
    assert after.returncode == 0, after.stderr
    assert f"Resuming after {done:,} records." in after.stderr.decode()
    assert f"{number:,} read" in after.stdout.decode()
    assert NormalizedEvidenceItem.objects.count() == number


def test_progress_is_printed_on_request(
    brand: Brand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(*(a_record(external_id=str(number)) for number in range(1_100))))
    monkeypatch.setattr(progress, "INTERVAL_S", 0)
    run_command(file)
    assert capsys.readouterr().err == ""
    run_command(file, "--progress")
    printed = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"\d\d%, 500 rows, [\d,]+ rows/s, \d\d:\d\d left", printed[0])
    assert re.fullmatch(r"100%, 1,100 rows, [\d,]+ rows/s, 00:00 left", printed[-1])


def test_dry_run_reports_and_stores_nothing(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(a_record(), a_record(platform="orkut")))
    out, _, error = run_command(file, "--dry-run")
    assert "2 read, 1 created" in out
    assert error == "1 of 2 lines were rejected."
    assert not NormalizedEvidenceItem.objects.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["posts.jsonl"]


def test_shift_to_now_moves_the_newest_snapshot_to_now(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(
        lines(
            a_record(external_id="1", published_at="2018-10-31T06:00:00Z", snapshot_at="2018-11-01T00:00:00Z"),
            a_record(external_id="2", published_at="2018-10-29T05:59:59Z", snapshot_at="2018-10-30T00:00:00Z"),
            a_record(external_id="3", published_at=None, snapshot_at=None),
        )
    )
    _, _, error = run_command(file, "--shift-to-now")
    first, second = published()
    assert error == ""
    assert first - second == timedelta(days=2, seconds=1)
    assert timedelta(hours=18) <= timezone.now() - first < timedelta(hours=19, minutes=1)


def test_shift_to_now_without_snapshots_moves_the_newest_post_to_now(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(a_record(snapshot_at=None)))
    run_command(file, "--shift-to-now")
    assert timedelta(0) <= timezone.now() - published()[0] < timedelta(hours=1, minutes=1)


def test_shift_to_now_needs_a_date(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(a_record(snapshot_at=None, published_at=None)))
    assert "nothing to move" in run_command(file, "--shift-to-now")[2]
    assert not NormalizedEvidenceItem.objects.exists()


def test_as_of_moves_that_moment_to_now(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(a_record(published_at="2018-10-31T06:00:00Z")))
    out, _, _ = run_command(file, "--as-of", "2018-11-01T00:00:00Z")
    assert timedelta(hours=18) <= timezone.now() - published()[0] < timedelta(hours=19, minutes=1)
    assert "dates moved by +" in out


def test_dates_stay_without_a_shift(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(a_record()))
    assert "moved" not in run_command(file)[0]
    assert published() == [datetime(2025, 10, 31, 10, tzinfo=UTC)]


def published() -> list[datetime]:
    rows = NormalizedEvidenceItem.objects.order_by("external_id").values_list("published_at", flat=True)
    return [moment for moment in rows if moment is not None]
