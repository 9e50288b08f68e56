from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kairo.core.models import Brand
from kairo.evidence.importing.record_reporter import MAX_LINES_SHOWN
from kairo.evidence.models import NormalizedEvidenceItem
from tests.evidence.importing.commands import (
    lines,
    run_command,
    run_process,
)
from tests.evidence.records import a_record
from tests.hero.shared_data import SHARED_DATA, needs_shared_data

pytestmark = pytest.mark.django_db


def test_command_stores_good_lines_and_prints_a_summary(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(a_record(), a_record(), a_record(external_id="2")))
    out, err, error = run_command(file)
    assert out.startswith("brine: 3 read, 2 created, 0 updated, 0 unchanged, 1 duplicate, 0 rejected; ")
    assert out.rstrip().endswith("rows/s")
    assert (err, error) == ("", "")
    assert run_command(file)[0].startswith(
        "brine: 3 read, 0 created, 0 updated, 2 unchanged, 1 duplicate, 0 rejected; "
    )


def test_command_prints_bad_lines_by_number_and_keeps_the_good_ones(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    good = [lines(a_record(external_id=str(number))) for number in (1, 2)]
    file.write_bytes(good[0] + b"\n{oops\n" + lines(a_record(platform="orkut")) + b'{"a": "\xff"}\r\n' + good[1])
    out, err, error = run_command(file)
    assert "5 read, 2 created, 0 updated, 0 unchanged, 0 duplicate, 3 rejected" in out
    printed = err.splitlines()
    assert printed[0].startswith("line 3: the line is not JSON")
    assert printed[1].startswith("line 4: platform: must be one of instagram, tiktok, linkedin, youtube, x, web")
    assert printed[2].startswith("line 5: the line is not UTF-8")
    assert error == "3 of 5 lines were rejected."
    assert NormalizedEvidenceItem.objects.count() == 2


def test_command_prints_the_first_bad_lines_only(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    noted = lines(*(a_record(external_id=str(number), metrics={"likes": -1}) for number in range(50)))
    file.write_bytes(b"nonsense\n" * 500 + noted)
    _, err, error = run_command(file)
    assert len(err.splitlines()) == 2 * MAX_LINES_SHOWN + 2
    assert "and 480 more lines rejected" in err
    assert "and 30 more lines kept with a note" in err
    assert error == "500 of 550 lines were rejected."


def test_command_succeeds_with_notes(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(a_record(metrics={"likes": -1})))
    out, err, error = run_command(file)
    assert "1 with notes" in out
    assert err == "line 1, kept: metrics.likes is unknown: -1 is not a count\n"
    assert error == ""


def test_command_refuses_two_shifts_and_invalid_moments(brand: Brand) -> None:
    assert "not allowed with" in run_command("x", "--shift-to-now", "--as-of", "2025-11-01")[2]
    assert "invalid ISO 8601 moment value: 'soon'" in run_command("x", "--as-of", "soon")[2]


def test_command_reports_a_missing_file_or_brand_in_one_sentence(brand: Brand, tmp_path: Path) -> None:
    assert run_command(tmp_path / "none.jsonl")[2].endswith("none.jsonl cannot be read: No such file or directory.")
    assert run_command(tmp_path)[2].endswith("cannot be read: Is a directory.")
    assert (
        run_command("x", "--tenant", "other")[2]
        == "Tenant other has no brand brine. It has none; import_brands creates them."
    )
    with pytest.raises(CommandError, match=r"Tenant demo has no brand bread\. It has brine\."):
        call_command("import_evidence", "x", "--brand", "bread")


def test_command_succeeds_with_an_empty_file(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(b"\xef\xbb\xbf\n\n")
    assert run_command(file)[0].startswith("brine: 0 read")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("options", [[], ["--shift-to-now"]], ids=["plain", "shifted"])
def test_command_reads_standard_input(brand: Brand, options: list[str]) -> None:
    """Runs a process, and checks its output and exit code."""
    done = run_process(lines(a_record()) + b"\x00\n", *options)
    assert done.returncode == 1, done.stderr
    assert b"2 read, 1 created" in done.stdout
    assert b"line 2: " in done.stderr
    assert b"Traceback" not in done.stderr
    assert NormalizedEvidenceItem.objects.count() == 1


@needs_shared_data
@pytest.mark.django_db(transaction=True)
def test_command_stores_all_recorded_rows(brand: Brand) -> None:
    raw = (SHARED_DATA / "evidence-youtube-2018.jsonl").read_bytes()
    done = run_process(raw)
    assert done.returncode == 0, done.stderr
    assert b"1,175 read, 1,175 created" in done.stdout
    assert b"1,175 unchanged" in run_process(raw).stdout


@pytest.mark.parametrize("file_name", ["posts.jsonl.gz", "posts.gz", "posts"])
def test_command_reads_a_gzipped_file_by_any_name(brand: Brand, tmp_path: Path, file_name: str) -> None:
    file = tmp_path / file_name
    whole = gzip.compress(lines(*(a_record(external_id=str(number)) for number in range(300))))
    file.write_bytes(whole)
    assert "300 read, 300 created" in run_command(file)[0]
    file.write_bytes(whole[: len(whole) // 2])
    assert "cannot be read to its end" in run_command(file)[2]


@needs_shared_data
@pytest.mark.parametrize("file", sorted((SHARED_DATA / "apify-raw").glob("*_*.json")), ids=lambda file: file.stem)
def test_command_recognises_scrapers_items_by_shape(brand: Brand, tmp_path: Path, file: Path) -> None:
    out, err, _ = run_command(file, "--beside", str(tmp_path))
    assert ", 0 created" not in out, err
    assert NormalizedEvidenceItem.objects.exclude(source__startswith="apify:").count() == 0
