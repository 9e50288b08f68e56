"""Starts and collects the external runs of a staged source, one stage after the other."""

from __future__ import annotations

import logging
from decimal import Decimal

from django.db import transaction
from django.db.models.functions import Now

from kairo.core.enums import JobTrigger
from kairo.db.outside_calls import outside_call
from kairo.evidence.enums import IngestionErrorCode, IngestionStage, SourceRunStatus
from kairo.evidence.importing import usage
from kairo.evidence.ingestion import spending
from kairo.evidence.ingestion.job_step import JobStep
from kairo.evidence.ingestion.run_results import fail_run, read_items, settle, store_items
from kairo.evidence.ingestion.webhook_tokens import webhook_url
from kairo.evidence.jobs import queue
from kairo.evidence.models import SourceConnection, SourceRun
from kairo.evidence.ports import RunHandle, RunStatus, SourceError, Stage, StagedSource

logger = logging.getLogger(__name__)


class RunInProgress(Exception):
    """An external run has not ended: the job must wait."""


def read_stages(step: JobStep, source: StagedSource, connection: SourceConnection) -> None:
    """Starts or collects the connection's next run; returns when no stage is left or one has failed.

    Raises:
        RunInProgress
        SourceError: the job should retry.
    """
    followups: tuple[str, ...] = ()
    for stage in source.stages(step.request_for(connection)):
        if stage.takes_followups and not followups:
            return
        run = step.run_for(connection, stage=stage.name)
        if run is None:
            if step.should_stop():
                return
            run = _start(step, source, connection, stage, followups[: stage.max_items])
        elif run.status == SourceRunStatus.STARTING:
            fail_run(run, SourceError(IngestionErrorCode.START_UNKNOWN, "a worker died while it started the run"))
        elif run.status == SourceRunStatus.RUNNING:
            _collect(step, source, stage, run)
        if run.status != SourceRunStatus.SUCCEEDED:
            return
        followups = tuple(run.leads)


def _start(
    step: JobStep, source: StagedSource, connection: SourceConnection, stage: Stage, followups: tuple[str, ...]
) -> SourceRun:
    """Reserves the money, creates the row, then starts the run, so that a crash in between cannot cost twice."""
    step.heartbeat(IngestionStage.STARTING)
    run, refusal = _reserve(step, source, connection, stage)
    if refusal is not None:
        fail_run(run, SourceError(refusal))
        return run
    try:
        with outside_call():
            handle = source.start(
                step.request_for(run),
                stage=stage,
                followups=followups,
                max_cost_usd=stage.estimate_usd,
                webhook_url=webhook_url(source=source.name, run_id=run.id),
            )
    except SourceError as error:
        _handle_start_error(step, run, error)
        return run
    # Not fenced: the run's id must be stored even if another worker has the job by now.
    row = SourceRun.objects.filter(id=run.id)
    row.update(run_id=handle.run_id, dataset_id=handle.dataset_id, updated_at=Now())
    row.filter(status=SourceRunStatus.STARTING).update(status=SourceRunStatus.RUNNING)
    logger.info("%s: %s of %s started", source.name, stage.name, connection.identifier)
    raise RunInProgress


def _reserve(
    step: JobStep, source: StagedSource, connection: SourceConnection, stage: Stage
) -> tuple[SourceRun, IngestionErrorCode | None]:
    """Creates the run's row with its money reserved, or returns the code that forbids the run."""
    if step.lease.trigger == JobTrigger.SCHEDULE and not connection.spend_on_schedule:
        return step.create_run(connection, stage=stage.name), IngestionErrorCode.CONSENT_MISSING
    if usage.is_full(brand_id=step.lease.brand_id):
        return step.create_run(connection, stage=stage.name), IngestionErrorCode.QUOTA_EXCEEDED
    with transaction.atomic():
        queue.fence(lease=step.lease)
        run = step.create_run(connection, stage=stage.name, estimated_usd=stage.estimate_usd)
        refusal = spending.reserve(
            run_id=run.id,
            job_id=step.lease.job_id,
            source=source.name,
            usd=stage.estimate_usd,
            caps=source.caps(),
        )
    return run, refusal


def _handle_start_error(step: JobStep, run: SourceRun, error: SourceError) -> None:
    """
    Raises:
        SourceError: the job should retry; the row is deleted.
    """
    if error.code is IngestionErrorCode.START_UNKNOWN:  # the run may exist and cost money: the reservation stays
        fail_run(run, error)
        return
    will_retry = step.will_retry(error)
    with transaction.atomic():
        spending.settle(run_id=run.id, usd=Decimal(0))
        if will_retry:
            run.delete()
    if will_retry:
        raise error
    run.actual_usd = Decimal(0)
    fail_run(run, error)


def _collect(step: JobStep, source: StagedSource, stage: Stage, run: SourceRun) -> None:
    """Polls the run; once it has ended, with or without success, stores its items and its cost."""
    step.heartbeat(IngestionStage.COLLECTING)
    try:
        with outside_call():
            state = source.poll(RunHandle(run_id=run.run_id, dataset_id=run.dataset_id))
    except SourceError as error:
        if step.will_retry(error):
            raise
        fail_run(run, error)
        return
    if state.status is RunStatus.RUNNING:
        raise RunInProgress
    if state.cost_usd is not None:
        settle(run, state.cost_usd)
    handle = RunHandle(run_id=run.run_id, dataset_id=state.dataset_id or run.dataset_id)
    request = step.request_for(run)
    step.heartbeat(IngestionStage.COLLECTING)
    items, read_error = read_items(lambda: source.collect(request, stage=stage, handle=handle))
    if read_error is not None and step.will_retry(read_error):
        raise read_error
    store_items(run, items, lease=step.lease, status=state.status, error=read_error)
