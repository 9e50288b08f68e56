"""What the API asks about ingestion jobs and their readings: one, a brand's list, and the end of one."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from kairo.core.errors import NotFound
from kairo.core.paging import Page, newest_first
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.evidence.jobs import finishing
from kairo.evidence.jobs.finishing import Cancelling
from kairo.evidence.models import IngestionJob, SourceRun


def get_ingestion_job(*, caller: Caller, job_id: UUID) -> IngestionJob:
    """The job with its readings: two SQL statements.

    Raises:
        NotFound: the job does not exist for this caller.
    """
    found = ingestion_jobs_by_id(caller=caller, ids=[job_id])
    if job_id not in found:
        raise NotFound(noun="IngestionJob")
    return found[job_id]


def ingestion_jobs_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, IngestionJob]:
    """Those of these jobs that exist for this caller, with their readings: two SQL statements."""
    return _visible(caller).in_bulk(ids)


def list_ingestion_jobs(*, caller: Caller, brand_id: UUID, first: int, after: str | None) -> Page[IngestionJob]:
    """A brand's jobs with their readings, newest first: three SQL statements.

    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid: `first` or `after` cannot be used.
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    return newest_first(_with_runs(IngestionJob.objects.filter(brand=brand)), first=first, after=after)


def source_runs_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, SourceRun]:
    """Those of these readings that exist for this caller: one SQL statement."""
    return SourceRun.objects.filter(brand__in=access.brands(caller=caller)).in_bulk(ids)


def cancel_ingestion_job(*, caller: Caller, job_id: UUID) -> tuple[IngestionJob, bool]:
    """Asks a job to end; the job, and whether it had not ended before. What it has read by then stays.

    Raises:
        NotFound: the job does not exist for this caller.
    """
    get_ingestion_job(caller=caller, job_id=job_id)
    accepted = finishing.cancel(job_id=job_id) is not Cancelling.TOO_LATE
    return get_ingestion_job(caller=caller, job_id=job_id), accepted


def _visible(caller: Caller) -> QuerySet[IngestionJob]:
    return _with_runs(IngestionJob.objects.filter(brand__in=access.brands(caller=caller)))


def _with_runs(rows: QuerySet[IngestionJob]) -> QuerySet[IngestionJob]:
    return rows.prefetch_related(Prefetch("runs", queryset=SourceRun.objects.order_by("created_at", "id")))
