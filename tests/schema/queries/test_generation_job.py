from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kairo.hero.enums import JobStatus
from schema.ids import global_id
from tests.factories import make_brand, make_job
from tests.schema.api import Api

pytestmark = pytest.mark.django_db

JOB = """query ($id: ID!) { generationJob(id: $id) { id status stage percent attempts maxAttempts
  queuedAt startedAt finishedAt deadlineAt errorCode } }"""


@pytest.mark.parametrize("status", JobStatus)
def test_job_is_readable_in_each_status(status: JobStatus) -> None:
    api = Api()
    job = make_job(make_brand(api.tenant), status=status)
    with CaptureQueriesContext(connection) as statements:
        shown = api.data(JOB, id=str(job.id))["generationJob"]
    assert (shown["id"], shown["status"]) == (global_id("GenerationJob", job.id), status.name)
    assert (shown["errorCode"] == "INTERNAL") == (status == JobStatus.FAILED)
    assert (shown["finishedAt"] is None) == (status in JobStatus.active())
    assert len(statements) == 2  # authentication and the job


def test_another_tenants_job_is_not_found() -> None:
    job = make_job(make_brand())
    answer = Api().ask(JOB, id=str(job.id))
    assert answer["data"] == {"generationJob": None}
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_jobs_are_paged_newest_first() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    made = [make_job(brand) for _ in range(3)]
    page = """query ($b: ID!, $a: String) { generationJobs(brandId: $b, first: 2, after: $a) {
      nodes { id status } pageInfo { hasNextPage endCursor } } }"""
    first = api.data(page, b=str(brand.id))["generationJobs"]
    rest = api.data(page, b=str(brand.id), a=first["pageInfo"]["endCursor"])["generationJobs"]
    assert [first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]] == [True, False]
    ids = [global_id("GenerationJob", job.id) for job in reversed(made)]
    assert [node["id"] for node in first["nodes"] + rest["nodes"]] == ids


def test_failed_job_has_an_error_and_retryable() -> None:
    api = Api()
    job = make_job(make_brand(api.tenant), status="failed", error_code="worker_died")
    asked = "query ($j: ID!) { generationJob(id: $j) { errorCode error { code remediation retryHelps } } }"
    answer = api.data(asked, j=str(job.id))["generationJob"]
    assert answer["errorCode"] == answer["error"]["code"] == "WORKER_DIED"
    assert answer["error"]["retryHelps"] is False
    assert answer["error"]["remediation"]
