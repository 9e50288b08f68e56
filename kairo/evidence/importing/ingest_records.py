"""Validates, normalizes and stores records in batches, and reports each one's outcome. Every way in ends here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction

from kairo.core.signals import brand_shown_changed
from kairo.evidence.enums import IngestOutcome, RecordErrorCode
from kairo.evidence.importing import usage
from kairo.evidence.importing.evidence_store import Change, identity, upsert
from kairo.evidence.importing.jsonl import RawRecord
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.evidence.normalizing.normalize import NormalizedEvidence, normalize
from kairo.evidence.record_errors import RejectedRecord

BATCH_RECORDS = 500
BATCH_CHARACTERS = 4_000_000

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # older than any platform; 1970 is an unset clock
MAX_FUTURE = timedelta(days=1)  # a date without a zone may be half a day off, and clocks drift


@dataclass(frozen=True, kw_only=True, slots=True)
class IngestedRecord:
    """One record's outcome. A rejected one has a `rejection` and its original `row`; others have an `evidence_id`.

    `notes` lists the values that were cut or ignored.
    """

    position: int
    outcome: IngestOutcome
    evidence_id: UUID | None = None
    rejection: RejectedRecord | None = None
    row: object = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class IngestReport:
    """The outcome of every record, in their order."""

    records: tuple[IngestedRecord, ...]

    def count(self, outcome: IngestOutcome) -> int:
        return sum(record.outcome is outcome for record in self.records)


def ingest(
    *, brand_id: UUID, records: Iterable[RawRecord], now: datetime, shift: timedelta = timedelta(0)
) -> IngestReport:
    """Stores the valid records as the brand's evidence, in one transaction; see `ingest_each`.

    Raises:
        QuotaExceeded: the tenant may store no more; nothing is stored.
    """
    with transaction.atomic(savepoint=False):
        ingested, size = [], 0
        for batch in _read_ahead(_batches(_entries(brand_id=brand_id, records=records, now=now, shift=shift))):
            ingested += _store(batch, brand_id=brand_id, now=now)
            size += _size(batch)
        report = IngestReport(records=tuple(ingested))
        usage.charge(brand_id=brand_id, created=report.count(IngestOutcome.CREATED), size_bytes=size)
    return report


def ingest_each(
    *,
    brand_id: UUID,
    records: Iterable[RawRecord],
    now: datetime,
    shift: timedelta = timedelta(0),
    done: int = 0,
    charge: bool = True,
) -> Iterator[IngestedRecord]:
    """Yields the outcome of each record in order, after its batch is stored.

    Each batch is a transaction, unless the caller has one open. Of records with the same id the first is stored and the
    others are duplicates, so that ingesting the same records again changes nothing. Publication dates are moved by
    `shift`, and must then lie between `EARLIEST` and now + `MAX_FUTURE`. The brand must exist; the caller checks the
    permission. The first `done` records were stored before: they are skipped, and later records can duplicate them.
    Without `charge` nothing counts against quotas.

    Raises:
        QuotaExceeded: the tenant may store no more; the batches before are stored.
    """
    entries = _entries(brand_id=brand_id, records=records, now=now, shift=shift)
    for batch in _read_ahead(_batches(islice(entries, done, None))):
        with transaction.atomic():
            ingested = _store(batch, brand_id=brand_id, now=now)
            if charge:
                created = sum(record.outcome is IngestOutcome.CREATED for record in ingested)
                usage.charge(brand_id=brand_id, created=created, size_bytes=_size(batch))
        yield from ingested


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """A record between normalization and storage. Only the first of the same id (`is_first`) is stored."""

    position: int
    item: NormalizedEvidence | RejectedRecord
    evidence_id: UUID | None = None
    is_first: bool = False
    row: object = None

    @property
    def characters(self) -> int:
        if isinstance(self.item, RejectedRecord):
            return 0
        return len(self.item.title) + len(self.item.text_primary) + len(self.item.text_secondary)


def _entries(*, brand_id: UUID, records: Iterable[RawRecord], now: datetime, shift: timedelta) -> Iterator[_Entry]:
    seen: set[int] = set()  # as integers, which take the least memory
    for record in records:
        item = _item(record.content, now=now, shift=shift)
        if isinstance(item, RejectedRecord):
            row = record.content if record.row is None and record.content is not item else record.row
            yield _Entry(position=record.position, item=item, row=row)
            continue
        evidence_id = identity(brand_id=brand_id, item=item)
        is_first = evidence_id.int not in seen
        seen.add(evidence_id.int)
        yield _Entry(position=record.position, item=item, evidence_id=evidence_id, is_first=is_first)


def _item(content: object, *, now: datetime, shift: timedelta) -> NormalizedEvidence | RejectedRecord:
    if isinstance(content, RejectedRecord):
        return content
    item = normalize(content, shift=shift)
    if (
        isinstance(item, RejectedRecord)
        or item.published_at is None
        or EARLIEST <= item.published_at <= now + MAX_FUTURE
    ):
        return item
    reason = f"must lie between {EARLIEST:%Y} and one day from now; it is {item.published_at:%Y-%m-%dT%H:%M:%SZ}"
    return RejectedRecord(RecordErrorCode.DATE_OUT_OF_RANGE, "published_at", reason)


def _batches(entries: Iterable[_Entry]) -> Iterator[list[_Entry]]:
    """Yields batches that are limited in number and in size, so that memory is too."""
    batch: list[_Entry] = []
    characters = 0
    for entry in entries:
        batch.append(entry)
        characters += entry.characters
        if len(batch) >= BATCH_RECORDS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _read_ahead(batches: Iterator[list[_Entry]]) -> Iterator[list[_Entry]]:
    """Yields the batches, and prepares the next one in a thread while PostgreSQL stores the current one."""
    with ThreadPoolExecutor(max_workers=1) as executor:
        upcoming = executor.submit(next, batches, None)
        while (batch := upcoming.result()) is not None:
            upcoming = executor.submit(next, batches, None)
            yield batch


def _size(batch: list[_Entry]) -> int:
    """The bytes of a batch's texts, and of what their scrapers said; 0 where nothing counts them."""
    items = [entry.item for entry in batch if not isinstance(entry.item, RejectedRecord)] if usage.is_counted() else []
    texts = "".join(f"{item.title}{item.text_primary}{item.text_secondary}" for item in items)
    return len(texts.encode()) + sum(len(json.dumps(item.raw)) for item in items if item.raw is not None)


def _store(batch: list[_Entry], *, brand_id: UUID, now: datetime) -> list[IngestedRecord]:
    items = {
        entry.evidence_id: entry.item
        for entry in batch
        if entry.is_first and entry.evidence_id and not isinstance(entry.item, RejectedRecord)
    }
    with transaction.atomic():
        stored = upsert(brand_id=brand_id, items=items, now=now)
        if any(change is Change.UPDATED for _, change in stored):  # stored boards cannot contain created items
            brand_shown_changed.send(sender=NormalizedEvidenceItem, brand_id=brand_id)
    changes = iter(stored)
    return [_ingested(entry, changes) for entry in batch]


def _ingested(entry: _Entry, changes: Iterator[tuple[UUID, Change]]) -> IngestedRecord:
    if isinstance(entry.item, RejectedRecord):
        return IngestedRecord(
            position=entry.position, outcome=IngestOutcome.REJECTED, rejection=entry.item, row=entry.row
        )
    outcome, evidence_id = IngestOutcome.DUPLICATE, entry.evidence_id
    if entry.is_first:
        evidence_id, change = next(changes)
        outcome = IngestOutcome(change)
    return IngestedRecord(position=entry.position, outcome=outcome, evidence_id=evidence_id, notes=entry.item.notes)
