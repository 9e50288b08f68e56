"""An idempotency key gives the same job, also after it has ended, and also where another request had made the job."""

from __future__ import annotations

from typing import Any

import pytest

from kairo.core.enums import JobTrigger
from kairo.core.models import Brand
from kairo.jobs.enqueueing import enqueue
from kairo.jobs.finishing import cancel
from kairo.jobs.job import Job
from kairo.jobs.kind import JobKind
from tests.factories import make_brand
from tests.hero.jobs.rows import at_once
from tests.jobs.kinds import both_kinds, claimed, finish, pending


def request(kind: JobKind[Any], brand: Brand, key: str | None) -> tuple[Job, bool]:
    own: dict[str, Any] = {"connection_ids": []} if kind.name == "ingestion" else {}
    return enqueue(kind, brand_id=brand.id, trigger=JobTrigger.USER, priority=10, idempotency_key=key, **own)


@pytest.mark.django_db
@both_kinds
def test_key_that_joined_active_job_gives_that_job_after_its_end(kind: JobKind[Any]) -> None:
    brand = make_brand(context=False)
    job = pending(kind, brand=brand, idempotency_key="k1")
    assert request(kind, brand, "k2") == (job, False)
    finish(kind, claimed(kind, job))

    assert request(kind, brand, "k2") == (job, False)
    assert request(kind, brand, "k1") == (job, False)
    other, created = request(kind, brand, "k3")
    assert (created, other.id != job.id) == (True, True)
    assert request(kind, brand, "k2") == (job, False), "the active job is another request's"


@pytest.mark.django_db
@both_kinds
def test_key_that_joined_job_of_request_without_key_is_remembered(kind: JobKind[Any]) -> None:
    brand = make_brand(context=False)
    job = pending(kind, brand=brand)
    assert request(kind, brand, "k") == (job, False)
    cancel(kind, job_id=job.id, by="test")
    assert request(kind, brand, "k") == (job, False)
    assert request(kind, brand, None)[1]


@pytest.mark.django_db
@both_kinds
def test_joined_key_is_brands_own(kind: JobKind[Any]) -> None:
    brand, other = make_brand(context=False), make_brand(context=False)
    job = pending(kind, brand=brand, idempotency_key="k1")
    request(kind, brand, "k2")
    theirs, created = request(kind, other, "k2")
    assert (created, theirs.id != job.id) == (True, True)


@pytest.mark.django_db
@both_kinds
def test_joined_key_goes_with_its_job(kind: JobKind[Any]) -> None:
    brand = make_brand(context=False)
    job = pending(kind, brand=brand)
    request(kind, brand, "k")
    finish(kind, claimed(kind, job))
    kind.model._default_manager.filter(id=job.id).delete()
    assert request(kind, brand, "k")[1]


@pytest.mark.django_db(transaction=True)
@both_kinds
def test_twenty_requests_with_one_key_get_one_job(kind: JobKind[Any]) -> None:
    brand = make_brand(context=False)
    pending(kind, brand=brand, idempotency_key="k1")
    answers = at_once(20, lambda index: request(kind, brand, "k2")[0].id)
    assert len(set(answers)) == 1
