"""What the API asks about jobs: one, a brand's list, and the end of one."""

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

__all__ = ["remediation_of", "retry_helps"]  # what the API says about a job's error code


def get_generation_job(*, caller: Caller, job_id: UUID) -> GenerationJobDTO:
    """
    Raises:
        NotFound: the job does not exist for this caller.
    """
    return _job(caller=caller, job_id=job_id).to_dto()


def generation_jobs_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, GenerationJobDTO]:
    """Those of these jobs that exist for this caller: one SQL statement."""
    rows = OpportunitiesJob.objects.filter(id__in=ids, brand__in=access.brands(caller=caller))
    return {row.id: row.to_dto() for row in rows}


def list_generation_jobs(*, caller: Caller, brand_id: UUID, first: int, after: str | None) -> Page[GenerationJobDTO]:
    """A brand's jobs, newest first: two SQL statements.

    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid: `first` or `after` cannot be used.
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    rows = OpportunitiesJob.objects.filter(brand=brand)
    return newest_first(rows, first=first, after=after).map(lambda jobs: tuple(job.to_dto() for job in jobs))


def cancel_generation_job(*, caller: Caller, job_id: UUID) -> CancelJobResponseDTO:
    """Asks a job to end without a board; the brand's last board shows again. A running one stops before it stores.

    A job that has ended, or ends at the same moment, stays as it is: what came first counts.

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
