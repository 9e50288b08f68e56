"""Takes an ingestion job as far as it goes without waiting: what is read, in which order, and for which money."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from kairo.core.enums import JobTrigger, Platform
from kairo.core.ids import new_id
from kairo.core.renamed_paths import current_path
from kairo.db.sql import fetch
from kairo.evidence.enums import IngestionErrorCode, IngestionStage, IngestOutcome, SourceKind, SourceRunStatus
from kairo.evidence.importing.ingest_records import ingest
from kairo.evidence.importing.jsonl import RawRecord
from kairo.evidence.ingestion import spending
from kairo.evidence.ingestion.sources import load_sources
from kairo.evidence.ingestion.transcript_reuse import reuse_transcripts
from kairo.evidence.ingestion.webhook_tokens import webhook_url
from kairo.evidence.jobs import claiming, finishing
from kairo.evidence.jobs.lease import Ending, Lease
from kairo.evidence.models import SourceConnection, SourceRun
from kairo.evidence.ports import (
    ImmediateSource,
    RunHandle,
    RunStatus,
    SourceError,
    SourceItem,
    SourceRequest,
    Stage,
    StagedSource,
)
from kairo.evidence.record_errors import RejectedRecord

logger = logging.getLogger(__name__)

MAX_ITEMS = 1_000  # of one reading: a source that offers more has its first ones read
LOOKBACK = timedelta(days=30)  # older posts count for nothing on a board
STEP_S = 45.0  # after this a step makes room for others
IMMEDIATE_STAGE = "fetch"  # the one stage of an immediate source
DETAIL_LENGTH = 500

_FAILED = {
    RunStatus.FAILED: IngestionErrorCode.RUN_FAILED,
    RunStatus.ABORTED: IngestionErrorCode.RUN_ABORTED,
    RunStatus.TIMED_OUT: IngestionErrorCode.RUN_TIMED_OUT,
}


class _Waiting(Exception):
    """A run elsewhere is at work: there is nothing to do before it has ended."""


def advance(*, lease: Lease) -> Ending:
    """Reads connection by connection, stage by stage, and ends the job; or puts it down while a run is waited for.

    What was done before is not done again: each stage's row tells. No transaction is open during a call outside.

    Raises:
        LeaseLost, JobCancelled: go no further.
        SourceError: what may go better later, while the job has attempts left.
    """
    began = time.monotonic()
    reading = _Reading(lease=lease)
    connections = _connections(lease)
    for number, connection in enumerate(connections):
        reading.percent = 100 * number // len(connections)
        try:
            reading.read(connection)
        except _Waiting:
            return claiming.park(lease=lease, due_in_s=settings.INGEST_POLL_S, stage=IngestionStage.WAITING)
        if reading.enough_already:
            return finishing.succeed(lease=lease, stopped_early=True)
        if time.monotonic() - began > STEP_S:
            return claiming.park(lease=lease, due_in_s=0, stage=IngestionStage.QUEUED)
    return _end(lease)


def _connections(lease: Lease) -> list[SourceConnection]:
    """Those of the job that are still there and enabled, in its order."""
    rows = SourceConnection.objects.filter(brand_id=lease.brand_id, enabled=True).in_bulk(list(lease.connection_ids))
    return [rows[id_] for id_ in lease.connection_ids if id_ in rows]


def _end(lease: Lease) -> Ending:
    """Well, if anything could be read; else as the last reading ended."""
    runs = list(SourceRun.objects.filter(job_id=lease.job_id).order_by("created_at"))
    if any(run.status == SourceRunStatus.SUCCEEDED for run in runs):
        return finishing.succeed(lease=lease)
    code, detail = IngestionErrorCode.SOURCE_NOT_AVAILABLE, "no connection is left to read"
    if runs:
        code, detail = IngestionErrorCode(runs[-1].error_code or IngestionErrorCode.INTERNAL), runs[-1].error_detail
    return finishing.fail(lease=lease, code=code, detail=detail, retry=False)


@dataclass(kw_only=True)
class _Reading:
    """One step of a job, and the rows of what the job has read so far."""

    lease: Lease
    percent: int = 0
    enough_already: bool = False

    def __post_init__(self) -> None:
        rows = SourceRun.objects.filter(job_id=self.lease.job_id)
        self.runs = {(row.connection_id, row.stage): row for row in rows}

    def read(self, connection: SourceConnection) -> None:
        source = next((each for each in load_sources() if each.name == connection.source), None)
        if isinstance(source, ImmediateSource):
            self._read_at_once(source, connection)
        elif isinstance(source, StagedSource):
            self._read_in_stages(source, connection)
        elif (connection.id, IMMEDIATE_STAGE) not in self.runs:
            run = self._row(connection, stage=IMMEDIATE_STAGE)
            self._failed(run, SourceError(IngestionErrorCode.SOURCE_NOT_AVAILABLE, f"{connection.source} is not there"))

    def _read_at_once(self, source: ImmediateSource, connection: SourceConnection) -> None:
        run = self.runs.get((connection.id, IMMEDIATE_STAGE))
        if (run is not None and run.finished_at) or self._may_stop():
            return
        run = run or self._row(connection, stage=IMMEDIATE_STAGE)
        request = self._request(run)
        self._store(run, lambda: source.fetch(request), ended=RunStatus.SUCCEEDED)

    def _read_in_stages(self, source: StagedSource, connection: SourceConnection) -> None:
        leads: tuple[str, ...] = ()
        for stage in source.stages(self._request(connection)):
            if stage.takes_followups and not leads:
                return
            run = self.runs.get((connection.id, stage.name))
            if run is None:
                if self._may_stop():
                    return
                run = self._start(source, connection, stage, leads[: stage.max_items])
            elif run.status == SourceRunStatus.STARTING:
                self._failed(run, SourceError(IngestionErrorCode.START_UNKNOWN, "a worker died while it started a run"))
            elif run.status == SourceRunStatus.RUNNING:
                self._look_after(source, stage, run)
            if run.status != SourceRunStatus.SUCCEEDED:
                return
            leads = tuple(run.leads)

    def _start(
        self, source: StagedSource, connection: SourceConnection, stage: Stage, leads: tuple[str, ...]
    ) -> SourceRun:
        """Money first, then the row, then the call: whoever dies in between has paid for nothing twice."""
        self._beat(IngestionStage.STARTING)
        run, refused = self._reserved(source, connection, stage)
        if refused is not None:
            self._failed(run, SourceError(refused))
            return run
        try:
            handle = source.start(
                self._request(run),
                stage=stage,
                leads=leads,
                max_cost_usd=stage.estimate_usd,
                webhook_url=webhook_url(source=source.name, run_id=run.id),
            )
        except SourceError as fault:
            self._not_started(run, fault)
            return run
        # Whoever holds the job by now: this run is to be found, and paid for once.
        known = SourceRun.objects.filter(id=run.id)
        known.update(run_id=handle.run_id, dataset_id=handle.dataset_id, updated_at=Now())
        known.filter(status=SourceRunStatus.STARTING).update(status=SourceRunStatus.RUNNING)
        logger.info("%s: %s of %s started", source.name, stage.name, connection.identifier)
        raise _Waiting

    def _reserved(
        self, source: StagedSource, connection: SourceConnection, stage: Stage
    ) -> tuple[SourceRun, IngestionErrorCode | None]:
        if self.lease.trigger == JobTrigger.SCHEDULE and not connection.spend_on_schedule:
            return self._row(connection, stage=stage.name), IngestionErrorCode.CONSENT_MISSING
        with transaction.atomic():
            claiming.fence(lease=self.lease)
            run = self._row(connection, stage=stage.name, estimated_usd=stage.estimate_usd)
            refused = spending.reserve(
                run_id=run.id,
                job_id=self.lease.job_id,
                source=source.name,
                usd=stage.estimate_usd,
                caps=source.caps(),
            )
        return run, refused

    def _not_started(self, run: SourceRun, fault: SourceError) -> None:
        """
        Raises:
            SourceError: the same, where it is to be tried again: then the row is gone.
        """
        if fault.code is IngestionErrorCode.START_UNKNOWN:  # it may run, and cost: what was set aside stays so
            self._failed(run, fault)
            return
        again = self._to_be_tried_again(fault)
        with transaction.atomic():
            spending.settle(run_id=run.id, usd=Decimal(0))
            if again:
                run.delete()
        if again:
            raise fault
        run.actual_usd = Decimal(0)
        self._failed(run, fault)

    def _look_after(self, source: StagedSource, stage: Stage, run: SourceRun) -> None:
        """Asks how the run stands, and takes in what it has found once it has ended, however it did."""
        self._beat(IngestionStage.COLLECTING)
        handle = RunHandle(run_id=run.run_id, dataset_id=run.dataset_id)
        try:
            state = source.poll(handle)
        except SourceError as fault:
            if self._to_be_tried_again(fault):
                raise
            self._failed(run, fault)
            return
        if state.status is RunStatus.RUNNING:
            raise _Waiting
        if state.cost_usd is not None:
            settle(run, state.cost_usd)
        handle = RunHandle(run_id=run.run_id, dataset_id=state.dataset_id or run.dataset_id)
        request = self._request(run)
        self._store(run, lambda: source.collect(request, stage=stage, handle=handle), ended=state.status)

    def _store(self, run: SourceRun, read: Callable[[], Iterable[SourceItem]], *, ended: RunStatus) -> None:
        """Takes in what was read, all or nothing, in the transaction in which the row says so.

        Raises:
            SourceError: reading may go better later.
        """
        self._beat(IngestionStage.COLLECTING)
        items, fault = _gathered(read)
        if fault is not None and self._to_be_tried_again(fault):
            raise fault
        if ended in _FAILED:
            fault = SourceError(_FAILED[ended], "what it had found by then was taken in" if items else "")
        with transaction.atomic():
            claiming.fence(lease=self.lease)
            self._take_in(run, items)
            if fault is None and not items:
                fault = SourceError(IngestionErrorCode.NO_ITEMS)
            elif fault is None and run.rejected == len(items):
                fault = SourceError(IngestionErrorCode.NO_USABLE_ITEMS, str(run.rejections))
            _finish(run, fault)
            SourceConnection.objects.filter(id=run.connection_id).update(last_read_at=Now())

    def _take_in(self, run: SourceRun, given: list[SourceItem]) -> None:
        items = reuse_transcripts(brand_id=self.lease.brand_id, items=given)
        records = [RawRecord(number, _with_raw(item)) for number, item in enumerate(items)]
        report = ingest(brand_id=self.lease.brand_id, records=records, now=self.lease.claimed_at)
        refused = Counter(each.rejection.code.value for each in report.records if each.rejection is not None)
        run.items = len(items)
        run.created = report.count(IngestOutcome.CREATED)
        run.updated = report.count(IngestOutcome.UPDATED)
        run.unchanged = report.count(IngestOutcome.UNCHANGED)
        run.duplicates = report.count(IngestOutcome.DUPLICATE)
        run.rejected = report.count(IngestOutcome.REJECTED)
        run.rejections = dict(sorted(refused.items()))
        run.leads = list(dict.fromkeys(item.followup for item in items if item.followup))

    def _failed(self, run: SourceRun, fault: SourceError) -> None:
        logger.warning("%s: %s of %s came to nothing: %s", run.source, run.stage, run.identifier, fault)
        _finish(run, fault)

    def _may_stop(self) -> bool:
        """Whether what was read before is enough: then nothing further is begun. The first reading always is."""
        read_some = any(run.status == SourceRunStatus.SUCCEEDED for run in self.runs.values())
        if self.lease.stop_when_enough and read_some and settings.KAIRO_EVIDENCE_ENOUGH:
            enough: Callable[..., bool] = import_string(current_path(settings.KAIRO_EVIDENCE_ENOUGH))
            self.enough_already = enough(brand_id=self.lease.brand_id, as_of=_now())
        return self.enough_already

    def _to_be_tried_again(self, fault: SourceError) -> bool:
        return fault.retryable and self.lease.attempt < self.lease.max_attempts

    def _beat(self, stage: IngestionStage) -> None:
        claiming.beat(lease=self.lease, stage=stage, percent=self.percent)

    def _request(self, of: SourceConnection | SourceRun) -> SourceRequest:
        now = self.lease.claimed_at
        return SourceRequest(
            platform=Platform(of.platform),
            kind=SourceKind(of.kind),
            identifier=of.identifier,
            since=now - LOOKBACK,
            as_of=now,
        )

    def _row(self, connection: SourceConnection, *, stage: str, estimated_usd: Decimal = Decimal(0)) -> SourceRun:
        run = SourceRun.objects.create(
            id=new_id(),
            brand_id=self.lease.brand_id,
            job_id=self.lease.job_id,
            connection_id=connection.id,
            source=connection.source,
            platform=connection.platform,
            kind=connection.kind,
            identifier=connection.identifier,
            stage=stage,
            estimated_usd=estimated_usd,
        )
        self.runs[connection.id, stage] = run
        return run


def settle(run: SourceRun, usd: Decimal) -> None:
    """Writes what a run has cost, to it and to the ledger."""
    with transaction.atomic():
        spending.settle(run_id=run.id, usd=usd)
        run.actual_usd = usd
        run.save(update_fields=["actual_usd"])


def finish_orphan(run: SourceRun, status: RunStatus) -> None:
    """Writes the end of a run that nobody waited for. What it has found is left where it is."""
    if run.finished_at is None:
        _finish(run, SourceError(_FAILED.get(status, IngestionErrorCode.RUN_ABORTED), "its job had ended"))


def _gathered(read: Callable[[], Iterable[SourceItem]]) -> tuple[list[SourceItem], SourceError | None]:
    """What came, and what ended it early."""
    items: list[SourceItem] = []
    try:
        for item in read():
            items.append(item)
            if len(items) == MAX_ITEMS:
                break
    except SourceError as fault:
        return items, fault
    return items, None


def _with_raw(item: SourceItem) -> object | RejectedRecord:
    return item.content if isinstance(item.content, RejectedRecord) else {**item.content, "raw": item.raw}


def _finish(run: SourceRun, fault: SourceError | None) -> None:
    run.status = SourceRunStatus.FAILED if fault else SourceRunStatus.SUCCEEDED
    run.error_code = fault.code.value if fault else None
    run.error_detail = fault.detail[:DETAIL_LENGTH] if fault else ""
    run.finished_at = _now()
    run.save()


def _now() -> datetime:
    """By the database's clock."""
    (row,) = fetch("SELECT clock_timestamp() AS at", {})
    at: datetime = row["at"]
    return at
