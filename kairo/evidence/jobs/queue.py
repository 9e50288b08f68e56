"""The queue of readings from sources: the verbs of `kairo.jobs`, bound to IngestionJob."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from uuid import UUID

from django.conf import settings

from kairo.core.signals import ingestion_ended
from kairo.evidence.enums import IngestionStage
from kairo.evidence.models import IngestionJob
from kairo.jobs import claiming, enqueueing, finishing, reaper
from kairo.jobs.kind import Clocks, JobKind, default_clocks
from kairo.jobs.lease import EndedJob


def announce_end(*, job_id: UUID, brand_id: UUID) -> None:
    """Sends `ingestion_ended`, in the transaction that ends the job."""
    parent_job_id = IngestionJob.objects.values_list("parent_job_id", flat=True).get(id=job_id)
    ingestion_ended.send(sender=IngestionJob, brand_id=brand_id, parent_job_id=parent_job_id)


def _on_end(ended: EndedJob) -> None:
    announce_end(job_id=ended.job_id, brand_id=ended.brand_id)


def _clocks() -> Clocks:
    return replace(default_clocks(), lease_s=settings.INGEST_LEASE_S, deadline_s=settings.INGEST_DEADLINE_S)


KIND = JobKind(
    name="ingestion",
    model=IngestionJob,
    actor="ingest_evidence",
    queue="evidence",
    scheduled_queue="evidence",
    completed_stage=IngestionStage.DONE.value,
    ended_stage=IngestionStage.DONE.value,
    own_fields=("connection_ids", "stop_when_enough", "parent_job_id"),
    clocks=_clocks,
    deadline_per_attempt=False,
    on_end=_on_end,
    metrics={"fenced": "ingestion_step_fenced", "rescued": "ingestion_rescued", "given_up": "ingestion_given_up"},
)

enqueue = partial(enqueueing.enqueue, KIND)
make_due = partial(enqueueing.make_due, KIND)
claim = partial(claiming.claim, KIND)
claim_next = partial(claiming.claim_next, KIND)
fence = partial(claiming.fence, KIND)
reschedule = partial(claiming.reschedule, KIND)
complete = partial(finishing.complete, KIND)
fail = partial(finishing.fail, KIND)
cancel = partial(finishing.cancel, KIND)
stop_cancelled = partial(finishing.stop_cancelled, KIND)
release_stale_ingestions = partial(reaper.reap_stale_jobs, KIND)
