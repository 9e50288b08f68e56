"""Reads, lists and cancels ingestion jobs, with their source runs."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from kairo.core.errors import NotFound
from kairo.core.paging import Page, newest_first
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.evidence.jobs import queue
from kairo.evidence.models import IngestionJob, SourceRun
from kairo.jobs.lease import Cancelling


def get_ingestion_job(*, caller: Caller, job_id: UUID) -> IngestionJob:
    """Returns the job with its runs: two SQL statements.

    Raises:
        NotFound: the job does not exist for this caller.
    """
    jobs = ingestion_jobs_by_id(caller=caller, ids=[job_id])
    if job_id not in jobs:
        raise NotFound(noun="IngestionJob")
    return jobs[job_id]


def ingestion_jobs_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, IngestionJob]:
    """Returns the jobs that this caller may see, with their runs: two SQL statements."""
    return _visible(caller).in_bulk(ids)


def list_ingestion_jobs(*, caller: Caller, brand_id: UUID, first: int, after: str | None) -> Page[IngestionJob]:
    """Returns a page of a brand's jobs with their runs, newest first: three SQL statements.

    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid: `first` or `after` is invalid.
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    return newest_first(_with_runs(IngestionJob.objects.filter(brand=brand)), first=first, after=after)


def source_runs_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, SourceRun]:
    """Returns the source runs that this caller may see: one SQL statement."""
    return SourceRun.objects.filter(brand__in=access.brands(caller=caller)).in_bulk(ids)


def cancel_ingestion_job(*, caller: Caller, job_id: UUID) -> tuple[IngestionJob, bool]:
    """Cancels the job; returns it, and whether it was still active. The evidence it has stored stays.

    Raises:
        NotFound: the job does not exist for this caller.
    """
    get_ingestion_job(caller=caller, job_id=job_id)
    accepted = queue.cancel(job_id=job_id, by=f"token {caller.token_id}") is not Cancelling.TOO_LATE
    return get_ingestion_job(caller=caller, job_id=job_id), accepted


def _visible(caller: Caller) -> QuerySet[IngestionJob]:
    return _with_runs(IngestionJob.objects.filter(brand__in=access.brands(caller=caller)))


def _with_runs(rows: QuerySet[IngestionJob]) -> QuerySet[IngestionJob]:
    return rows.prefetch_related(Prefetch("runs", queryset=SourceRun.objects.order_by("created_at", "id")))
