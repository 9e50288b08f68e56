from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kairo.core.models import Brand
from schema.ids import global_id
from tests.evidence.sources import make_connection, make_ingestion_job, make_run
from tests.factories import make_brand
from tests.schema.api import Api

pytestmark = pytest.mark.django_db

JOBS = """
query ($b: ID!, $first: Int, $after: String) { ingestionJobs(brandId: $b, first: $first, after: $after) {
  nodes { id brand { slug } runs { id } } pageInfo { hasNextPage endCursor }
} }
"""
JOB = """
query ($id: ID!) { ingestionJob(id: $id) {
  status stage percent pollAfterMs stoppedEarly estimatedCostUsd actualCostUsd error { code retryHelps }
  counts { items created updated unchanged duplicates rejected }
  runs { connectionId platform kind identifier stage status estimatedCostUsd actualCostUsd
         counts { created } rejections { code items } error { code } startedAt finishedAt }
} }
"""


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def brand(api: Api) -> Brand:
    return make_brand(api.tenant)


def test_job_has_its_runs_costs_and_counts(api: Api, brand: Brand) -> None:
    job = make_ingestion_job(brand, stage="waiting", percent=50)
    nike = make_connection(brand)
    costs = {"estimated_usd": Decimal("0.054"), "actual_usd": Decimal("0.0300001")}
    make_run(job, nike, **costs, items=9, created=5, rejected=4, rejections={"not_an_object": 4})
    make_run(job, nike, stage="reels", status="failed", error_code="run_failed", estimated_usd=Decimal("0.05"))
    shown = api.data(JOB, id=global_id("IngestionJob", job.id))["ingestionJob"]
    assert (shown["status"], shown["stage"], shown["percent"], shown["pollAfterMs"]) == ("PENDING", "WAITING", 50, 2000)
    assert (shown["estimatedCostUsd"], shown["actualCostUsd"]) == ("0.104000", "0.030000")
    assert shown["counts"] == {
        "items": 9, "created": 5, "updated": 0, "unchanged": 0, "duplicates": 0, "rejected": 4,
    }  # fmt: skip
    first, second = shown["runs"]
    assert (first["connectionId"], first["identifier"]) == (global_id("EvidenceSource", nike.id), "nike")
    assert first["rejections"] == [{"code": "NOT_AN_OBJECT", "items": 4}]
    assert (second["status"], second["error"], second["actualCostUsd"]) == ("FAILED", {"code": "RUN_FAILED"}, None)


def test_failed_job_has_an_error(api: Api, brand: Brand) -> None:
    ended = {"status": "failed", "error_code": "daily_cap_reached", "finished_at": timezone.now()}
    job = make_ingestion_job(brand, **ended)
    shown = api.data(JOB, id=str(job.id))["ingestionJob"]
    assert shown["error"] == {"code": "DAILY_CAP_REACHED", "retryHelps": True}
    assert shown["pollAfterMs"] is None


def test_jobs_are_paged_newest_first(api: Api, brand: Brand) -> None:
    now = timezone.now()
    rows = [
        make_ingestion_job(brand, status="succeeded", finished_at=now, created_at=now - timedelta(minutes=number))
        for number in range(5)
    ]
    make_ingestion_job(make_brand(api.tenant))
    first = api.data(JOBS, b=str(brand.id), first=3)["ingestionJobs"]
    rest = api.data(JOBS, b=str(brand.id), first=3, after=first["pageInfo"]["endCursor"])["ingestionJobs"]
    ids = [node["id"] for node in first["nodes"] + rest["nodes"]]
    assert ids == [global_id("IngestionJob", row.id) for row in rows]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)


def test_page_statements_do_not_depend_on_jobs_and_runs(api: Api, brand: Brand) -> None:
    nike = make_connection(brand)
    for _ in range(6):
        job = make_ingestion_job(brand, status="succeeded", finished_at=timezone.now())
        for stage in ("posts", "reels"):
            make_run(job, nike, stage=stage)
    with CaptureQueriesContext(connection) as statements:
        shown = api.data(JOBS, b=str(brand.id))["ingestionJobs"]
    assert [len(node["runs"]) for node in shown["nodes"]] == [2] * 6
    assert len(statements) == 5, [each["sql"][:80] for each in statements]  # authentication, brand, jobs, runs, brands
