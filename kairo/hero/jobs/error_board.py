from __future__ import annotations

from uuid import UUID

from kairo.hero.enums import GenerationErrorCode, TodayBoardState
from kairo.hero.gates import remediation
from kairo.hero.models import OpportunitiesBoard


def create_error_board(
    *, brand_id: UUID, job_id: UUID, attempts: int, error_code: GenerationErrorCode, last_worker: str, detail: str = ""
) -> OpportunitiesBoard:
    """The one board of a job that failed for good, inside the transaction that fails the job."""
    diagnostics = {
        "error": error_code.value,
        "job_id": str(job_id),
        "attempts": attempts,
        "last_worker": last_worker,
    }
    return OpportunitiesBoard.objects.create(
        brand_id=brand_id,
        job_id=job_id,
        attempt=attempts,
        state=TodayBoardState.ERROR,
        error_code=error_code,
        remediation=remediation.for_error(error_code),
        diagnostics_json={**diagnostics, "detail": detail} if detail else diagnostics,
    )
