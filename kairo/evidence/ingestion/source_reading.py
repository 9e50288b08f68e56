"""Advances an ingestion job: reads its connections one by one until the job ends or must wait."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings

from kairo.evidence.enums import IngestionErrorCode, IngestionStage, SourceRunStatus
from kairo.evidence.ingestion.job_step import JobStep
from kairo.evidence.ingestion.run_results import fail_run, read_items, store_items
from kairo.evidence.ingestion.sources import source_named
from kairo.evidence.ingestion.staged_runs import RunInProgress, read_stages
from kairo.evidence.models import IngestionJob, SourceConnection, SourceRun
from kairo.evidence.ports import ImmediateSource, RunStatus, SourceError, StagedSource
from kairo.jobs.heartbeat import RunningAttempt

STEP_S = 45.0  # a longer step lets other jobs run
IMMEDIATE_STAGE = "fetch"


@dataclass(frozen=True, kw_only=True, slots=True)
class Waits:
    """The step is over and the job is not: the next step is due after `delay_s`."""

    delay_s: float
    stage: IngestionStage


@dataclass(frozen=True, kw_only=True, slots=True)
class Succeeded:
    """The job is done. `stopped_early` says that enough evidence was found before everything was read."""

    stopped_early: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Failed:
    """No run succeeded."""

    code: IngestionErrorCode
    detail: str


StepResult = Waits | Succeeded | Failed


def advance(attempt: RunningAttempt) -> StepResult:
    """Reads connection by connection until the job is done or an external run is in progress.

    The rows of the source runs say what earlier steps did. No transaction is open during an external call.

    Raises:
        LeaseLost, JobCancelled: the step must stop.
        SourceError: a retryable failure, while the job has attempts left.
    """
    started_at = time.monotonic()
    job = IngestionJob.objects.get(id=attempt.lease.job_id)
    step = JobStep(attempt=attempt, stop_when_enough=job.stop_when_enough)
    connections = _connections(job)
    for index, connection in enumerate(connections):
        step.percent = 100 * index // len(connections)
        try:
            _read(step, connection)
        except RunInProgress:
            return Waits(delay_s=settings.INGEST_POLL_S, stage=IngestionStage.WAITING)
        if step.has_enough_evidence:
            return Succeeded(stopped_early=True)
        if time.monotonic() - started_at > STEP_S:
            return Waits(delay_s=0, stage=IngestionStage.QUEUED)
    return _end(job)


def _connections(job: IngestionJob) -> list[SourceConnection]:
    """The job's connections that still exist and are enabled, in the job's order."""
    rows = SourceConnection.objects.filter(brand_id=job.brand_id, enabled=True).in_bulk(job.connection_ids)
    return [rows[id_] for id_ in job.connection_ids if id_ in rows]


def _end(job: IngestionJob) -> StepResult:
    """Succeeded if any run did, else failed with the last run's error."""
    runs = list(SourceRun.objects.filter(job_id=job.id).order_by("created_at"))
    if any(run.status == SourceRunStatus.SUCCEEDED for run in runs):
        return Succeeded()
    if not runs:
        return Failed(code=IngestionErrorCode.SOURCE_NOT_AVAILABLE, detail="no connection is left to read")
    last = runs[-1]
    return Failed(code=IngestionErrorCode(last.error_code or IngestionErrorCode.INTERNAL), detail=last.error_detail)


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
