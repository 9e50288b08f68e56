"""Reads and cancels generation jobs."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kairo.core.errors import NotFound
from kairo.core.paging import Page, newest_first
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.hero.dto import CancelJobResponseDTO, GenerationJobDTO
from kairo.hero.gates.remediation import for_job as remediation_of
from kairo.hero.gates.remediation import retry_helps
from kairo.hero.jobs import queue
from kairo.hero.models import OpportunitiesJob

__all__ = ["remediation_of", "retry_helps"]  # re-exported for the schema, which may not import gates


def get_generation_job(*, caller: Caller, job_id: UUID) -> GenerationJobDTO:
    """A generation job.

    Raises:
        NotFound: the job does not exist for this caller.
    """
    return _job(caller=caller, job_id=job_id).to_dto()


def generation_jobs_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, GenerationJobDTO]:
    """The jobs with these ids that the caller may see: one SQL statement."""
    rows = OpportunitiesJob.objects.filter(id__in=ids, brand__in=access.brands(caller=caller))
    return {row.id: row.to_dto() for row in rows}


def list_generation_jobs(*, caller: Caller, brand_id: UUID, first: int, after: str | None) -> Page[GenerationJobDTO]:
    """A page of a brand's jobs, newest first: two SQL statements.

    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid: `first` or `after` cannot be used.
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    rows = OpportunitiesJob.objects.filter(brand=brand)
    return newest_first(rows, first=first, after=after).map(lambda jobs: tuple(job.to_dto() for job in jobs))


def cancel_generation_job(*, caller: Caller, job_id: UUID) -> CancelJobResponseDTO:
    """Cancels a job, which then stores no board; Today shows the brand's last board. A running job stops by itself.

    Has no effect on a job that has ended; a concurrent end may win.

    Raises:
        NotFound: the job does not exist for this caller.
    """
    job = _job(caller=caller, job_id=job_id)
    outcome = queue.cancel(job_id=job.id, by=f"token {caller.token_id}")
    job.refresh_from_db()
    return CancelJobResponseDTO(job=job.to_dto(), accepted=outcome != queue.Cancelling.TOO_LATE)


def _job(*, caller: Caller, job_id: UUID) -> OpportunitiesJob:
    job = OpportunitiesJob.objects.filter(id=job_id, brand__tenant_id=caller.tenant_id).first()
    if job is None:
        raise NotFound(noun="GenerationJob")
    return job
