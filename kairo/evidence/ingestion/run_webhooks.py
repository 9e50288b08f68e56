"""Handles a vendor's webhook for an ended run. The webhook only makes the job due; a worker then polls the run."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from kairo.core.errors import NotFound
from kairo.evidence.ingestion.webhook_tokens import run_id_for
from kairo.evidence.jobs import queue
from kairo.evidence.models import SourceRun


def handle(*, source: str, token: str, run_id: str) -> bool:
    """Makes the job due whose run has this token and this vendor id; returns whether it was not due before.

    Idempotent: a repeated webhook changes nothing. Where the response to the run's start was lost, this call stores the
    vendor's run id, so that the run can be aborted and settled.

    Raises:
        NotFound: the token is invalid, or the run has another vendor id.
    """
    row_id = run_id_for(token)
    if row_id is None:
        raise NotFound(noun="SourceRun")
    with transaction.atomic():
        run = SourceRun.objects.select_for_update(no_key=True).filter(id=row_id, source=source).first()
        if run is None or not run_id or run.run_id not in {"", run_id}:
            raise NotFound(noun="SourceRun")
        if not run.run_id:
            _store_run_id(run.id, run_id)
        return queue.make_due(job_id=run.job_id)


def _store_run_id(row_id: UUID, run_id: str) -> None:
    if SourceRun.objects.filter(run_id=run_id).exists():
        raise NotFound(noun="SourceRun")
    SourceRun.objects.filter(id=row_id).update(run_id=run_id)
