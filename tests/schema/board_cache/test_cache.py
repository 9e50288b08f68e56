"""What is held is told only while it is true, and only to whom it is true for."""

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
from schema.board_cache.board_query import parse_post
from schema.board_cache.cache import Hit
from schema.board_cache.tokens import Token
from tests import factories
from tests.schema.api import Api
from tests.schema.board_cache.test_same_answers import generating, not_generated_yet, ready
from tests.schema.door import Door

pytestmark = pytest.mark.django_db

QUERY = """query($b: ID!) { todayBoard(brandId: $b) { __typename brand { name } meta { cacheHit }
  opportunities { title decision { kind } evidence { metrics { views } } } } }"""


@pytest.fixture
def api() -> Api:
    return Api(door=Door(hot=True))


def board(api: Api, brand: Brand, query: str = QUERY) -> Any:
    return api.data(query, b=str(brand.id))["todayBoard"]


def held(api: Api, brand: Brand) -> Any:
    """The board, certainly told from memory: by one statement that asks whether it is true."""
    board(api, brand)
    with CaptureQueriesContext(connection) as statements:
        again = board(api, brand)
    assert len(statements) == 1
    assert not api.door.bypassed
    return again


def test_a_miss_is_one_statement_and_a_hit_is_one(api: Api) -> None:
    brand = ready(api.tenant)
    with CaptureQueriesContext(connection) as statements:
        first = board(api, brand)
    assert len(statements) == 1
    assert not first["meta"]["cacheHit"]
    again = held(api, brand)
    assert again["meta"].pop("cacheHit")
    del first["meta"]["cacheHit"]
    assert again == first


def rename(brand: Brand) -> None:
    Brand.objects.filter(id=brand.id).update(name="Another name")


def count_again(brand: Brand) -> None:
    brand.evidence_items.update(views=7)


def pin(brand: Brand) -> None:
    idea = Opportunity.objects.filter(brand=brand).order_by("-id")[0]
    opportunity_decisions.pin(caller=factories.make_caller(brand.tenant), opportunity_id=idea.id)


def regenerate(brand: Brand) -> None:
    regenerate_today_board(caller=factories.make_caller(brand.tenant), brand_id=brand.id)


def make_another(brand: Brand) -> None:
    factories.make_ready_board(brand, [])


@pytest.mark.parametrize("change", [rename, count_again, pin, regenerate, make_another])
def test_a_change_shows_at_once(api: Api, change: Callable[[Brand], None]) -> None:
    brand = ready(api.tenant)
    before = held(api, brand)
    change(brand)
    after = board(api, brand)
    assert after != before
    assert not after["meta"]["cacheHit"]
    assert (
        after
        == Api(tenant=api.tenant, secret=api.secret, door=Door(hot=False)).data(QUERY, b=str(brand.id))["todayBoard"]
    )


def test_a_snooze_that_ends_shows_without_anybody_writing(api: Api) -> None:
    brand = ready(api.tenant)
    idea = Opportunity.objects.filter(brand=brand)[0]
    until = timezone.now() + timedelta(seconds=1.5)
    opportunity_decisions.snooze(caller=factories.make_caller(api.tenant), opportunity_id=idea.id, until=until)
    while timezone.now() < until:
        shown = len(board(api, brand)["opportunities"])
        if timezone.now() < until:
            assert shown == 3
    assert len(board(api, brand)["opportunities"]) == 4


def test_a_deadline_that_passes_is_an_error_at_once(api: Api) -> None:
    brand = generating(api.tenant)
    job = OpportunitiesJob.objects.filter(brand=brand, status="running")
    job.update(deadline_at=timezone.now() + timedelta(seconds=1))
    seen = {held(api, brand)["__typename"]}
    end = timezone.now() + timedelta(seconds=1)
    while timezone.now() < end:
        seen.add(board(api, brand)["__typename"])
    assert seen <= {"TodayBoardGenerating", "TodayBoardError"}
    assert board(api, brand)["__typename"] == "TodayBoardError"


def test_the_time_of_reading_is_never_told_twice(api: Api) -> None:
    brand = generating(api.tenant)
    query = "query($b: ID!) { todayBoard(brandId: $b) { asOf } }"
    assert len({board(api, brand, query)["asOf"] for _ in range(3)}) == 3
    assert not api.door.bypassed


