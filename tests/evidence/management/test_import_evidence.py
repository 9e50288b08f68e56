from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from kairo.core.models import Brand
from kairo.evidence.importing import file_import, progress
from kairo.evidence.importing.ingest_records import IngestedRecord, ingest_each
from kairo.evidence.importing.record_reporter import MAX_LINES_SHOWN
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
    assert len(err.splitlines()) == 2 * MAX_LINES_SHOWN + 2
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
    assert (
        run("x", "--tenant", "other")[2] == "Tenant other has no brand brine. It has none; import_brands creates them."
    )
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
def test_recorded_rows_are_all_stored(brand: Brand) -> None:
    raw = (SHARED_DATA / "evidence-youtube-2018.jsonl").read_bytes()
    done = piped(raw)
    assert done.returncode == 0, done.stderr
    assert b"1,175 read, 1,175 created" in done.stdout
    assert b"1,175 unchanged" in piped(raw).stdout


def rejected(file: Path) -> list[dict[str, Any]]:
    """What the file of rejected rows tells of this one."""
    return [json.loads(line) for line in file.with_name(f"{file.name}.rejected.jsonl").open()]


def test_every_rejected_row_is_kept_with_its_reason(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    bad = a_record(platform="orkut")
    file.write_bytes(b"{oops \xff\n" + lines(a_record(), bad) + b"[1]\n" * 30)
    out, _, _ = run(file)
    assert f"rejected rows: {file}.rejected.jsonl" in out
    told = rejected(file)
    assert [(row["line"], row["code"], row["path"]) for row in told[:3]] == [
        (1, "not_utf8", ""),
        (3, "unknown_platform", "platform"),
        (4, "not_an_object", ""),
    ]
    assert [row["row"] for row in told[:3]] == ["{oops \ufffd", bad, [1]]
    assert told[1]["reason"].startswith("must be one of")
    assert len(told) == 32
    file.write_bytes(lines(a_record()))
    run(file)
    assert not file.with_name("posts.jsonl.rejected.jsonl").exists()


CSV_ROWS = [
    "platform,externalId,published_at,text_primary,hasTranscript,text_secondary,Hashtags,views,metrics.likes,more",
    'tiktok,1,2025-10-31T10:00:00Z,"Keep ""the"" brine, please\nand the lid",true,Do not pour,#Pickle #brine,900,,x',
    "tiktok,2,,,,,,many,-1,",
    "orkut,3,,,,,,,,",
    "tiktok,4,,,maybe,,,,,",
    "tiktok,5,,,,,,,,,,,too many",
]


@pytest.mark.parametrize(
    ("delimiter", "start", "encoded"),
    [(",", "", "utf-8"), (",", "\ufeff", "utf-8"), (";", "", "utf-8"), ("\t", "", "utf-8")],
    ids=["comma", "byte order mark", "semicolon", "tab"],
)
def test_csv_is_read_by_its_header(brand: Brand, tmp_path: Path, delimiter: str, start: str, encoded: str) -> None:
    rows = list(csv.reader(io.StringIO("\n".join(CSV_ROWS))))
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    file = tmp_path / "posts.csv"
    file.write_bytes((start + text.getvalue()).encode(encoded))
    out, err, _ = run(file)
    assert "5 read, 2 created, 0 updated, 0 unchanged, 0 duplicate, 3 rejected" in out
    first, second = NormalizedEvidenceItem.objects.order_by("external_id")
    assert (first.text_primary, first.has_transcript) == ('Keep "the" brine, please\nand the lid', True)
    assert (first.hashtags, first.views, first.likes) == (["pickle", "brine"], 900, None)
    assert first.published_at == datetime(2025, 10, 31, 10, tzinfo=UTC)
    assert (second.views, second.likes) == (None, None)
    assert "metrics.views is unknown: 'many' is not a count; metrics.likes is unknown: -1 is not a count" in err
    assert [(row["line"], row["code"]) for row in rejected(file)] == [
        (5, "unknown_platform"),
        (6, "wrong_type"),
        (7, "not_csv"),
    ]


def test_a_csv_row_that_is_not_utf8_is_rejected_alone(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_bytes("platform,external_id,title\ntiktok,1,café\n".encode() + b"tiktok,2,caf\xe9\ntiktok,3,x\n")
    run(file)
    assert [(row["line"], row["code"]) for row in rejected(file)] == [(3, "not_utf8")]
    assert NormalizedEvidenceItem.objects.get(external_id="1").title == "café"
    assert NormalizedEvidenceItem.objects.count() == 2


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("whole", [lambda items: items, lambda items: {"items": items}], ids=["list", "items"])
def test_json_as_scrapers_write_it_is_read(brand: Brand, tmp_path: Path, whole: Any, indent: int | None) -> None:
    file = tmp_path / "dataset.json"
    items = [a_record(external_id="1", metrics={"views": 12.0}), a_record(external_id="2", platform="orkut"), 7]
    file.write_text(json.dumps(whole(items), indent=indent))
    assert "3 read, 1 created, 0 updated, 0 unchanged, 0 duplicate, 2 rejected" in run(file)[0]
    assert [(row["line"], row["code"], row["row"]) for row in rejected(file)] == [
        (2, "unknown_platform", items[1]),
        (3, "not_an_object", 7),
    ]
    assert NormalizedEvidenceItem.objects.get().views == 12


def test_json_that_ends_halfway_is_read_up_to_there(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "dataset.json"
    file.write_text(json.dumps([a_record(external_id="1"), a_record(external_id="2")])[:-40])
    assert "2 read, 1 created" in run(file)[0]
    assert [(row["line"], row["code"]) for row in rejected(file)] == [(2, "not_json")]


@pytest.mark.parametrize("file_name", ["posts.jsonl.gz", "posts.gz", "posts"])
def test_a_gzipped_file_is_read_whatever_its_name(brand: Brand, tmp_path: Path, file_name: str) -> None:
    file = tmp_path / file_name
    whole = gzip.compress(lines(*(a_record(external_id=str(number)) for number in range(300))))
    file.write_bytes(whole)
    assert "300 read, 300 created" in run(file)[0]
    file.write_bytes(whole[: len(whole) // 2])
    assert "cannot be read to its end" in run(file)[2]


@needs_shared_data
@pytest.mark.parametrize("file", sorted((SHARED_DATA / "apify-raw").glob("*_*.json")), ids=lambda file: file.stem)
def test_the_items_of_scrapers_are_known_by_their_shape(brand: Brand, tmp_path: Path, file: Path) -> None:
    out, err, _ = run(file, "--beside", str(tmp_path))
    assert ", 0 created" not in out, err
    assert NormalizedEvidenceItem.objects.exclude(source__startswith="apify:").count() == 0


def test_a_dry_run_tells_and_stores_nothing(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(a_record(), a_record(platform="orkut")))
    out, _, error = run(file, "--dry-run")
    assert "2 read, 1 created" in out
    assert error == "1 of 2 lines were rejected."
    assert not NormalizedEvidenceItem.objects.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["posts.jsonl"]


def state_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.import-state.json")


def stopped(file: Path, *, after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs an import that is interrupted once so many records are told of."""
    told = 0

    def interrupted(**given: Any) -> Iterator[IngestedRecord]:
        nonlocal told
        for record in ingest_each(**given):
            yield record
            told += 1
            if told == after:
                raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(file_import, "ingest_each", interrupted)
        assert "Run the same command to resume." in run(file)[2]
    assert state_of(file).exists()


def many(number: int) -> bytes:
    """So many lines: every tenth is bad, the last repeats the first with other words."""
    records = [
        a_record(external_id=str(n), **({"platform": "orkut"} if n % 10 == 9 else {})) for n in range(number - 1)
    ]
    return lines(*records, a_record(external_id="0", text_primary="Other words"))


def test_a_stopped_import_goes_on_and_ends_as_one_that_was_not(
    brand: Brand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, whole = tmp_path / "posts.jsonl", tmp_path / "whole.jsonl"
    for each in (file, whole):
        each.write_bytes(many(1_800))
    stopped(file, after=1_200, monkeypatch=monkeypatch)
    out, err, error = run(file)
    assert "Resuming after 1,000 records." in err
    # The batch that was stored after the last note is found as it is; nothing is lost and nothing is told twice.
    assert "1,800 read, 1,170 created, 0 updated, 450 unchanged, 1 duplicate, 179 rejected" in out
    assert error == "179 of 1,800 lines were rejected."
    assert not state_of(file).exists()
    assert NormalizedEvidenceItem.objects.get(external_id="0").text_primary != "Other words"
    run(whole)
    assert rejected(file) == rejected(whole)


@pytest.mark.parametrize("what", ["file", "options", "state"])
def test_what_is_not_the_same_import_starts_over(
    brand: Brand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(many(1_300))
    stopped(file, after=1_200, monkeypatch=monkeypatch)
    options: list[str] = []
    if what == "file":
        file.write_bytes(many(1_301))
    elif what == "options":
        options = ["--as-of", "2025-11-01"]
    else:
        state_of(file).write_text('{"version": 0}')
    out, err, _ = run(file, *options)
    assert "Resuming" not in err
    assert ("starting over" in err) is (what != "state")
    assert out.startswith("brine: 1,30")
    assert len(rejected(file)) == 129 + (what == "file")


def test_restart_starts_over(brand: Brand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(many(1_300))
    stopped(file, after=1_200, monkeypatch=monkeypatch)
    _, err, _ = run(file, "--restart")
    assert "Resuming" not in err


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_goes_on(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    number = 8_000
    file.write_bytes(lines(*(a_record(external_id=str(n)) for n in range(number))))
    process = subprocess.Popen(command(str(file)), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 60
        while not state_of(file).exists() and time.monotonic() < deadline:
            time.sleep(0.01)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == -signal.SIGKILL, "it was done before it could be killed"
    stored = NormalizedEvidenceItem.objects.count()
    assert 0 < stored < number
    done = json.loads(state_of(file).read_bytes())["done"]
    assert 0 < done <= stored
    after = subprocess.run(command(str(file)), env=environment(), capture_output=True, check=False, timeout=120)
    assert after.returncode == 0, after.stderr
    assert f"Resuming after {done:,} records." in after.stderr.decode()
    assert f"{number:,} read" in after.stdout.decode()
    assert NormalizedEvidenceItem.objects.count() == number


def test_progress_is_told_where_it_is_asked_for(
    brand: Brand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_bytes(lines(*(a_record(external_id=str(number)) for number in range(1_100))))
    monkeypatch.setattr(progress, "INTERVAL_S", 0)
    run(file)
    assert capsys.readouterr().err == ""
    run(file, "--progress")
    told = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"\d\d%, 500 rows, [\d,]+ rows/s, \d\d:\d\d left", told[0])
    assert re.fullmatch(r"100%, 1,100 rows, [\d,]+ rows/s, 00:00 left", told[-1])


def piped(raw: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    """`import_evidence - ` in a process of its own, on the test's database."""
    return subprocess.run(
        command("-", *options), input=raw, capture_output=True, check=False, timeout=60, env=environment()
    )


def command(file: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "django", "import_evidence", file, "--brand", "brine", *options]


def environment() -> dict[str, str]:
    settings = connection.settings_dict
    url = f"postgresql://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "kairo.settings", "KAIRO_ENV": "test"}
