from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kairo.core.models import Brand
from kairo.hero.models import OpportunitiesBoard
from tests.factories import make_brand, make_opportunity, make_ready_board
from tests.schema.api import Api

pytestmark = pytest.mark.django_db

BOARD = "query ($id: ID!) { board(id: $id) { __typename id state opportunities { title evidence { url } } } }"
BOARDS = """query ($b: ID!, $first: Int, $after: String) { boards(brandId: $b, first: $first, after: $after) {
  nodes { id } edges { cursor node { id opportunities { evidence { url } } } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
DIFF = "query ($f: ID!, $t: ID!) { boardDiff(from: $f, to: $t) { kind title cause previousScore score } }"
AS_OF = "query ($b: ID!, $at: DateTime) { todayBoard(brandId: $b, asOf: $at) { __typename id } }"


def boards(brand: Brand, number: int) -> list[OpportunitiesBoard]:
    """Newest first, a day apart."""
    now = timezone.now()
    return [
        make_ready_board(brand, [make_opportunity(brand), make_opportunity(brand)], created_at=now - timedelta(days=n))
        for n in range(number)
    ]


@pytest.mark.board_cache
def test_node_reads_the_current_board_by_its_id() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    boards(brand, 2)
    today = api.data("query ($b: ID!) { todayBoard(brandId: $b) { id } }", b=str(brand.id))["todayBoard"]
    board = api.data(BOARD, id=today["id"])["board"]
    assert (board["__typename"], board["id"], board["state"]) == ("TodayBoardReady", today["id"], "READY")
    assert all(idea["evidence"] for idea in board["opportunities"])


def test_boards_are_paged() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    made = boards(brand, 5)
    first = api.data(BOARDS, b=str(brand.id), first=3)["boards"]
    assert first["pageInfo"]["hasNextPage"] is True
    assert first["pageInfo"]["hasPreviousPage"] is False
    rest = api.data(BOARDS, b=str(brand.id), first=3, after=first["pageInfo"]["endCursor"])["boards"]
    assert rest["pageInfo"]["hasNextPage"] is False
    assert rest["pageInfo"]["hasPreviousPage"] is True
    ids = [api.data(BOARD, id=str(board.id))["board"]["id"] for board in made]
    assert [node["id"] for node in first["nodes"] + rest["nodes"]] == ids
    bare = api.data(
        "query ($b: ID!) { boards(brandId: $b) { edges { node { id opportunities { id } } } } }", b=str(brand.id)
    )
    assert len(bare["boards"]["edges"]) == 5
    assert api.codes(BOARDS, b=str(brand.id), after="nonsense") == ["BAD_USER_INPUT"]
    assert api.codes(BOARDS, b=str(brand.id), first=101) == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("number", [1, 50])
def test_page_costs_five_statements_with_authentication(number: int) -> None:
    api = Api()
    brand = make_brand(api.tenant)
    boards(brand, number)
    with CaptureQueriesContext(connection) as statements:
        assert len(api.data(BOARDS, b=str(brand.id), first=50)["boards"]["nodes"]) == number
    assert len(statements) == 5


def test_board_diff_lists_new_and_gone_opportunities() -> None:
    api = Api()
    later, earlier = boards(make_brand(api.tenant), 2)
    changes = api.data(DIFF, f=str(earlier.id), t=str(later.id))["boardDiff"]
    assert [change["kind"] for change in changes] == ["NEW", "NEW", "GONE", "GONE"]
    assert all(change["cause"] for change in changes)
    other = make_ready_board(make_brand(api.tenant), [])
    assert api.codes(DIFF, f=str(earlier.id), t=str(other.id)) == ["BAD_USER_INPUT"]


def test_today_board_as_of_returns_the_board_of_that_time() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    _, yesterdays = boards(brand, 2)
    moment = (timezone.now() - timedelta(hours=3)).isoformat()
    read = api.data(AS_OF, b=str(brand.id), at=moment)["todayBoard"]
    assert read["id"] == api.data(BOARD, id=str(yesterdays.id))["board"]["id"]
    before = api.data(AS_OF, b=str(brand.id), at="2020-01-01T00:00:00Z")["todayBoard"]
    assert before["__typename"] == "TodayBoardNotGeneratedYet"
