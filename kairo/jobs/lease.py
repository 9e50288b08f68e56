"""The values that the queue's verbs take and return, the same for every kind of job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Lease:
    """One attempt's right to write, valid while the row has this token. Times are the database's.

    Compared by identity: there is one object a claim, and it is the key of many dicts.
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
        return hash(self.token)  # unique to the attempt

    @property
    def is_last_attempt(self) -> bool:
        return self.attempt >= self.max_attempts

    def log_ids(self) -> dict[str, object]:
        """The ids that every log line about this attempt carries."""
        return {
            "job_id": self.job_id,
            "brand_id": self.brand_id,
            "tenant_id": self.tenant_id,
            "worker_id": self.worker_id,
            "attempt": self.attempt,
            "request_id": self.request_id,
        }


class Ending(Enum):
    """How an attempt ended."""

    COMPLETED = "completed"
    RETRIED = "retried"
    FAILED = "failed"
    RELEASED = "released"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"
    FENCED = "fenced"  # the lease was lost: nothing was written


class Cancelling(Enum):
    """The result of a request to cancel."""

    CANCELLED = "cancelled"  # the job was pending
    REQUESTED = "requested"  # its worker will stop before it stores anything
    TOO_LATE = "too_late"  # it has ended, or there is no such job


class LeaseState(Enum):
    """The state of a lease at its last heartbeat."""

    HELD = "held"
    CANCEL_REQUESTED = "cancel_requested"
    LOST = "lost"


@dataclass(frozen=True, kw_only=True, slots=True)
class Heartbeat:
    """A lease to renew, with the attempt's progress: percent 0 to 100."""

    lease: Lease
    stage: str
    percent: int


@dataclass(frozen=True, kw_only=True, slots=True)
class EndedJob:
    """A job that has failed or was cancelled, as its row says."""

    job_id: UUID
    brand_id: UUID
    status: str
    attempts: int
    worker_id: str
    error_code: str
    detail: str = ""


class LeaseLost(Exception):
    """Another worker has the job, or it has ended: the attempt must stop, and can write nothing."""


class JobCancelled(Exception):
    """The job's cancellation was requested."""
