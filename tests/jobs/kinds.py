"""Both kinds of job, to run one test on each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from kairo.core.enums import JobTrigger
from kairo.core.models import Brand, Tenant
from kairo.evidence.jobs import queue as ingestions
from kairo.hero.jobs import queue as generations
from kairo.jobs.claiming import claim
from kairo.jobs.enqueueing import enqueue
from kairo.jobs.finishing import complete
from kairo.jobs.job import Job
from kairo.jobs.kind import JobKind
from kairo.jobs.lease import Ending, Lease
from tests.factories import make_brand, make_tenant
from tests.hero.jobs.rows import store_ready

KINDS: list[JobKind[Any]] = [generations.KIND, ingestions.KIND]
both_kinds = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def pending(kind: JobKind[Any], *, brand: Brand | None = None, tenant: Tenant | None = None, **changes: Any) -> Job:
    """A new job of a brand that has none."""
    brand = brand or make_brand(tenant or make_tenant(), context=False)
    own: dict[str, Any] = {"connection_ids": []} if kind is ingestions.KIND else {}
    job: Job
    job, created = enqueue(kind, brand_id=brand.id, **{"trigger": JobTrigger.USER, "priority": 10, **own, **changes})
    assert created
    return job


def claimed(kind: JobKind[Any], job: Job | None = None, *, worker_id: str = "worker-a") -> Lease:
    lease = claim(kind, job_id=(job or pending(kind)).id, worker_id=worker_id)
    assert lease is not None
    return lease


def finish(kind: JobKind[Any], lease: Lease) -> Ending:
    def store(leases: Sequence[Lease]) -> None:
        if kind is generations.KIND:
            for each in leases:
                store_ready(each)

    return complete(kind, ends={lease: "succeeded"}, store=store)[lease]


def row(kind: JobKind[Any], job: Job) -> Any:
    return kind.model._default_manager.get(id=job.id)
