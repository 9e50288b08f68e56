"""Ingestion through Apify from end to end: the job, the source, and the fake vendor over HTTP."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum
from django.db.models.functions import Now
from django.utils.timezone import now
from pytest_django import Settings

from kairo.core.models import Brand
from kairo.evidence.enums import IngestionStatus
from kairo.evidence.ingestion.runner import IngestionRunner
from kairo.evidence.models import IngestionJob, NormalizedEvidenceItem, SourceConnection, SourceRun, SpendEntry
from kairo.hero.enums import JobStatus
from kairo.hero.generation.job_runner import JobRunner
from tests.evidence.sources import make_connection
from tests.factories import make_brand, make_job, make_posts
from tests.integrations.apify.runs import post
from tests.integrations.apify.server import ApiError, Apify
from tests.schema.api import REGENERATE, TODAY_BOARD, Api

pytestmark = pytest.mark.django_db(transaction=True)

REFRESH = """
mutation ($i: RefreshEvidenceInput!) { refreshEvidence(input: $i) {
  __typename ... on RefreshAccepted { job { id } } ... on Problem { code }
} }
"""


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def brand(api: Api, settings: Settings) -> Brand:
    settings.KAIRO_EVIDENCE_SOURCES = ["kairo.integrations.apify.source.ApifySource"]
    return make_brand(api.tenant)


def refresh(api: Api, brand: Brand, **given: Any) -> IngestionJob:
    """Requests a job and runs it to its end."""
    api.data(REFRESH, i={"brandId": str(brand.id), "stopWhenEnough": False, **given})
    job = IngestionJob.objects.latest("created_at")
    for _ in range(10):
        IngestionJob.objects.filter(id=job.id, status="pending").update(available_at=Now())
        if IngestionRunner().run(job_id=job.id) is None:
            break
    job.refresh_from_db()
    return job


def test_job_reads_instagram_in_two_stages_with_transcripts(api: Api, brand: Brand, apify: Apify) -> None:
    make_connection(brand, source="apify")
    apify.items["apify/instagram-scraper"] = [post(1), post(2, videoPlayCount=500), post(3, type="Image"), post(4)]
    apify.items["apify/instagram-reel-scraper"] = [
        post(1, transcript="Bake it cold."),
        {"error": "not_found", "errorDescription": "Gone", "inputUrl": "https://www.instagram.com/reel/C4/"},
    ]
    job = refresh(api, brand)
    assert (job.status, job.error_code) == (IngestionStatus.SUCCEEDED, None)
    first, second = [call.body for call in apify.of("start")]
    assert first["resultsLimit"] == 20
    assert second["username"] == ["https://www.instagram.com/reel/C1/", "https://www.instagram.com/reel/C4/"]
    posts = NormalizedEvidenceItem.objects.filter(brand=brand)
    assert {row.external_id: row.has_transcript for row in posts} == {"1": True, "2": False, "3": False, "4": False}
    discovery, enrichment = SourceRun.objects.order_by("created_at")
    assert (discovery.created, enrichment.updated, enrichment.rejections) == (4, 1, {"scraper_error": 1})
    assert SpendEntry.objects.aggregate(all=Sum("actual_usd"))["all"] == Decimal("0.02")


def test_job_keeps_a_transcript_and_does_not_pay_twice(api: Api, brand: Brand, apify: Apify) -> None:
    make_connection(brand, source="apify")
    apify.items["apify/instagram-scraper"] = [post(1)]
    apify.items["apify/instagram-reel-scraper"] = [post(1, transcript="Bake it cold.")]
    refresh(api, brand)
    apify.items["apify/instagram-scraper"] = [post(1, videoPlayCount=9_000), post(2)]
    apify.items["apify/instagram-reel-scraper"] = [post(2, transcript="Or hot.")]
    refresh(api, brand)
    assert [call.body.get("username") for call in apify.of("start")] == [
        None,
        ["https://www.instagram.com/reel/C1/"],
        None,
        ["https://www.instagram.com/reel/C2/"],
    ]
    reel = NormalizedEvidenceItem.objects.get(external_id="1")
    assert (reel.views, reel.text_secondary, reel.has_transcript) == (9_000, "Bake it cold.", True)


def test_job_stops_at_its_own_cap_and_at_the_days(api: Api, brand: Brand, apify: Apify, settings: Settings) -> None:
    apify.items["clockworks/tiktok-scraper"] = []
    for number in range(8):
        make_connection(brand, source="apify", platform="tiktok", identifier=f"n{number}")
    apify.cost_usd = 0.075
    refresh(api, brand)
    assert len(apify.of("start")) == 3  # 4 * 0.075 is above 0.25
    assert SourceRun.objects.filter(error_code="run_cap_reached").count() == 5
    refresh(api, brand)
    assert len(apify.of("start")) == 6  # 0.45 of the day's 0.50
    assert refresh(api, brand).error_code == "daily_cap_reached"
    assert len(apify.of("start")) == 6


def test_job_fails_with_the_vendors_code(api: Api, brand: Brand, apify: Apify) -> None:
    make_connection(brand, source="apify")
    apify.faults = {"start": [ApiError(status=402)]}
    job = refresh(api, brand)
    assert (job.status, job.error_code, len(apify.of("start"))) == (IngestionStatus.FAILED, "payment_required", 1)


@pytest.mark.board_cache
def test_apify_is_called_by_a_refresh_only(api: Api, brand: Brand, apify: Apify) -> None:
    """Reading a board, its first generation, a regeneration and a schedule make no call."""
    due = make_connection(brand, source="apify", hour=0)
    SourceConnection.objects.filter(id=due.id).update(scheduled_on=now() - timedelta(days=1))
    make_posts(brand, 12)
    assert api.data(TODAY_BOARD, b=str(brand.id))["todayBoard"]["state"] == "GENERATING"
    assert JobRunner().run_next()
    api.data(REGENERATE, i={"brandId": str(brand.id)})
    assert JobRunner().run_next()
    assert api.data(TODAY_BOARD, b=str(brand.id))["todayBoard"]["state"] == "READY"
    api.data("query ($b: ID!) { ingestionJobs(brandId: $b) { nodes { id } } }", b=str(brand.id))
    runner = IngestionRunner()
    runner.reap()
    while runner.run_next():
        pass
    assert [run.error_code for run in SourceRun.objects.all()] == ["consent_missing"]
    assert apify.calls == []


def test_board_that_exists_spends_nothing(api: Api, brand: Brand, apify: Apify) -> None:
    make_connection(brand, source="apify")
    make_job(brand, status=JobStatus.RUNNING)
    api.data(REGENERATE, i={"brandId": str(brand.id), "refreshEvidence": True})
    assert IngestionRunner().run_next() is None
    assert apify.calls == []
