"""Runs ingestion jobs step by step."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models.functions import Now

from kairo.core.enums import JobTrigger
from kairo.core.models import Brand
from kairo.evidence.ingestion.runner import IngestionRunner
from kairo.evidence.jobs.queue import enqueue
from kairo.evidence.models import IngestionJob, SourceConnection, SourceRun
from kairo.evidence.ports import Stage

TWO_STAGES = (
    Stage(name="posts", max_items=20, estimate_usd=Decimal("0.05")),
    Stage(name="reels", max_items=2, estimate_usd=Decimal("0.02"), takes_followups=True),
)


def create_job(brand: Brand, *connections: SourceConnection, **facts: Any) -> IngestionJob:
    ids = [connection.id for connection in connections]
    return enqueue(brand_id=brand.id, priority=10, connection_ids=ids, **{"trigger": JobTrigger.USER, **facts})[0]


def run_step(job: IngestionJob) -> IngestionJob:
    """Runs the job's next step without its waiting time."""
    IngestionJob.objects.filter(id=job.id, status="pending").update(available_at=Now())
    assert IngestionRunner().run(job_id=job.id) == job.id
    job.refresh_from_db()
    return job


def run_to_end(job: IngestionJob) -> IngestionJob:
    for _ in range(20):
        if run_step(job).finished_at:
            return job
    raise AssertionError(f"still {job.status}")


def only_run(**facts: Any) -> SourceRun:
    return SourceRun.objects.get(**facts)
