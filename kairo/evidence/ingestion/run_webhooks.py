"""Hearing that a run elsewhere has ended. It only wakes a worker, which asks how the run stands."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from kairo.core.errors import NotFound
from kairo.evidence.ingestion.webhook_tokens import run_id_for
from kairo.evidence.jobs.claiming import due_now
from kairo.evidence.jobs.dispatch import dispatch_on_commit
from kairo.evidence.models import SourceRun


def hear(*, source: str, secret: str, run_id: str) -> bool:
    """Takes in that the run with this secret, which has this id elsewhere, has ended. Whether somebody was woken.

    Safe to be told again and again: a job that is not put down stays as it is. A run whose start was answered with
    nothing is known by its id from here on, so that it can be ended and settled.

    Raises:
        NotFound: the secret is no run's, or the run's id is another.
    """
    key = run_id_for(secret)
    if key is None:
        raise NotFound(noun="SourceRun")
    with transaction.atomic():
        run = SourceRun.objects.select_for_update(no_key=True).filter(id=key, source=source).first()
        if run is None or not run_id or run.run_id not in {"", run_id}:
            raise NotFound(noun="SourceRun")
        if not run.run_id:
            _learn(run.id, run_id)
        woken = due_now(job_id=run.job_id)
        if woken:
            dispatch_on_commit(job_id=run.job_id)
    return woken


def _learn(key: UUID, run_id: str) -> None:
    if SourceRun.objects.filter(run_id=run_id).exists():
        raise NotFound(noun="SourceRun")
    SourceRun.objects.filter(id=key).update(run_id=run_id)
