from __future__ import annotations

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from kairo.core.errors import NotFound
from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.hero.enums import JobStatus
from kairo.hero.services.job_service import (
    cancel_generation_job,
    generation_jobs_by_id,
    get_generation_job,
    list_generation_jobs,
)
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand(context=False)


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


def test_cancel_ends_a_pending_job_and_has_no_effect_afterwards(brand: Brand, caller: Caller) -> None:
    job = factories.make_job(brand, status=JobStatus.PENDING)
    first = cancel_generation_job(caller=caller, job_id=job.id)
    second = cancel_generation_job(caller=caller, job_id=job.id)
    assert (first.accepted, second.accepted) == (True, False)
    assert first.job == second.job == get_generation_job(caller=caller, job_id=job.id)
    assert first.job.status == JobStatus.CANCELLED


def test_cancel_only_requests_the_end_of_a_running_job(brand: Brand, caller: Caller) -> None:
    job = factories.make_job(brand, status=JobStatus.RUNNING)
    response = cancel_generation_job(caller=caller, job_id=job.id)
    assert response.accepted
    assert response.job.status == JobStatus.RUNNING
    assert response.job.cancel_requested_at is not None


def test_list_returns_a_page_of_the_brands_jobs_newest_first(
    brand: Brand, caller: Caller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    jobs = [factories.make_job(brand) for _ in range(3)]
    factories.make_job(factories.make_brand(brand.tenant, context=False))
    with django_assert_num_queries(2):
        page = list_generation_jobs(caller=caller, brand_id=brand.id, first=2, after=None)
    rest = list_generation_jobs(caller=caller, brand_id=brand.id, first=2, after=page.items[-1][0])
    assert [job.id for _, job in (*page.items, *rest.items)] == [job.id for job in reversed(jobs)]
    assert (page.has_next, rest.has_next) == (True, False)


def test_jobs_by_id_are_those_of_the_caller(brand: Brand, caller: Caller) -> None:
    own, foreign = factories.make_job(brand), factories.make_job(factories.make_brand(context=False))
    assert list(generation_jobs_by_id(caller=caller, ids=[own.id, foreign.id, uuid4()])) == [own.id]


def test_job_of_another_tenant_is_not_found(brand: Brand, caller: Caller) -> None:
    foreign = factories.make_job(factories.make_brand(context=False), status=JobStatus.PENDING)
    for job_id in (foreign.id, uuid4()):
        with pytest.raises(NotFound, match="GenerationJob not found"):
            get_generation_job(caller=caller, job_id=job_id)
        with pytest.raises(NotFound, match="GenerationJob not found"):
            cancel_generation_job(caller=caller, job_id=job_id)
    with pytest.raises(NotFound, match="Brand not found"):
        list_generation_jobs(caller=caller, brand_id=foreign.brand_id, first=2, after=None)
    foreign.refresh_from_db()
    assert foreign.status == JobStatus.PENDING
