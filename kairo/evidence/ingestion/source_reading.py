"""Advances an ingestion job: reads its connections one by one until the job ends or must wait."""

from __future__ import annotations

import time

from django.conf import settings

from kairo.evidence.enums import IngestionErrorCode, IngestionStage, SourceRunStatus
from kairo.evidence.ingestion.job_step import JobStep
from kairo.evidence.ingestion.run_results import fail_run, read_items, store_items
from kairo.evidence.ingestion.sources import source_named
from kairo.evidence.ingestion.staged_runs import RunInProgress, read_stages
from kairo.evidence.jobs import claiming, finishing
from kairo.evidence.jobs.lease import Ending, Lease
from kairo.evidence.models import SourceConnection, SourceRun
from kairo.evidence.ports import ImmediateSource, RunStatus, SourceError, StagedSource

STEP_S = 45.0  # a longer step lets other jobs run
IMMEDIATE_STAGE = "fetch"


def advance(*, lease: Lease) -> Ending:
    """Reads connection by connection and ends the job, or reschedules it while an external run is in progress.

    The rows of the source runs say what earlier steps did. No transaction is open during an external call.

    Raises:
        LeaseLost, JobCancelled: the step must stop.
        SourceError: a retryable failure, while the job has attempts left.
    """
    started_at = time.monotonic()
    step = JobStep(lease=lease)
    connections = _connections(lease)
    for index, connection in enumerate(connections):
        step.percent = 100 * index // len(connections)
        try:
            _read(step, connection)
        except RunInProgress:
            return claiming.park(lease=lease, due_in_s=settings.INGEST_POLL_S, stage=IngestionStage.WAITING)
        if step.has_enough_evidence:
            return finishing.succeed(lease=lease, stopped_early=True)
        if time.monotonic() - started_at > STEP_S:
            return claiming.park(lease=lease, due_in_s=0, stage=IngestionStage.QUEUED)
    return _end(lease)


def _connections(lease: Lease) -> list[SourceConnection]:
    """The job's connections that still exist and are enabled, in the job's order."""
    rows = SourceConnection.objects.filter(brand_id=lease.brand_id, enabled=True).in_bulk(list(lease.connection_ids))
    return [rows[id_] for id_ in lease.connection_ids if id_ in rows]


def _end(lease: Lease) -> Ending:
    """Ends the job: succeeded if any run did, else failed with the last run's error."""
    runs = list(SourceRun.objects.filter(job_id=lease.job_id).order_by("created_at"))
    if any(run.status == SourceRunStatus.SUCCEEDED for run in runs):
        return finishing.succeed(lease=lease)
    code, detail = IngestionErrorCode.SOURCE_NOT_AVAILABLE, "no connection is left to read"
    if runs:
        code, detail = IngestionErrorCode(runs[-1].error_code or IngestionErrorCode.INTERNAL), runs[-1].error_detail
    return finishing.fail(lease=lease, code=code, detail=detail, retry=False)


def _read(step: JobStep, connection: SourceConnection) -> None:
    source = source_named(connection.source)
    if isinstance(source, ImmediateSource):
        _read_immediately(step, source, connection)
    elif isinstance(source, StagedSource):
        read_stages(step, source, connection)
    elif step.run_for(connection, stage=IMMEDIATE_STAGE) is None:
        run = step.create_run(connection, stage=IMMEDIATE_STAGE)
        detail = f"KAIRO_EVIDENCE_SOURCES has no source {connection.source}"
        fail_run(run, SourceError(IngestionErrorCode.SOURCE_NOT_AVAILABLE, detail))


def _read_immediately(step: JobStep, source: ImmediateSource, connection: SourceConnection) -> None:
    run = step.run_for(connection, stage=IMMEDIATE_STAGE)
    if (run is not None and run.finished_at) or step.should_stop():
        return
    run = run or step.create_run(connection, stage=IMMEDIATE_STAGE)
    request = step.request_for(run)
    step.heartbeat(IngestionStage.COLLECTING)
    items, error = read_items(lambda: source.fetch(request))
    if error is not None and step.will_retry(error):
        raise error
    store_items(run, items, lease=step.lease, status=RunStatus.SUCCEEDED, error=error)
