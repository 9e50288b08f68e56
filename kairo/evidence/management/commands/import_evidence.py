from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kairo.core.enums import IngestOutcome
from kairo.core.models import Brand
from kairo.evidence.jsonl import read_jsonl
from kairo.evidence.moment import newest_moment, parse_moment, shift_to
from kairo.evidence.services.ingestion import IngestedRecord, ingest_each

MOST_LINES_SHOWN = 20


class Command(BaseCommand):
    requires_system_checks = ()  # they load the whole API, which takes longer than the import
    help = (
        "Stores the posts in FILE, one JSON object a line, as a brand's evidence. A post is known by its platform "
        "and external_id, or by its canonical_url where it has no external_id: reading a file again changes only "
        "what differs in it, and of lines with the same post the first counts. A bad line is reported with its "
        "number and reason, the good ones are kept, and the exit code is 1. A count that cannot be right (negative, "
        "not whole, beyond 2^53) is stored as unknown, a date without a zone is taken as UTC, over-long text is cut; "
        "each is noted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.jsonl", help="the file to read; - for standard input")
        parser.add_argument("--brand", required=True, metavar="SLUG", help="the brand the posts are stored for")
        parser.add_argument("--tenant", default="demo", metavar="SLUG", help="the brand's tenant (default: demo)")
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

    def handle(self, *args: Any, **options: Any) -> None:
        started, now = time.monotonic(), timezone.now()
        brand = _brand(tenant=options["tenant"], slug=options["brand"])
        with _opened(options["file"], twice=options["shift_to_now"]) as stream:
            shift = _shift(stream, as_of=options["as_of"], to_now=options["shift_to_now"], now=now)
            outcomes, shown = Counter[IngestOutcome](), _Shown(self)
            for record in ingest_each(brand_id=brand.id, records=read_jsonl(stream), now=now, shift=shift):
                outcomes[record.outcome] += 1
                shown.add(record)
            shown.end()
        self._summarise(outcomes, brand=brand, shift=shift, noted=shown.noted, seconds=time.monotonic() - started)
        if rejected := outcomes[IngestOutcome.REJECTED]:
            raise CommandError(f"{rejected:,} of {outcomes.total():,} lines were rejected.")

    def _summarise(
        self, outcomes: Counter[IngestOutcome], *, brand: Brand, shift: timedelta, noted: int, seconds: float
    ) -> None:
        counts = ", ".join(f"{outcomes[outcome]:,} {outcome}" for outcome in IngestOutcome)
        moved = f"; dates moved by {shift.total_seconds() / 86_400:+.2f} days" if shift else ""
        notes = f"; {noted:,} with notes" if noted else ""
        rate = outcomes.total() / seconds if seconds else 0
        self.stdout.write(
            f"{brand.slug}: {outcomes.total():,} read, {counts}{notes}{moved}; {seconds:.2f} s, {rate:,.0f} rows/s"
        )


class _Shown:
    """Tells of the first rejected and the first noted lines on stderr, and counts the rest."""

    def __init__(self, command: BaseCommand) -> None:
        self.command = command
        self.rejected = self.noted = 0

    def add(self, record: IngestedRecord) -> None:
        if record.rejection:
            self.rejected += 1
            if self.rejected <= MOST_LINES_SHOWN:
                self.command.stderr.write(f"line {record.position}: {record.rejection} ({record.rejection.code})")
        elif record.notes:
            self.noted += 1
            if self.noted <= MOST_LINES_SHOWN:
                self.command.stderr.write(f"line {record.position}, kept: {'; '.join(record.notes)}", _plain)

    def end(self) -> None:
        for count, what in ((self.rejected, "rejected"), (self.noted, "kept with a note")):
            if count > MOST_LINES_SHOWN:
                self.command.stderr.write(f"and {count - MOST_LINES_SHOWN:,} more lines {what}", _plain)


def _plain(text: str) -> str:
    """Without the red of an error."""
    return text


def _moment(text: str) -> datetime:
    return parse_moment(text)[0]


_moment.__name__ = "ISO 8601 moment"  # what argparse calls it: "invalid ISO 8601 moment value: 'tomorrow'"


def _brand(*, tenant: str, slug: str) -> Brand:
    brand = Brand.objects.filter(tenant__slug=tenant, slug=slug).first()
    if brand is None:
        known = Brand.objects.filter(tenant__slug=tenant).order_by("slug").values_list("slug", flat=True)[:20]
        there = f"It has {', '.join(known)}." if known else "It has none; import_brands makes them."
        raise CommandError(f"Tenant {tenant} has no brand {slug}. {there}")
    return brand


@contextmanager
def _opened(name: str, *, twice: bool) -> Iterator[IO[bytes]]:
    """The file, copied to disk first where it must be read twice and can be read only once."""
    if name == "-":
        with _rewindable(sys.stdin.buffer) if twice else nullcontext(sys.stdin.buffer) as stream:
            yield stream
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 (closed below: errors of reading it are not errors of opening it)
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from None
    with file, _rewindable(file) if twice else nullcontext(file) as stream:
        yield stream


@contextmanager
def _rewindable(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield copy


def _shift(stream: IO[bytes], *, as_of: datetime | None, to_now: bool, now: datetime) -> timedelta:
    if to_now:
        start = stream.tell()
        as_of = newest_moment(record.content for record in read_jsonl(stream))
        stream.seek(start)
        if as_of is None:
            raise CommandError(
                "The file has no snapshot_at and no published_at, so --shift-to-now has nothing to move."
            )
    return shift_to(now=now, described=as_of) if as_of else timedelta(0)
