from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kairo.core.enums import Platform
from kairo.core.models import Brand
from kairo.hero.boards import snapshot
from kairo.hero.dto import (
    EvidenceShortfallDTO,
    GateFailureDTO,
)
from kairo.hero.enums import GateCode, GenerationErrorCode, JobStatus, ReadyReason, TodayBoardState
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.models.board_content import BoardContent
from schema.ids import global_id
from tests.factories import make_brand, make_job, make_opportunity, make_post, make_posts, make_ready_board
from tests.schema.api import TODAY_BOARD, Api
from tests.schema.asgi_client import AsgiClient

pytestmark = [pytest.mark.django_db, pytest.mark.board_cache]


@pytest.fixture
def api() -> Api:
    return Api()


def read(api: Api, brand: Brand, query: str = TODAY_BOARD) -> dict[str, Any]:
    board: dict[str, Any] = api.data(query, b=str(brand.id))["todayBoard"]
    return board


def test_brand_without_evidence_is_not_generated_yet(api: Api) -> None:
    brand = make_brand(api.tenant)
    board = read(api, brand)
    assert board["__typename"] == "TodayBoardNotGeneratedYet"
    assert board["state"] == "NOT_GENERATED_YET"
    assert board["opportunities"] == []
    assert board["job"] is None
    assert "8" in board["remediation"]


def test_shortfall_is_reported_without_evidence(api: Api) -> None:
    make_posts(brand := make_brand(api.tenant), 3, platform=Platform.LINKEDIN)
    shortfall = read(
        api,
        brand,
        """query ($b: ID!) { todayBoard(brandId: $b) { ... on TodayBoardNotGeneratedYet { evidenceShortfall {
           requiredItems foundItems requiredPlatforms foundPlatforms missingPlatforms
           transcriptCoverage minTranscriptCoverage failures { code found needed sentence } } } } }""",
    )["evidenceShortfall"]
    assert (shortfall["requiredItems"], shortfall["foundItems"]) == (8, 3)
    assert shortfall["foundPlatforms"] == ["LINKEDIN"]
    assert shortfall["missingPlatforms"] == ["INSTAGRAM", "TIKTOK"]


def test_first_read_with_enough_evidence_starts_a_generation(api: Api) -> None:
    make_posts(brand := make_brand(api.tenant), 8)
    board = read(api, brand)
    assert board["__typename"] == "TodayBoardGenerating"
    assert board["job"]["status"] == "PENDING"
    assert read(api, brand)["job"]["id"] == board["job"]["id"]


def test_ready_board_has_opportunities_with_posts(api: Api) -> None:
    brand = make_brand(api.tenant)
    post = make_post(brand, views=2**40, likes=None, text_primary="Bread! " * 60)
    idea = make_opportunity(brand, evidence=[post])
    make_ready_board(brand, [idea])
    board = read(api, brand)
    assert (board["__typename"], board["readyReason"], board["job"]) == ("TodayBoardReady", "GENERATED", None)
    assert board["meta"]["opportunityCount"] == 1
    shown = board["opportunities"][0]
    assert shown["id"] == global_id("Opportunity", idea.id)
    assert (shown["title"], shown["type"], shown["primaryChannel"]) == (idea.title, "TREND", "INSTAGRAM")
    evidence = shown["evidence"][0]
    assert evidence["metrics"] == {"views": 2**40, "likes": None, "comments": None, "shares": None}
    assert evidence["url"] == post.canonical_url
    assert len(evidence["snippet"]) <= 200
    assert evidence["publishedAt"].endswith("Z")


@pytest.mark.parametrize("reason", ReadyReason)
def test_each_ready_reason_reaches_the_client(api: Api, reason: ReadyReason) -> None:
    make_ready_board(brand := make_brand(api.tenant), [], ready_reason=reason)
    board = read(api, brand)
    assert (board["state"], board["readyReason"], board["opportunities"]) == ("READY", reason.name, [])


def test_ready_reason_defaults_to_generated(api: Api) -> None:
    brand = make_brand(api.tenant)
    make_ready_board(brand, [make_opportunity(brand)], ready_reason=None)
    assert read(api, brand)["readyReason"] == "GENERATED"


def test_generating_board_shows_the_previous_opportunities(api: Api) -> None:
    brand = make_brand(api.tenant)
    make_ready_board(brand, [make_opportunity(brand)])
    job = make_job(brand, status=JobStatus.RUNNING)
    board = read(
        api,
        brand,
        """query ($b: ID!) { todayBoard(brandId: $b) { __typename id state readyReason opportunities { title }
           ... on TodayBoardGenerating { stale job { id stage percent attempts deadlineAt brand { id } } } } }""",
    )
    assert (board["__typename"], board["stale"], board["readyReason"]) == ("TodayBoardGenerating", True, None)
    assert len(board["opportunities"]) == 1
    assert board["job"]["id"] == global_id("GenerationJob", job.id)
    assert board["job"]["brand"]["id"] == global_id("Brand", brand.id)
    assert board["id"] == global_id("TodayBoardGenerating", brand.id)


def test_first_generation_is_empty_and_not_stale(api: Api) -> None:
    make_job(brand := make_brand(api.tenant), status=JobStatus.PENDING)
    board = read(api, brand, "query ($b: ID!) { todayBoard(brandId: $b) { ... on TodayBoardGenerating { stale } } }")
    assert board == {"stale": False}


