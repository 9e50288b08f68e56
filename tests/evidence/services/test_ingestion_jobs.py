from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from kairo.core.errors import NotFound
from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.evidence.services import ingestion_jobs
from tests import factories
from tests.evidence.sources import make_connection, make_ingestion_job, make_run

pytestmark = pytest.mark.django_db


def test_get_returns_the_job_with_its_runs_in_two_statements(
    brand: Brand, caller: Caller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    job = make_ingestion_job(brand)
    runs = [make_run(job, make_connection(brand, identifier=name)) for name in ("a", "b")]
    with django_assert_num_queries(2):
        found = ingestion_jobs.get_ingestion_job(caller=caller, job_id=job.id)
        assert [run.id for run in found.runs.all()] == [run.id for run in runs]


def test_get_and_cancel_of_another_tenants_job_are_not_found(caller: Caller) -> None:
    theirs = make_ingestion_job(factories.make_brand())
    with pytest.raises(NotFound):
        ingestion_jobs.get_ingestion_job(caller=caller, job_id=theirs.id)
    with pytest.raises(NotFound):
        ingestion_jobs.cancel_ingestion_job(caller=caller, job_id=theirs.id)


def test_cancel_is_accepted_once(brand: Brand, caller: Caller) -> None:
    job = make_ingestion_job(brand)
    assert [ingestion_jobs.cancel_ingestion_job(caller=caller, job_id=job.id)[1] for _ in range(2)] == [True, False]


def test_list_returns_the_newest_job_first(brand: Brand, caller: Caller) -> None:
    first = make_ingestion_job(brand)
    ingestion_jobs.cancel_ingestion_job(caller=caller, job_id=first.id)
    second = make_ingestion_job(brand)
    page = ingestion_jobs.list_ingestion_jobs(caller=caller, brand_id=brand.id, first=5, after=None)
    assert [job.id for _, job in page.items] == [second.id, first.id]
