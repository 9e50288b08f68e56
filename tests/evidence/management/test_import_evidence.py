from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from kairo.core.models import Brand
from kairo.evidence.management.commands import import_evidence
from kairo.evidence.models import NormalizedEvidenceItem
from tests import factories
from tests.evidence.records import a_record
from tests.hero.shared_data import SHARED_DATA, needs_shared_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand(factories.make_tenant("demo"), slug="brine")


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def run(file: Path | str, *options: str) -> tuple[str, str, str]:
    """The command's stdout, stderr and error ("" where it ended well)."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_evidence", str(file), "--brand", "brine", *options, stdout=out, stderr=err, no_color=True)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), str(error)
    return out.getvalue(), err.getvalue(), ""


def published() -> list[datetime]:
    rows = NormalizedEvidenceItem.objects.order_by("external_id").values_list("published_at", flat=True)
    return [moment for moment in rows if moment is not None]


def test_good_lines_are_stored_and_summed_up(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(a_record(), a_record(), a_record(external_id="2")))
    out, err, error = run(file)
    assert out.startswith("brine: 3 read, 2 created, 0 updated, 0 unchanged, 1 duplicate, 0 rejected; ")
    assert out.rstrip().endswith("rows/s")
    assert (err, error) == ("", "")
    assert run(file)[0].startswith("brine: 3 read, 0 created, 0 updated, 2 unchanged, 1 duplicate, 0 rejected; ")


def test_bad_lines_are_told_by_number_and_the_good_ones_kept(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    good = [lines(a_record(external_id=str(number))) for number in (1, 2)]
    file.write_bytes(good[0] + b"\n{oops\n" + lines(a_record(platform="orkut")) + b'{"a": "\xff"}\r\n' + good[1])
    out, err, error = run(file)
    assert "5 read, 2 created, 0 updated, 0 unchanged, 0 duplicate, 3 rejected" in out
    told = err.splitlines()
    assert told[0].startswith("line 3: the line is not JSON")
    assert told[1].startswith("line 4: platform: must be one of instagram, tiktok, linkedin, youtube, x, web")
    assert told[2].startswith("line 5: the line is not UTF-8")
    assert error == "3 of 5 lines were rejected."
    assert NormalizedEvidenceItem.objects.count() == 2


def test_only_the_first_bad_lines_are_told(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    noted = lines(*(a_record(external_id=str(number), metrics={"likes": -1}) for number in range(50)))
    file.write_bytes(b"nonsense\n" * 500 + noted)
    _, err, error = run(file)
    assert len(err.splitlines()) == 2 * import_evidence.MOST_LINES_SHOWN + 2
    assert "and 480 more lines rejected" in err
    assert "and 30 more lines kept with a note" in err
    assert error == "500 of 550 lines were rejected."


def test_notes_alone_are_no_failure(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(a_record(metrics={"likes": -1})))
    out, err, error = run(file)
    assert "1 with notes" in out
    assert err == "line 1, kept: metrics.likes is unknown: -1 is not a count\n"
    assert error == ""


def test_shift_to_now_moves_the_newest_snapshot_to_now(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(
        lines(
            a_record(external_id="1", published_at="2018-10-31T06:00:00Z", snapshot_at="2018-11-01T00:00:00Z"),
            a_record(external_id="2", published_at="2018-10-29T05:59:59Z", snapshot_at="2018-10-30T00:00:00Z"),
            a_record(external_id="3", published_at=None, snapshot_at=None),
        )
    )
    _, _, error = run(file, "--shift-to-now")
    first, second = published()
    assert error == ""
    assert first - second == timedelta(days=2, seconds=1)
    assert timedelta(hours=18) <= timezone.now() - first < timedelta(hours=19, minutes=1)


def test_without_snapshots_the_newest_post_is_now(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(a_record(snapshot_at=None)))
    run(file, "--shift-to-now")
    assert timedelta(0) <= timezone.now() - published()[0] < timedelta(hours=1, minutes=1)


def test_shift_to_now_needs_a_date(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(a_record(snapshot_at=None, published_at=None)))
    assert "nothing to move" in run(file, "--shift-to-now")[2]
    assert not NormalizedEvidenceItem.objects.exists()


def test_as_of_names_the_moment_described(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(a_record(published_at="2018-10-31T06:00:00Z")))
    out, _, _ = run(file, "--as-of", "2018-11-01T00:00:00Z")
    assert timedelta(hours=18) <= timezone.now() - published()[0] < timedelta(hours=19, minutes=1)
    assert "dates moved by +" in out


def test_without_either_dates_stay(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(a_record()))
    assert "moved" not in run(file)[0]
    assert published() == [datetime(2025, 10, 31, 10, tzinfo=UTC)]


def test_both_at_once_and_a_moment_that_is_none_are_refused(brand: Brand) -> None:
    assert "not allowed with" in run("x", "--shift-to-now", "--as-of", "2025-11-01")[2]
    assert "invalid ISO 8601 moment value: 'soon'" in run("x", "--as-of", "soon")[2]


def test_a_file_or_brand_that_is_not_there_is_one_sentence(brand: Brand, tmp_path: Path) -> None:
    assert run(tmp_path / "none.jsonl")[2].endswith("none.jsonl cannot be read: No such file or directory.")
    assert run(tmp_path)[2].endswith("cannot be read: Is a directory.")
    assert run("x", "--tenant", "other")[2] == "Tenant other has no brand brine. It has none; import_brands makes them."
    with pytest.raises(CommandError, match=r"Tenant demo has no brand bread\. It has brine\."):
        call_command("import_evidence", "x", "--brand", "bread")


def test_an_empty_file_is_no_failure(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(b"\xef\xbb\xbf\n\n")
    assert run(file)[0].startswith("brine: 0 read")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("options", [[], ["--shift-to-now"]], ids=["plain", "shifted"])
def test_standard_input_through_a_pipe(brand: Brand, options: list[str]) -> None:
    """A whole process, as an operator runs it: what it prints, and its exit code."""
    done = piped(lines(a_record()) + b"\x00\n", *options)
    assert done.returncode == 1, done.stderr
    assert b"2 read, 1 created" in done.stdout
    assert b"line 2: " in done.stderr
    assert b"Traceback" not in done.stderr
    assert NormalizedEvidenceItem.objects.count() == 1


@needs_shared_data
@pytest.mark.django_db(transaction=True)
def test_1175_recorded_rows_take_less_than_five_seconds(brand: Brand) -> None:
    raw = (SHARED_DATA / "evidence-youtube-2018.jsonl").read_bytes()
    started = timezone.now()
    done = piped(raw)
    took = timezone.now() - started
    assert done.returncode == 0, done.stderr
    assert b"1,175 read, 1,175 created" in done.stdout
    assert took < timedelta(seconds=5)
    assert b"1,175 unchanged" in piped(raw).stdout


def piped(raw: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    """`import_evidence - ` in a process of its own, on the test's database."""
    settings = connection.settings_dict
    url = f"postgresql://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    return subprocess.run(
        [sys.executable, "-m", "django", "import_evidence", "-", "--brand", "brine", *options],
        input=raw,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "kairo.settings", "KAIRO_ENV": "test"},
    )