def test_a_scope_that_is_taken_away_is_gone_for_everyone_who_waits_for_one_check(api: Api) -> None:
    brand = ready(api.tenant)
    asked = parse_post(json.dumps({"query": QUERY, "variables": {"b": str(brand.id)}}).encode())
    assert asked
    assert api.door.hot_path
    answers, token = api.door.hot_path.answers, Token(access.token_hash(api.secret))

    async def together() -> list[Hit | None]:
        return await asyncio.gather(*(answers.to(asked, token=token) for _ in range(3)))

    assert all(async_to_sync(together)())
    ApiToken.objects.filter(tenant=api.tenant).update(scopes=["write"])
    assert async_to_sync(together)() == [None, None, None]


@pytest.mark.parametrize("void", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now()}, {"scopes": []}])
def test_a_token_that_is_void_is_refused_at_once(api: Api, void: dict[str, Any]) -> None:
    brand = ready(api.tenant)
    held(api, brand)
    ApiToken.objects.update(**void)
    answer = api.ask(QUERY, b=str(brand.id))
    assert "data" not in answer
    assert answer["errors"][0]["extensions"]["code"] in {"UNAUTHENTICATED", "FORBIDDEN"}


def test_another_tenant_is_told_that_there_is_nothing(api: Api) -> None:
    brand = ready(api.tenant)
    held(api, brand)
    other = Api(door=api.door)
    assert other.codes(QUERY, b=str(brand.id)) == ["NOT_FOUND"]
    board(other, ready(other.tenant))
    assert other.codes(QUERY, b=str(brand.id)) == ["NOT_FOUND"]


def test_a_brand_that_is_gone_is_gone(api: Api) -> None:
    brand = ready(api.tenant)
    held(api, brand)
    brand.delete()
    assert api.codes(QUERY, b=str(brand.id)) == ["NOT_FOUND"]


def test_a_token_of_the_same_tenant_is_told_the_same(api: Api) -> None:
    brand = ready(api.tenant)
    held(api, brand)
    with CaptureQueriesContext(connection) as statements:
        second = Api(tenant=api.tenant, door=api.door)
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
def test_what_leaves_the_board_is_left_to_the_ordinary_path(api: Api, query: str) -> None:
    brand = ready(api.tenant)
    api.ask(query, b=str(brand.id))
    assert api.door.bypassed


def test_the_first_run_is_still_enqueued(api: Api) -> None:
    factories.make_posts(brand := not_generated_yet(api.tenant), 8)
    assert board(api, brand)["__typename"] == "TodayBoardGenerating"
    assert OpportunitiesJob.objects.count() == 1


def test_a_persisted_query_by_get_is_held_and_asked_about(api: Api) -> None:
    brand = ready(api.tenant)
    digest = sha256(QUERY.encode()).hexdigest()
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": digest}}
    api.post({"query": QUERY, "variables": {"b": str(brand.id)}, "extensions": extensions})
    asked = {"variables": json.dumps({"b": str(brand.id)}), "extensions": json.dumps(extensions)}
    assert api.get(**asked, **{"GraphQL-Require-Preflight": ""}).status_code == 400
    first = api.get(**asked)
    assert not api.door.bypassed
    ordinary = Api(tenant=api.tenant, secret=api.secret, door=Door(hot=False))
    ordinary.get(**asked)
    theirs = ordinary.get(**asked)
    assert (first.content, first["ETag"], first["Vary"], first["Cache-Control"]) == (
        theirs.content,
        theirs["ETag"],
        theirs["Vary"],
        theirs["Cache-Control"],
    )
    unchanged = api.get(**asked, If_None_Match=first["ETag"])
    their_unchanged = ordinary.get(**asked, If_None_Match=first["ETag"])
    assert (unchanged.status_code, unchanged.content) == (their_unchanged.status_code, b"") == (304, b"")
    assert not api.door.bypassed
    mine, same = ({k: v for k, v in r.items() if k != "X-Request-ID"} for r in (unchanged, their_unchanged))
    assert mine == same
    assert api.get(**asked, If_Match='"another"').status_code == 412
    assert api.door.bypassed
    rename(brand)
    assert api.get(**asked, If_None_Match=first["ETag"]).status_code == 200


def test_no_two_different_requests_share_an_answer(api: Api) -> None:
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