def test_overdue_job_gives_an_error_board(api: Api) -> None:
    past = timezone.now() - timedelta(minutes=1)
    make_job(brand := make_brand(api.tenant), status=JobStatus.PENDING, deadline_at=past)
    board = read(api, brand, ERROR)
    assert board["__typename"] == "TodayBoardError"
    assert (board["errorCode"], board["retryable"]) == ("STUCK_JOB_TIMEOUT", True)


ERROR = """query ($b: ID!) { todayBoard(brandId: $b) { __typename id state remediation opportunities { id }
    ... on TodayBoardError { errorCode retryable } } }"""


@pytest.mark.parametrize("code", [*GenerationErrorCode, None])
def test_each_error_code_reaches_the_client(api: Api, code: GenerationErrorCode | None) -> None:
    brand = make_brand(api.tenant)
    stored = OpportunitiesBoard.objects.create(
        brand=brand, state=TodayBoardState.ERROR, error_code=code, remediation="Try again."
    )
    board = read(api, brand, ERROR)
    assert board["errorCode"] == (code.name if code else "INTERNAL")
    assert (board["state"], board["remediation"], board["opportunities"]) == ("ERROR", "Try again.", [])
    assert board["id"] == global_id("TodayBoardError", stored.id)


def test_insufficient_evidence_names_every_failed_gate(api: Api) -> None:
    brand = make_brand(api.tenant)
    failures = tuple(GateFailureDTO(code=code, found="1", needed="2", sentence=f"{code}.") for code in GateCode)
    shortfall = EvidenceShortfallDTO(
        required_items=8,
        found_items=1,
        required_platforms=(Platform.INSTAGRAM, Platform.TIKTOK),
        found_platforms=(Platform.WEB,),
        missing_platforms=(Platform.INSTAGRAM, Platform.TIKTOK),
        transcript_coverage=0.0,
        min_transcript_coverage=0.3,
        failures=failures,
    )
    OpportunitiesBoard.objects.create(
        brand=brand,
        state=TodayBoardState.INSUFFICIENT_EVIDENCE,
        remediation="Add posts.",
        content=BoardContent(evidence_shortfall=shortfall).to_json(),
    )
    board = read(
        api,
        brand,
        """query ($b: ID!) { todayBoard(brandId: $b) { __typename opportunities { id }
           ... on TodayBoardInsufficientEvidence { failedGates { code } evidenceShortfall { foundItems } } } }""",
    )
    assert board["__typename"] == "TodayBoardInsufficientEvidence"
    assert [gate["code"] for gate in board["failedGates"]] == GateCode.names
    assert board["evidenceShortfall"] == {"foundItems": 1}
    assert board["opportunities"] == []


@pytest.mark.parametrize("number", [0, 1, 24])
def test_ready_board_costs_at_most_four_statements(api: Api, number: int) -> None:
    brand = make_brand(api.tenant)
    make_ready_board(brand, [make_opportunity(brand, evidence=make_posts(brand, 3)) for _ in range(number)])
    with CaptureQueriesContext(connection) as statements:
        board = read(api, brand)
    assert len(board["opportunities"]) == number
    assert not board["meta"]["cacheHit"]
    assert len(statements) <= 4, [statement["sql"] for statement in statements]


def test_snapshot_costs_one_statement_and_the_authentication() -> None:
    api = Api(client=AsgiClient(board_cache=False))
    brand = make_brand(api.tenant)
    make_ready_board(brand, [make_opportunity(brand)])
    from_rows = read(api, brand)
    snapshot.refresh(brand_id=brand.id)
    with CaptureQueriesContext(connection) as statements:
        from_snapshot = read(api, brand)
    assert from_snapshot["meta"].pop("cacheHit")
    assert not from_rows["meta"].pop("cacheHit")
    assert from_snapshot == from_rows
    assert len(statements) == 2


def test_missing_opportunity_is_a_referential_integrity_error(api: Api) -> None:
    brand = make_brand(api.tenant)
    kept, lost = make_opportunity(brand), make_opportunity(brand)
    make_ready_board(brand, [kept, lost])
    with connection.cursor() as cursor:
        # The database would refuse: this is what is left after a restore that went wrong.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM core_opportunity WHERE id = %s", [lost.id])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    answer = api.ask(TODAY_BOARD, b=str(brand.id))
    assert answer["data"] is None
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "REFERENTIAL_INTEGRITY"
    assert error["extensions"]["missingIds"] == [str(lost.id)]
    assert error["extensions"]["retryable"] is False


def test_another_tenants_brand_is_not_found(api: Api) -> None:
    theirs = make_brand()
    make_ready_board(theirs, [make_opportunity(theirs)])
    assert api.codes(TODAY_BOARD, b=str(theirs.id)) == ["NOT_FOUND"]


def test_snapshot_is_not_read_for_another_tenant(api: Api) -> None:
    owner = Api()
    theirs = make_brand(owner.tenant)
    make_ready_board(theirs, [make_opportunity(theirs)])
    snapshot.refresh(brand_id=theirs.id)
    assert read(owner, theirs)["meta"]["cacheHit"]
    assert api.codes(TODAY_BOARD, b=str(theirs.id)) == ["NOT_FOUND"]
