"""The declaration of a kind of job: its table and its differences. It is the first argument of each verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db.models import Field

from kairo.jobs.job import Job
from kairo.jobs.lease import EndedJob

J = TypeVar("J", bound=Job)

USER_PRIORITY = 10  # a person waits for the job
SCHEDULED_PRIORITY = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Clocks:
    """Durations in seconds, read from the settings at every use."""

    lease_s: float
    deadline_s: float
    time_limit_s: float
    retry_base_s: float
    max_attempts: int


def default_clocks() -> Clocks:
    """The `KAIRO_JOB_*` settings."""
    return Clocks(
        lease_s=settings.JOB_LEASE_S,
        deadline_s=settings.JOB_DEADLINE_S,
        time_limit_s=settings.JOB_TIME_LIMIT_S,
        retry_base_s=settings.JOB_RETRY_BASE_S,
        max_attempts=settings.JOB_MAX_ATTEMPTS,
    )


def _ignore_end(ended: EndedJob) -> None:
    """Does nothing: the default of `JobKind.on_end`."""


@dataclass(frozen=True, kw_only=True, eq=False)
class JobKind(Generic[J]):
    """One kind of job.

    `model` is its table; the tables of its events and of joined idempotency keys, and the function of its run order,
    are named after it. A brand has at most one active job with the same `unique_by` columns; empty is no limit.
    `own_fields` are further fields of the model that `enqueue` takes and writes.

    A wake-up goes to `actor` in `queue`, or in `scheduled_queue` for a priority of 0. The deadline is that of an
    attempt, reset by each claim, unless `deadline_per_attempt` is false: then it is the job's, set once.

    `first_stage` is written at a claim and `completed_stage` at completion; `ended_stage` at any other end, or the
    last one stays. `on_end` is called in the transaction in which a job fails or is cancelled. The counters
    are `<name>_fenced`, `_rescued` and `_given_up`, or as `metrics` says.
    """

    name: str
    model: type[J]
    actor: str
    queue: str
    scheduled_queue: str
    completed_stage: str
    first_stage: str | None = None
    ended_stage: str | None = None
    unique_by: tuple[str, ...] = ("brand_id",)
    own_fields: tuple[str, ...] = ()
    clocks: Callable[[], Clocks] = default_clocks
    deadline_per_attempt: bool = True
    on_end: Callable[[EndedJob], None] = _ignore_end
    metrics: Mapping[str, str] = field(default_factory=dict)

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    def own_columns(self) -> dict[str, Field[Any, Any]]:
        """The model's fields by the names in `own_fields`."""
        return {field.name: field for field in self.model._meta.concrete_fields if field.name in self.own_fields}

    def metric(self, event: str) -> str:
        return self.metrics.get(event, f"{self.name}_{event}")

    @property
    def queues(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.queue, self.scheduled_queue)))

    def queue_for(self, *, priority: int) -> str:
        """The queue of a wake-up: a person waits for a job whose priority is above 0."""
        return self.queue if priority > 0 else self.scheduled_queue

    def sql(self, template: str) -> str:
        """The statement with the names of this kind's tables in place of {jobs}, {events}, {keys} and {run_order}."""
        return _sql(template, self.table)

    def params(self, **values: Any) -> dict[str, Any]:
        """`values` and the parameters that the statements take from the declaration."""
        clocks = self.clocks()
        return {
            "lease_s": clocks.lease_s,
            "deadline_s": clocks.deadline_s,
            "retry_base_s": clocks.retry_base_s,
            "max_attempts": clocks.max_attempts,
            "deadline_per_attempt": self.deadline_per_attempt,
            "first_stage": self.first_stage,
            "completed_stage": self.completed_stage,
            "ended_stage": self.ended_stage,
            **values,
        }


@lru_cache(maxsize=256)
def _sql(template: str, table: str) -> str:
    return template.format(jobs=table, events=f"{table}event", keys=f"{table}key", run_order=f"{table}_run_order")
