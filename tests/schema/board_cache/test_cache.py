"""A cached response is served only while it is current, and only to callers who may read it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kairo.core.models import ApiToken, Brand, Opportunity
from kairo.core.services import access
from kairo.hero.decisions import opportunity_decisions
from kairo.hero.models import OpportunitiesJob
from kairo.hero.services.today_service import regenerate_today_board
from schema.board_cache.board_query import board_query
from schema.board_cache.cache import Hit
from schema.board_cache.tokens import CachedToken
from tests import factories
from tests.schema.api import Api
from tests.schema.asgi_client import AsgiClient
from tests.schema.board_cache.boards import generating, not_generated_yet, ready

pytestmark = pytest.mark.django_db

QUERY = """query($b: ID!) { todayBoard(brandId: $b) { __typename brand { name } meta { cacheHit }
  opportunities { title decision { kind } evidence { metrics { views } } } } }"""


@pytest.fixture
def api() -> Api:
    return Api(client=AsgiClient(board_cache=True))


def board(api: Api, brand: Brand, query: str = QUERY) -> Any:
    return api.data(query, b=str(brand.id))["todayBoard"]


def cached_board(api: Api, brand: Brand) -> Any:
    """Returns the board from the cache, by the one statement that revalidates it."""
    board(api, brand)
    with CaptureQueriesContext(connection) as statements:
        cached = board(api, brand)
    assert len(statements) == 1
    assert not api.client.bypassed
    return cached


def test_miss_and_hit_take_one_statement_each(api: Api) -> None:
    board(api, ready(api.tenant))  # the document is known from now on
    brand = ready(api.tenant)
    with CaptureQueriesContext(connection) as statements:
        first = board(api, brand)
    assert len(statements) == 1
    assert cached_board(api, brand) == first


def rename(brand: Brand) -> None:
    Brand.objects.filter(id=brand.id).update(name="Another name")


def change_metrics(brand: Brand) -> None:
    brand.evidence_items.update(views=7)


def pin(brand: Brand) -> None:
    opportunity = Opportunity.objects.filter(brand=brand).order_by("-id")[0]
    opportunity_decisions.pin(caller=factories.make_caller(brand.tenant), opportunity_id=opportunity.id)


def regenerate(brand: Brand) -> None:
    regenerate_today_board(caller=factories.make_caller(brand.tenant), brand_id=brand.id)


def store_another_board(brand: Brand) -> None:
    factories.make_ready_board(brand, [])


@pytest.mark.parametrize("change", [rename, change_metrics, pin, regenerate, store_another_board])
def test_change_invalidates_the_entry_at_once(api: Api, change: Callable[[Brand], None]) -> None:
    brand = ready(api.tenant)
    before = cached_board(api, brand)
    change(brand)
    after = board(api, brand)
    assert after != before
    django = Api(tenant=api.tenant, secret=api.secret, client=AsgiClient(board_cache=False))
    assert after == board(django, brand)


def test_valid_until_ends_the_entry_when_a_snooze_ends(api: Api) -> None:
    brand = ready(api.tenant)
    opportunity = Opportunity.objects.filter(brand=brand)[0]
    until = timezone.now() + timedelta(seconds=1.5)
    opportunity_decisions.snooze(caller=factories.make_caller(api.tenant), opportunity_id=opportunity.id, until=until)
    while timezone.now() < until:
        shown = len(board(api, brand)["opportunities"])
        if timezone.now() < until:
            assert shown == 3
    assert len(board(api, brand)["opportunities"]) == 4


def test_valid_until_ends_the_entry_at_the_jobs_deadline(api: Api) -> None:
    brand = generating(api.tenant)
    job = OpportunitiesJob.objects.filter(brand=brand, status="running")
    job.update(deadline_at=timezone.now() + timedelta(seconds=1))
    seen = {cached_board(api, brand)["__typename"]}
    end = timezone.now() + timedelta(seconds=1)
    while timezone.now() < end:
        seen.add(board(api, brand)["__typename"])
    assert seen <= {"TodayBoardGenerating", "TodayBoardError"}
    assert board(api, brand)["__typename"] == "TodayBoardError"


def test_time_of_reading_is_never_cached(api: Api) -> None:
    brand = generating(api.tenant)
    query = "query($b: ID!) { todayBoard(brandId: $b) { asOf } }"
    assert len({board(api, brand, query)["asOf"] for _ in range(3)}) == 3
    assert not api.client.bypassed


def test_removed_scope_applies_to_every_request_of_one_batch(api: Api) -> None:
    brand = ready(api.tenant)
    query = board_query(QUERY, None, {"b": str(brand.id)})
    assert query
    responses, token = api.client.responses, CachedToken(access.token_hash(api.secret))

    async def together() -> list[Hit | None]:
        return await asyncio.gather(*(responses.get_or_render(query, token=token) for _ in range(3)))

    assert all(async_to_sync(together)())
    ApiToken.objects.filter(tenant=api.tenant).update(scopes=["write"])
    assert async_to_sync(together)() == [None, None, None]


@pytest.mark.parametrize("void", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now()}, {"scopes": []}])
def test_invalid_token_is_refused_at_once(api: Api, void: dict[str, Any]) -> None:
    brand = ready(api.tenant)
    cached_board(api, brand)
    ApiToken.objects.update(**void)
    response = api.ask(QUERY, b=str(brand.id))
    assert "data" not in response
    assert response["errors"][0]["extensions"]["code"] in {"UNAUTHENTICATED", "FORBIDDEN"}


def test_entry_is_invisible_to_another_tenant(api: Api) -> None:
    brand = ready(api.tenant)
    cached_board(api, brand)
    other = Api(client=api.client)
    assert other.codes(QUERY, b=str(brand.id)) == ["NOT_FOUND"]
    board(other, ready(other.tenant))
    assert other.codes(QUERY, b=str(brand.id)) == ["NOT_FOUND"]


def test_deleted_brand_is_not_found(api: Api) -> None:
    brand = ready(api.tenant)
    cached_board(api, brand)
    brand.delete()
    assert api.codes(QUERY, b=str(brand.id)) == ["NOT_FOUND"]


def test_entry_is_shared_by_tokens_of_one_tenant(api: Api) -> None:
    brand = ready(api.tenant)
    cached_board(api, brand)
    with CaptureQueriesContext(connection) as statements:
        second = Api(tenant=api.tenant, client=api.client)
        statements_before = len(statements)
        board(second, brand)
        board(second, brand)
    assert len(statements) - statements_before <= 2


@pytest.mark.parametrize(
    "query",
    [
        "query($b: ID!) { todayBoard(brandId: $b) { brand { pillars { name } } } }",
        "query($b: ID!) { todayBoard(brandId: $b) { opportunities { persona { role } } } }",
        "query($b: ID!) { todayBoard(brandId: $b) { job { brand { name } } } brands { id } }",
        "query($b: ID!) { todayBoard(brandId: $b) { id } brand(id: $b) { id } }",
        'query($b: ID!) { todayBoard(brandId: $b, asOf: "2026-01-01T00:00:00Z") { id } }',
        "query($b: ID!) { todayBoard(brandId: $b) { id } __schema { types { name } } }",
        "query($b: ID!) { todayBoard(brandId: $b) { nothing } }",
        'query($b: ID!) { a: todayBoard(brandId: $b) { id } b: todayBoard(brandId: "x") { id } }',
        "mutation($b: ID!) { regenerateTodayBoard(input: { brandId: $b }) { __typename } }",
    ],
)
def test_operation_outside_the_board_is_responseed_by_django(api: Api, query: str) -> None:
    brand = ready(api.tenant)
    api.ask(query, b=str(brand.id))
    assert api.client.bypassed


def test_first_run_is_enqueued_behind_the_cache(api: Api) -> None:
    factories.make_posts(brand := not_generated_yet(api.tenant), 8)
    assert board(api, brand)["__typename"] == "TodayBoardGenerating"
    assert OpportunitiesJob.objects.count() == 1


def test_persisted_get_is_cached_and_revalidated_by_etag(api: Api) -> None:
    brand = ready(api.tenant)
    digest = sha256(QUERY.encode()).hexdigest()
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": digest}}
    api.post({"query": QUERY, "variables": {"b": str(brand.id)}, "extensions": extensions})
    parameters = {"variables": json.dumps({"b": str(brand.id)}), "extensions": json.dumps(extensions)}
    assert api.get(**parameters, **{"GraphQL-Require-Preflight": ""}).status_code == 400
    first = api.get(**parameters)
    assert not api.client.bypassed
    django = Api(tenant=api.tenant, secret=api.secret, client=AsgiClient(board_cache=False))
    django.get(**parameters)
    expected = django.get(**parameters)
    assert (first.content, first["ETag"], first["Vary"], first["Cache-Control"]) == (
        expected.content,
        expected["ETag"],
        expected["Vary"],
        expected["Cache-Control"],
    )
    unchanged = api.get(**parameters, If_None_Match=first["ETag"])
    expected_unchanged = django.get(**parameters, If_None_Match=first["ETag"])
    assert (unchanged.status_code, unchanged.content) == (expected_unchanged.status_code, b"") == (304, b"")
    assert not api.client.bypassed
    headers, expected_headers = (
        {k: v for k, v in r.items() if k != "X-Request-ID"} for r in (unchanged, expected_unchanged)
    )
    assert headers == expected_headers
    assert api.get(**parameters, If_Match='"another"').status_code == 412
    rename(brand)
    assert api.get(**parameters, If_None_Match=first["ETag"]).status_code == 200


def test_entries_differ_by_operation_name_and_variables(api: Api) -> None:
    brand = ready(api.tenant)
    text = str(brand.id)
    two = "query A($b: ID!) { todayBoard(brandId: $b) { id } } query B($b: ID!) { todayBoard(brandId: $b) { state } }"
    assert api.post({"query": two, "operationName": "A", "variables": {"b": text}}).content != (
        api.post({"query": two, "operationName": "B", "variables": {"b": text}}).content
    )
    flagged = "query($b: ID!, $f: Boolean!) { todayBoard(brandId: $b) { id state @include(if: $f) } }"
    assert board_of(api, flagged, b=text, f=True) != board_of(api, flagged, b=text, f=False)


def board_of(api: Api, query: str, **variables: Any) -> Any:
    return api.data(query, **variables)["todayBoard"]
