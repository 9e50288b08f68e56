from __future__ import annotations

import pytest

from kairo.core.enums import JobTrigger
from kairo.hero.enums import JobStatus
from kairo.hero.models import OpportunitiesJob
from schema.ids import global_id
from tests.factories import make_brand, make_job, make_opportunity, make_ready_board, make_secret
from tests.schema.api import REGENERATE, Api

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Api:
    return Api()


def test_regenerate_starts_a_job(api: Api) -> None:
    brand = make_brand(api.tenant)
    answer = api.data(REGENERATE, i={"brandId": global_id("Brand", brand.id)})["regenerateTodayBoard"]
    job = OpportunitiesJob.objects.get()
    assert answer == {
        "__typename": "RegenerateTodayBoardSuccess",
        "job": {"id": global_id("GenerationJob", job.id), "status": "PENDING"},
    }
    assert (job.brand_id, job.trigger) == (brand.id, JobTrigger.USER)


def test_job_stores_the_request_id(api: Api) -> None:
    brand = make_brand(api.tenant)
    body = {"query": REGENERATE, "variables": {"i": {"brandId": str(brand.id)}}}
    api.post(body, **{"X-Request-ID": "click-17"})
    assert OpportunitiesJob.objects.get().request_id == "click-17"


def test_active_job_is_returned_as_already_requested(api: Api) -> None:
    job = make_job(brand := make_brand(api.tenant), status=JobStatus.RUNNING)
    answer = api.data(REGENERATE, i={"brandId": str(brand.id)})["regenerateTodayBoard"]
    assert answer == {
        "__typename": "GenerationAlreadyRequested",
        "job": {"id": global_id("GenerationJob", job.id), "status": "RUNNING"},
    }


def test_idempotency_key_returns_the_same_job_after_it_has_ended(api: Api) -> None:
    brand = make_brand(api.tenant)
    asked = {"brandId": str(brand.id), "idempotencyKey": "monday"}
    first = api.data(REGENERATE, i=asked)["regenerateTodayBoard"]
    OpportunitiesJob.objects.update(status=JobStatus.SUCCEEDED, finished_at="2026-01-01T00:00:00Z")
    again = api.data(REGENERATE, i=asked)["regenerateTodayBoard"]
    assert again["__typename"] == "GenerationAlreadyRequested"
    assert again["job"]["id"] == first["job"]["id"]
    other = api.data(REGENERATE, i={**asked, "idempotencyKey": "tuesday"})["regenerateTodayBoard"]
    assert other["__typename"] == "RegenerateTodayBoardSuccess"


def test_regenerate_returns_the_board_in_its_new_state(api: Api) -> None:
    brand = make_brand(api.tenant)
    make_ready_board(brand, [make_opportunity(brand)])
    answer = api.data(
        """mutation ($i: RegenerateTodayBoardInput!) { regenerateTodayBoard(input: $i) {
           ... on GenerationAccepted { job { id brand { slug } } board { state job { id } opportunities { id } } }
           } }""",
        i={"brandId": str(brand.id)},
    )["regenerateTodayBoard"]
    assert answer["board"]["state"] == "GENERATING"
    assert answer["board"]["job"]["id"] == answer["job"]["id"]
    assert len(answer["board"]["opportunities"]) == 1
    assert answer["job"]["brand"] == {"slug": brand.slug}


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 201, "nul\0", "\ud800", "naïve"])
def test_invalid_idempotency_key_is_an_invalid_input_problem(api: Api, key: str) -> None:
    brand = make_brand(api.tenant)
    answer = api.data(
        """mutation ($i: RegenerateTodayBoardInput!) { regenerateTodayBoard(input: $i) {
           __typename ... on Problem { code message } ... on InvalidInputProblem { path } } }""",
        i={"brandId": str(brand.id), "idempotencyKey": key},
    )["regenerateTodayBoard"]
    assert (answer["__typename"], answer["code"]) == ("InvalidInputProblem", "INVALID_INPUT")
    assert answer["path"] == ["input", "idempotencyKey"]
    assert not OpportunitiesJob.objects.exists()


@pytest.mark.parametrize("given", ["", "x", "\0", "\ud800"])
def test_unknown_brand_is_a_not_found_problem(api: Api, given: str) -> None:
    for brand_id in (given, str(make_brand().id)):
        answer = api.data(REGENERATE, i={"brandId": brand_id})["regenerateTodayBoard"]
        assert answer == {"__typename": "NotFoundProblem", "message": "Brand not found.", "code": "NOT_FOUND"}
    assert not OpportunitiesJob.objects.exists()


def test_mutation_requires_the_write_scope(api: Api) -> None:
    brand = make_brand(api.tenant)
    reader = Api(tenant=api.tenant, secret=make_secret(api.tenant, scopes=["read"]))
    assert reader.codes(REGENERATE, i={"brandId": str(brand.id)}) == ["FORBIDDEN"]
    assert not OpportunitiesJob.objects.exists()
    assert reader.data("{ brands { id } }")["brands"]


def test_query_requires_the_read_scope(api: Api) -> None:
    writer = Api(tenant=api.tenant, secret=make_secret(api.tenant, scopes=["write"]))
    assert writer.codes("{ brands { id } }") == ["FORBIDDEN"]
