from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from kairo.core.models import Brand
from kairo.evidence.enums import IngestOutcome
from kairo.evidence.importing import import_state
from kairo.evidence.importing.import_state import ImportKey, ImportState
from kairo.evidence.importing.ingest_records import BATCH_RECORDS, IngestedRecord, ingest_each
from kairo.evidence.importing.jsonl import RawRecord
from kairo.evidence.importing.progress import ImportProgress
from kairo.evidence.importing.raw_readers import RawReader, load_raw_readers, record_in
from kairo.evidence.importing.record_file import RecordFile, RecordFormat
from kairo.evidence.importing.rejected_rows import RejectedRows
from kairo.evidence.normalizing.dates import newest_datetime, parse_datetime, shift_to
from kairo.evidence.record_errors import RejectedRecord

MAX_LINES_SHOWN = 20


class Command(BaseCommand):
    requires_system_checks = ()  # they load the whole API, which takes longer than the import
    help = (
        "Stores the posts in FILE as a brand's evidence: JSON lines, CSV with a header, or a JSON list as scrapers "
        "write it, gzipped or not. A post is known by its platform and external_id, or by its canonical_url where it "
        "has no external_id: reading a file again changes only what differs in it, and of records with the same post "
        "the first counts. A bad record is reported with its line and reason, all of them in FILE.rejected.jsonl; the "
        "good ones are kept, and the exit code is 1. An import that was stopped goes on where it was when the same "
        "command is run again. What the fields are: docs/evidence.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the file to read; - for standard input")
        parser.add_argument("--brand", required=True, metavar="SLUG", help="the brand the posts are stored for")
        parser.add_argument("--tenant", default="demo", metavar="SLUG", help="the brand's tenant (default: demo)")
        parser.add_argument(
            "--format",
            choices=[*RecordFormat],
            help="how FILE is written (default: as it looks, and as its name ends)",
        )
        moving = parser.add_mutually_exclusive_group()
        moving.add_argument(
            "--as-of",
            type=_moment,
            metavar="ISO",
            help="the moment the file describes: every published_at is moved as if that moment were now",
        )
        moving.add_argument(
            "--shift-to-now",
            action="store_true",
            help="as --as-of with the newest snapshot_at in the file, or its newest published_at where it has none. "
            "Dates are moved by whole hours, all by the same, so order and distances stay",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and store nothing")
        parser.add_argument("--restart", action="store_true", help="read from the beginning, whatever was done before")
        parser.add_argument(
            "--beside",
            metavar="FOLDER",
            type=Path,
            help="where to keep FILE.rejected.jsonl, and how far the import is (default: FILE's folder)",
        )
        parser.add_argument(
            "--progress",
            action="store_true",
            help="tell how it gets on, a line a second; on a terminal there is a bar in any case",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        brand = _brand(tenant=options["tenant"], slug=options["brand"])
        beside = _beside(options["file"], folder=options["beside"], dry_run=options["dry_run"])
        shown = _Shown(self)
        with _opened(options["file"]) as raw, _faults_told(options["file"]):
            file = RecordFile(raw, name=options["file"], format_=options["format"] and RecordFormat(options["format"]))
            state = self._state(file, brand=brand, beside=beside, options=options)
            before = state.done
            try:
                self._import(file, state, brand=brand, beside=beside, shown=shown, options=options)
            except KeyboardInterrupt:
                raise CommandError(f"Stopped after {state.done:,} records. The same command goes on.") from None
        if beside:
            beside.state.unlink(missing_ok=True)
        shown.end()
        self._summarise(state, brand=brand, noted=shown.noted, since=before, seconds=time.monotonic() - started)
        if beside and beside.rejected.exists():
            self.stdout.write(f"rejected rows: {beside.rejected}")
        if rejected := state.outcomes.get(IngestOutcome.REJECTED, 0):
            raise CommandError(f"{rejected:,} of {state.done:,} lines were rejected.")

    def _state(self, file: RecordFile, *, brand: Brand, beside: _Beside | None, options: dict[str, Any]) -> ImportState:
        """How far this import is, or a beginning."""
        of = ImportKey(
            brand_id=str(brand.id),
            size=file.size,
            modified_ns=_changed_ns(options["file"]),
            options=(str(options["format"]), str(options["as_of"]), str(options["shift_to_now"])),
        )
        found = import_state.load(beside.state) if beside and not options["restart"] else None
        if found and found.of == of:
            self.stderr.write(f"Going on after {found.done:,} records.", _plain)
            return found
        if found:
            self.stderr.write("The file or the options are not those of the import that was stopped: starting over.")
        shift = _shift(file, as_of=options["as_of"], to_now=options["shift_to_now"], now=timezone.now())
        return ImportState(of=of, shift_s=shift.total_seconds())

    def _import(
        self,
        file: RecordFile,
        state: ImportState,
        *,
        brand: Brand,
        beside: _Beside | None,
        shown: _Shown,
        options: dict[str, Any],
    ) -> None:
        outcomes = state.counted()
        records = _read(file, readers=load_raw_readers())
        is_shown = options["progress"] or sys.stderr.isatty()
        ingested = ingest_each(
            brand_id=brand.id, records=records, now=timezone.now(), shift=state.shift, done=state.done
        )
        with (
            _nothing_stored() if options["dry_run"] else _as_it_is(),
            RejectedRows(beside.rejected if beside else None, kept_bytes=state.rejected_bytes) as rejected,
            ImportProgress(sys.stderr, size=file.size, shown=is_shown) as progress,
        ):

            def note_done(rows: int) -> None:
                state.done += rows
                state.outcomes, state.rejected_bytes = dict(outcomes), rejected.written_bytes()
                progress.add(rows=rows, position=file.position)
                if beside:
                    import_state.save(state, beside.state)

            pending = 0
            for record in ingested:
                outcomes[record.outcome] += 1
                shown.add(record)
                rejected.add(record)
                pending += 1
                if pending == BATCH_RECORDS:  # all of them are stored: they are told when their batch is
                    note_done(pending)
                    pending = 0
            note_done(pending)

    def _summarise(self, state: ImportState, *, brand: Brand, noted: int, since: int, seconds: float) -> None:
        outcomes = state.counted()
        counts = ", ".join(f"{outcomes[outcome]:,} {outcome}" for outcome in IngestOutcome)
        moved = f"; dates moved by {state.shift_s / 86_400:+.2f} days" if state.shift_s else ""
        notes = f"; {noted:,} with notes" if noted else ""
        rate = (state.done - since) / seconds if seconds else 0
        self.stdout.write(
            f"{brand.slug}: {state.done:,} read, {counts}{notes}{moved}; {seconds:.2f} s, {rate:,.0f} rows/s"
        )


@dataclass(frozen=True, slots=True)
class _Beside:
    """The files that an import keeps beside the one it reads."""

    state: Path
    rejected: Path


def _beside(name: str, *, folder: Path | None, dry_run: bool) -> _Beside | None:
    if name == "-" or dry_run:
        return None
    file = Path(name)
    folder = folder or file.parent
    return _Beside(folder / f"{file.name}.import-state.json", folder / f"{file.name}.rejected.jsonl")


class _Shown:
    """Tells of the first rejected and the first noted records on stderr, and counts the rest."""

    def __init__(self, command: BaseCommand) -> None:
        self.command = command
        self.rejected = self.noted = 0

    def add(self, record: IngestedRecord) -> None:
        if record.rejection:
            self.rejected += 1
            if self.rejected <= MAX_LINES_SHOWN:
                self.command.stderr.write(f"line {record.position}: {record.rejection} ({record.rejection.code})")
        elif record.notes:
            self.noted += 1
            if self.noted <= MAX_LINES_SHOWN:
                self.command.stderr.write(f"line {record.position}, kept: {'; '.join(record.notes)}", _plain)

    def end(self) -> None:
        for count, what in ((self.rejected, "rejected"), (self.noted, "kept with a note")):
            if count > MAX_LINES_SHOWN:
                self.command.stderr.write(f"and {count - MAX_LINES_SHOWN:,} more lines {what}", _plain)


def _plain(text: str) -> str:
    """Without the red of an error."""
    return text


def _moment(text: str) -> datetime:
    return parse_datetime(text)[0]


_moment.__name__ = "ISO 8601 moment"  # what argparse calls it: "invalid ISO 8601 moment value: 'tomorrow'"


def _brand(*, tenant: str, slug: str) -> Brand:
    brand = Brand.objects.filter(tenant__slug=tenant, slug=slug).first()
    if brand is None:
        known = Brand.objects.filter(tenant__slug=tenant).order_by("slug").values_list("slug", flat=True)[:20]
        there = f"It has {', '.join(known)}." if known else "It has none; import_brands makes them."
        raise CommandError(f"Tenant {tenant} has no brand {slug}. {there}")
    return brand


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    """The file, copied to disk first where it can be read only once."""
    try:
        file = sys.stdin.buffer if name == "-" else Path(name).open("rb")  # noqa: SIM115  closed below
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from None
    with file, _rewindable(file) as stream:
        yield stream


@contextmanager
def _faults_told(name: str) -> Iterator[None]:
    """What goes wrong with a file while it is read, or one beside it is written, as one sentence."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise CommandError(f"{name} cannot be read to its end: {error}.") from None
    except OSError as error:
        raise CommandError(f"{error.filename or name}: {error.strerror}.") from None


@contextmanager
def _rewindable(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield copy


@contextmanager
def _nothing_stored() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _as_it_is() -> Iterator[None]:
    yield


def _changed_ns(name: str) -> int:
    return 0 if name == "-" else Path(name).stat().st_mtime_ns


def _read(file: RecordFile, *, readers: tuple[RawReader, ...]) -> Iterator[RawRecord]:
    """The file's records; those that are a scraper's own items, read as such."""
    for record in file.records():
        if isinstance(record.content, RejectedRecord):
            yield record
        else:
            yield RawRecord(record.position, record_in(record.content, readers=readers), row=record.content)


def _shift(file: RecordFile, *, as_of: datetime | None, to_now: bool, now: datetime) -> timedelta:
    if to_now:
        as_of = newest_datetime(record.content for record in _read(file, readers=load_raw_readers()))
        if as_of is None:
            raise CommandError(
                "The file has no snapshot_at and no published_at, so --shift-to-now has nothing to move."
            )
    return shift_to(now=now, described=as_of) if as_of else timedelta(0)
