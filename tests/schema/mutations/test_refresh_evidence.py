from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from kairo.core.enums import JobTrigger
from kairo.core.models import Brand
from kairo.evidence.enums import IngestionStatus
from kairo.evidence.ingestion.runner import IngestionRunner
from kairo.evidence.models import IngestionJob
from kairo.hero.enums import JobStatus
from kairo.hero.jobs import queue
from kairo.hero.models import OpportunitiesJob
from schema.ids import global_id
from tests.evidence.sources import (
    PATHS,
    Feed,
    Scraper,
    Vendor,
    found,
    make_connection,
    make_feed,
    make_ingestion_job,
)
from tests.factories import make_brand, make_job, make_posts, make_secret
from tests.schema.api import TODAY_BOARD, Api

pytestmark = pytest.mark.django_db

REFRESH = """
mutation ($i: RefreshEvidenceInput!) { refreshEvidence(input: $i) {
  __typename
  ... on RefreshAccepted { job { id status runs { id } } }
  ... on Problem { code message }
} }
"""
REGENERATE = """
mutation ($i: RegenerateTodayBoardInput!) { regenerateTodayBoard(input: $i) {
  __typename
  ... on GenerationAccepted { job { id status } ingestionJob { id status generationJobId } evidenceProblem { code } }
} }
"""


@pytest.fixture(autouse=True)
def vendor(settings: Settings) -> Vendor:
    settings.KAIRO_EVIDENCE_SOURCES, settings.KAIRO_EVIDENCE_ENOUGH = PATHS, ""
    Scraper.vendor, Feed.answers, Feed.requests = Vendor(), [found(1, 2)], []
    return Scraper.vendor


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def brand(api: Api) -> Brand:
    return make_brand(api.tenant)


def refresh(api: Api, brand: Brand, **given: Any) -> dict[str, Any]:
    answer: dict[str, Any] = api.data(REFRESH, i={"brandId": str(brand.id), **given})["refreshEvidence"]
    return answer


def regenerate(api: Api, brand: Brand, **given: Any) -> dict[str, Any]:
    asked = {"brandId": str(brand.id), "refreshEvidence": True, **given}
    answer: dict[str, Any] = api.data(REGENERATE, i=asked)["regenerateTodayBoard"]
    return answer


class TestRefresh:
    def test_it_starts_a_job_for_all_that_is_enabled_longest_unread_first(self, api: Api, brand: Brand) -> None:
        read = make_connection(brand, last_read_at=timezone.now())
        never = make_connection(brand, identifier="never")
        make_connection(brand, identifier="paused", enabled=False)
        answer = refresh(api, brand)
        job = IngestionJob.objects.get()
        assert answer == {
            "__typename": "RefreshEvidenceSuccess",
            "job": {"id": global_id("IngestionJob", job.id), "status": "PENDING", "runs": []},
        }
        assert (job.connection_ids, job.trigger) == ([never.id, read.id], JobTrigger.USER)

    def test_active_job_is_returned_as_already_requested(self, api: Api, brand: Brand) -> None:
        make_connection(brand)
        first = refresh(api, brand)
        again = refresh(api, brand)
        assert (again["__typename"], again["job"]["id"]) == ("RefreshAlreadyRequested", first["job"]["id"])

    def test_the_same_key_gives_the_same_job(self, api: Api, brand: Brand) -> None:
        make_connection(brand)
        first = refresh(api, brand, idempotencyKey="monday")
        IngestionJob.objects.update(status="succeeded", finished_at=timezone.now())
        assert refresh(api, brand, idempotencyKey="monday")["job"]["id"] == first["job"]["id"]
        assert refresh(api, brand)["job"]["id"] != first["job"]["id"]

    def test_one_connection_can_be_named(self, api: Api, brand: Brand) -> None:
        make_connection(brand)
        other = make_connection(brand, identifier="other")
        refresh(api, brand, connectionIds=[global_id("EvidenceSource", other.id)])
        assert IngestionJob.objects.get().connection_ids == [other.id]

    def test_another_brands_connection_is_not_found(self, api: Api, brand: Brand) -> None:
        make_connection(brand)
        theirs = make_connection(make_brand(api.tenant))
        assert refresh(api, brand, connectionIds=[str(theirs.id)])["code"] == "NOT_FOUND"
        assert not IngestionJob.objects.exists()

    def test_without_a_connection_there_is_nothing_to_read(self, api: Api, brand: Brand) -> None:
        make_connection(brand, enabled=False)
        assert refresh(api, brand)["code"] == "NOTHING_TO_READ"

    def test_an_archived_brand_is_not_read(self, api: Api, brand: Brand) -> None:
        make_connection(brand)
        brand.archived_at = timezone.now()
        brand.save()
        assert refresh(api, brand)["code"] == "BRAND_ARCHIVED"

    @pytest.mark.parametrize("given", [{"idempotencyKey": "a b"}, {"connectionIds": ["x"] * 51}])
    def test_what_cannot_be_used_is_invalid_input(self, api: Api, brand: Brand, given: dict[str, Any]) -> None:
        assert refresh(api, brand, **given)["code"] == "INVALID_INPUT"

    def test_mutation_requires_the_write_scope(self, api: Api, brand: Brand) -> None:
        reader = Api(tenant=api.tenant, secret=make_secret(api.tenant, scopes=["read"]))
        assert reader.codes(REFRESH, i={"brandId": str(brand.id)}) == ["FORBIDDEN"]


