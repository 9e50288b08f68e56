"""Writes what a source run found and cost: items become evidence, costs go to the ledger, the row gets its status."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models.functions import Now

from kairo.core.services.quotas import QuotaExceeded
from kairo.db.outside_calls import outside_call
from kairo.db.sql import fetch
from kairo.evidence.enums import IngestionErrorCode, IngestOutcome, SourceRunStatus
from kairo.evidence.importing.ingest_records import ingest
from kairo.evidence.importing.jsonl import RawRecord
from kairo.evidence.ingestion import spending
from kairo.evidence.ingestion.transcript_reuse import reuse_transcripts
from kairo.evidence.jobs import queue
from kairo.evidence.models import SourceConnection, SourceRun
from kairo.evidence.ports import RunStatus, SourceError, SourceItem
from kairo.evidence.record_errors import RejectedRecord
from kairo.jobs.lease import Lease

logger = logging.getLogger(__name__)

MAX_ITEMS = 1_000  # of one run; the rest is not read
DETAIL_LENGTH = 500

_ERROR_CODES = {
    RunStatus.FAILED: IngestionErrorCode.RUN_FAILED,
    RunStatus.ABORTED: IngestionErrorCode.RUN_ABORTED,
    RunStatus.TIMED_OUT: IngestionErrorCode.RUN_TIMED_OUT,
}


def read_items(read: Callable[[], Iterable[SourceItem]]) -> tuple[list[SourceItem], SourceError | None]:
    """Returns at most MAX_ITEMS items, and the error that ended the iteration early."""
    items: list[SourceItem] = []
    try:
        with outside_call():
            for item in read():
                items.append(item)
                if len(items) == MAX_ITEMS:
                    break
    except SourceError as error:
        return items, error
    return items, None


def store_items(
    run: SourceRun, items: list[SourceItem], *, lease: Lease, status: RunStatus, error: SourceError | None
) -> None:
    """Stores the items and finishes the run, in one transaction that checks the lease.

    `error` is the one that ended the reading early. The items of a failed run are stored too.

    Raises:
        LeaseLost
    """
    if status in _ERROR_CODES:
        error = SourceError(_ERROR_CODES[status], "the items it had found were stored" if items else "")
    try:
        _store(run, items, lease=lease, error=error)
    except QuotaExceeded as quota:
        run.refresh_from_db()  # without the counts of what was rolled back
        fail_run(run, SourceError(IngestionErrorCode.QUOTA_EXCEEDED, str(quota)))


def _store(run: SourceRun, items: list[SourceItem], *, lease: Lease, error: SourceError | None) -> None:
    with transaction.atomic():
        queue.fence(lease=lease)
        _ingest(run, items, now=lease.claimed_at)
        if error is None and not items:
            error = SourceError(IngestionErrorCode.NO_ITEMS)
        elif error is None and run.rejected == len(items):
            error = SourceError(IngestionErrorCode.NO_USABLE_ITEMS, str(run.rejections))
        _finish(run, error)
        SourceConnection.objects.filter(id=run.connection_id).update(last_read_at=Now())


def _ingest(run: SourceRun, items: list[SourceItem], *, now: datetime) -> None:
    items = reuse_transcripts(brand_id=run.brand_id, items=items)
    records = [RawRecord(index, _content_with_raw(item)) for index, item in enumerate(items)]
    report = ingest(brand_id=run.brand_id, records=records, now=now)
    rejections = Counter(record.rejection.code.value for record in report.records if record.rejection is not None)
    run.items = len(items)
    run.created = report.count(IngestOutcome.CREATED)
    run.updated = report.count(IngestOutcome.UPDATED)
    run.unchanged = report.count(IngestOutcome.UNCHANGED)
    run.duplicates = report.count(IngestOutcome.DUPLICATE)
    run.rejected = report.count(IngestOutcome.REJECTED)
    run.rejections = dict(sorted(rejections.items()))
    run.leads = list(dict.fromkeys(item.followup for item in items if item.followup))


def _content_with_raw(item: SourceItem) -> object | RejectedRecord:
    return item.content if isinstance(item.content, RejectedRecord) else {**item.content, "raw": item.raw}


def fail_run(run: SourceRun, error: SourceError) -> None:
    logger.warning("%s: %s of %s failed: %s", run.source, run.stage, run.identifier, error)
    _finish(run, error)


def settle(run: SourceRun, usd: Decimal) -> None:
    """Writes the run's cost to its row and to the ledger."""
    with transaction.atomic():
        spending.settle(run_id=run.id, usd=usd)
        run.actual_usd = usd
        run.save(update_fields=["actual_usd"])


def finish_orphan(run: SourceRun, status: RunStatus) -> None:
    """Marks a run as failed whose job has ended. Its items are not collected."""
    if run.finished_at is None:
        _finish(run, SourceError(_ERROR_CODES.get(status, IngestionErrorCode.RUN_ABORTED), "its job had ended"))


def _finish(run: SourceRun, error: SourceError | None) -> None:
    run.status = SourceRunStatus.FAILED if error else SourceRunStatus.SUCCEEDED
    run.error_code = error.code.value if error else None
    run.error_detail = error.detail[:DETAIL_LENGTH] if error else ""
    run.finished_at = database_now()
    run.save()


def database_now() -> datetime:
    (row,) = fetch("SELECT clock_timestamp() AS at", {})
    at: datetime = row["at"]
    return at
