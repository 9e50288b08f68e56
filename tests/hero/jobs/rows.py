"""Shorthands for looking at jobs, and for moving them through time by the database's clock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, connections
from django.db.models import F

from kairo.core.enums import JobTrigger
from kairo.core.models import Brand
from kairo.hero.enums import JobStatus, ReadyReason, TodayBoardState
from kairo.hero.jobs import queue
from kairo.hero.jobs.queue import Ending, Lease
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob, OpportunitiesJobEvent
from tests.factories import make_brand

T = TypeVar("T")


def pending(brand: Brand | None = None, **changes: Any) -> OpportunitiesJob:
    job, created = queue.enqueue(
        brand_id=(brand or make_brand(context=False)).id,
        **{"trigger": JobTrigger.USER, "priority": 10, **changes},
    )
    assert created
    return job


def claimed(job: OpportunitiesJob | None = None, *, worker_id: str = "worker-a") -> Lease:
    lease = queue.claim(job_id=(job or pending()).id, worker_id=worker_id)
    assert lease is not None
    return lease


def age(job_id: UUID, *fields: str, seconds: float) -> None:
    """Moves times of a row into the past, as if the clock had gone on."""
    OpportunitiesJob.objects.filter(id=job_id).update(**{name: F(name) - timedelta(seconds=seconds) for name in fields})


def die(lease: Lease) -> None:
    """The worker is gone: its lease ran out a second ago."""
    age(lease.job_id, "lease_expires_at", seconds=61)


def finish(lease: Lease, *, status: JobStatus = JobStatus.SUCCEEDED) -> Ending:
    return queue.complete(ends={lease: status.value}, store=lambda leases: [store_ready(each) for each in leases])[
        lease
    ]


def store_ready(lease: Lease) -> OpportunitiesBoard:
    return OpportunitiesBoard.objects.create(
        brand_id=lease.brand_id,
        job_id=lease.job_id,
        attempt=lease.attempt,
        state=TodayBoardState.READY,
        ready_reason=ReadyReason.NO_VALID_CANDIDATES,
    )


def row(job_id: UUID) -> OpportunitiesJob:
    return OpportunitiesJob.objects.get(id=job_id)


def board(job_id: UUID) -> OpportunitiesBoard:
    return OpportunitiesBoard.objects.get(job_id=job_id)


def kinds(job_id: UUID) -> list[str]:
    return list(OpportunitiesJobEvent.objects.filter(job_id=job_id).order_by("id").values_list("kind", flat=True))


def at_once(number: int, work: Callable[[int], T]) -> list[T]:
    """What `number` threads return that start at the same moment, each on a connection of its own."""
    barrier = threading.Barrier(number)
    results: dict[int, T] = {}
    errors: list[BaseException] = []

    def run(index: int) -> None:
        # Not from the pool: it has fewer than some tests need, and those who wait would not be there at once.
        own = connections["default"].settings_dict
        connections["default"].settings_dict = {**own, "OPTIONS": {**own["OPTIONS"], "pool": False}}
        try:
            barrier.wait()
            results[index] = work(index)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [results[index] for index in range(number)]
