"""Runs ingestion jobs in this process, a step at a time: claim, read without waiting, reschedule or end."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError

from kairo.db.failures import database_failure
from kairo.evidence.enums import IngestionErrorCode, IngestionStatus
from kairo.evidence.ingestion.orphaned_runs import settle_orphaned_runs
from kairo.evidence.ingestion.source_reading import Failed, StepResult, Succeeded, Waits, advance
from kairo.evidence.ingestion.sources import load_sources
from kairo.evidence.jobs import queue
from kairo.evidence.jobs.scheduler import enqueue_due_readings
from kairo.evidence.models import IngestionJob
from kairo.evidence.ports import SourceError
from kairo.jobs.heartbeat import RunningAttempt
from kairo.jobs.lease import Ending, Lease
from kairo.jobs.runner import Failure, JobRunner, PerProcess, Result


class Ingestion:
    """The work of an ingestion job: one step. A step that is cut short is repeated from where the rows say it was."""

    def run(self, attempt: RunningAttempt) -> StepResult:
        return advance(attempt)

    def store(self, results: Sequence[Result[StepResult]]) -> list[Ending]:
        return [_end_step(attempt.lease, step) for attempt, step in results]

    def failure(self, error: BaseException) -> Failure:
        if isinstance(error, SourceError):
            return Failure(
                error_code=error.code.value,
                detail=error.detail,
                retry=error.retryable,
                retry_after_s=error.retry_after_s or 0,
            )
        lost = isinstance(error, OperationalError | InterfaceError) or database_failure(error)
        code = IngestionErrorCode.DATABASE_UNAVAILABLE if lost else IngestionErrorCode.INTERNAL
        return Failure(error_code=code.value, detail=type(error).__name__)


def _end_step(lease: Lease, step: StepResult) -> Ending:
    if isinstance(step, Failed):
        return queue.fail(lease=lease, error_code=step.code.value, detail=step.detail, retry=False)
    if isinstance(step, Succeeded):
        return _succeed(lease, step)
    return _reschedule(lease, step)


def _succeed(lease: Lease, step: Succeeded) -> Ending:
    def store(leases: Sequence[Lease]) -> None:
        for each in leases:
            IngestionJob.objects.filter(id=each.job_id).update(stopped_early=step.stopped_early)
            queue.announce_end(job_id=each.job_id, brand_id=each.brand_id)

    return queue.complete(ends={lease: IngestionStatus.SUCCEEDED.value}, store=store)[lease]


def _reschedule(lease: Lease, step: Waits) -> Ending:
    ending = queue.reschedule(lease=lease, delay_s=step.delay_s, stage=step.stage.value)
    # Refused, though the lease may be valid: the job's cancellation was requested meanwhile.
    return queue.stop_cancelled(lease=lease) if ending is Ending.FENCED else ending


def _load() -> None:
    with suppress(ImproperlyConfigured):  # each pass of the reaper says so
        load_sources()


class IngestionRunner(JobRunner[StepResult]):
    """The runner of ingestion jobs."""

    def __init__(self) -> None:
        also = (enqueue_due_readings, settle_orphaned_runs)
        super().__init__(queue.KIND, Ingestion(), load=_load, also=also)


process_runner = PerProcess(IngestionRunner)
