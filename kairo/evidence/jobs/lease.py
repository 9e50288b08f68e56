from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Lease:
    """One step's right to write. Whoever holds the row's current token may; nobody else. Times are the database's."""

    job_id: UUID
    brand_id: UUID
    tenant_id: UUID
    token: UUID
    attempt: int
    max_attempts: int
    worker_id: str
    trigger: str
    connection_ids: tuple[UUID, ...]
    stop_when_enough: bool
    request_id: str
    claimed_at: datetime
    deadline_at: datetime

    def log_ids(self) -> dict[str, object]:
        """What every log line about this step carries."""
        return {
            "job_id": self.job_id,
            "brand_id": self.brand_id,
            "tenant_id": self.tenant_id,
            "worker_id": self.worker_id,
            "attempt": self.attempt,
            "request_id": self.request_id,
        }


class LeaseLost(Exception):
    """The job belongs to somebody else, or to nobody: this step must stop, and may write nothing."""


class JobCancelled(Exception):
    """Somebody asked for the end of the job."""


class Ending(Enum):
    """What became of a step when it tried to end."""

    PARKED = "parked"  # to go on later
    RETRIED = "retried"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    FENCED = "fenced"  # the lease was lost: nothing was written