CANCEL = """
mutation ($i: CancelIngestionJobInput!) { cancelIngestionJob(input: $i) {
  __typename ... on IngestionJobCancelled { job { status error { code } } }
} }
"""


def test_job_is_cancelled_once(api: Api, brand: Brand) -> None:
    asked = {"jobId": str(make_ingestion_job(brand).id)}
    assert api.data(CANCEL, i=asked)["cancelIngestionJob"] == {
        "__typename": "IngestionJobCancelled",
        "job": {"status": "CANCELLED", "error": {"code": "CANCELLED"}},
    }
    assert api.data(CANCEL, i=asked)["cancelIngestionJob"]["__typename"] == "IngestionJobAlreadyFinished"


class TestFreshBoard:
    @pytest.mark.board_cache
    def test_the_board_waits_for_the_evidence(self, api: Api, brand: Brand) -> None:
        make_feed(brand)
        answer = regenerate(api, brand)
        ingestion, job = IngestionJob.objects.get(), OpportunitiesJob.objects.get()
        assert answer == {
            "__typename": "RegenerateTodayBoardSuccess",
            "job": {"id": global_id("GenerationJob", job.id), "status": "PENDING"},
            "ingestionJob": {
                "id": global_id("IngestionJob", ingestion.id),
                "status": "PENDING",
                "generationJobId": global_id("GenerationJob", job.id),
            },
            "evidenceProblem": None,
        }
        assert api.data(TODAY_BOARD, b=str(brand.id))["todayBoard"]["state"] == "GENERATING"
        assert queue.claim_next(worker_id="w") is None
        IngestionRunner().run(job_id=ingestion.id)
        assert Feed.requests == ["https://blog.example/feed"]
        assert queue.claim(job_id=job.id, worker_id="w") is not None

    def test_it_is_made_of_what_is_stored_when_the_reading_fails(self, api: Api, brand: Brand) -> None:
        Feed.answers = [[]]
        make_feed(brand)
        answer = regenerate(api, brand)
        IngestionRunner().run(job_id=IngestionJob.objects.get().id)
        job = api.data(
            "query ($id: ID!) { ingestionJob(id: $id) { status error { code remediation } } }",
            id=answer["ingestionJob"]["id"],
        )["ingestionJob"]
        assert (job["status"], job["error"]["code"]) == ("FAILED", "NO_ITEMS")
        assert queue.claim_next(worker_id="w") is not None

    def test_without_anything_to_read_it_is_made_at_once_and_says_why(self, api: Api, brand: Brand) -> None:
        answer = regenerate(api, brand)
        assert (answer["ingestionJob"], answer["evidenceProblem"]) == (None, {"code": "NOTHING_TO_READ"})
        assert queue.claim_next(worker_id="w") is not None

    def test_a_reading_that_goes_on_already_is_waited_for(self, api: Api, brand: Brand) -> None:
        make_feed(brand)
        refresh(api, brand)
        answer = regenerate(api, brand)
        assert answer["ingestionJob"]["generationJobId"] == answer["job"]["id"]
        assert IngestionJob.objects.count() == 1
        IngestionRunner().run_next()
        assert queue.claim_next(worker_id="w") is not None

    def test_while_a_board_is_made_already_nothing_is_read(self, api: Api, brand: Brand) -> None:
        make_feed(brand)
        make_job(brand, status=JobStatus.RUNNING)
        answer = regenerate(api, brand)
        assert (answer["__typename"], answer["ingestionJob"]) == ("GenerationAlreadyRequested", None)
        assert not IngestionJob.objects.exists()


def test_only_refresh_evidence_reads_sources(api: Api, brand: Brand, vendor: Vendor) -> None:
    """Not a read, not a first run, not a board of what is stored."""
    make_connection(brand)
    make_feed(brand)
    make_posts(brand, 12)
    board = api.data(TODAY_BOARD, b=str(brand.id))["todayBoard"]
    assert board["state"] == "GENERATING"  # the first run
    regenerate(api, brand, refreshEvidence=False)
    api.data("query ($b: ID!) { brand(id: $b) { sourceConnections { id } } }", b=str(brand.id))
    api.data("query ($b: ID!) { ingestionJobs(brandId: $b) { nodes { id } } }", b=str(brand.id))
    assert not IngestionJob.objects.exists()
    assert IngestionRunner().run_next() is None
    assert (vendor.calls, Feed.requests) == ([], [])


def test_cancelled_job_reads_nothing_more(api: Api, brand: Brand, vendor: Vendor) -> None:
    make_connection(brand)
    refresh(api, brand)
    api.data(CANCEL, i={"jobId": str(IngestionJob.objects.get().id)})
    assert IngestionRunner().run_next() is None
    assert IngestionJob.objects.get().status == IngestionStatus.CANCELLED
    assert vendor.calls == []
