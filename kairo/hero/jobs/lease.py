from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Lease:
    """One attempt's right to write. Whoever holds the row's current token may; nobody else.

    Times are the database's. Compared as an object: there is one a claim, and it is the key of many dicts.
    """

    job_id: UUID
    brand_id: UUID
    tenant_id: UUID
    token: UUID
    attempt: int
    max_attempts: int
    worker_id: str
    trigger: str
    priority: int
    request_id: str
    claimed_at: datetime
    deadline_at: datetime

    def __hash__(self) -> int:
        return hash(self.token)  # no two attempts have the same: the other eleven tell no more

    def log_ids(self) -> dict[str, object]:
        """What every log line about this attempt carries."""
        return {
            "job_id": self.job_id,
            "brand_id": self.brand_id,
            "tenant_id": self.tenant_id,
            "worker_id": self.worker_id,
            "attempt": self.attempt,
            "request_id": self.request_id,
        }


class Ending(Enum):
    """What became of an attempt when it tried to end."""

    STORED = "stored"
    RETRIED = "retried"
    FAILED = "failed"
    RELEASED = "released"
    CANCELLED = "cancelled"
    FENCED = "fenced"  # the lease was lost: nothing was written
