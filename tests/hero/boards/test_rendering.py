"""A rendered board shows the evidence items that are still stored."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.hero.dto import TodayBoardDTO
from kairo.hero.enums import DeleteOutcome, JobStatus
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.services.board_history import boards_by_id, get_board, list_boards
from kairo.hero.services.evidence_deletion import delete_evidence
from kairo.hero.services.today_service import get_today_board
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand()


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


Read = Callable[[Caller, OpportunitiesBoard], TodayBoardDTO]
READS: list[Read] = [
    lambda caller, board: get_today_board(caller=caller, brand_id=board.brand_id),
    lambda caller, board: get_board(caller=caller, board_id=board.id),
    lambda caller, board: list_boards(caller=caller, brand_id=board.brand_id, first=1, after=None).items[0][1],
    lambda caller, board: boards_by_id(caller=caller, ids=[board.id])[board.id],
]
every_read = pytest.mark.parametrize("read", READS, ids=["today", "board", "boards", "nodes"])


@every_read
def test_mention_shows_its_posts(brand: Brand, caller: Caller, read: Read) -> None:
    posts = factories.make_posts(brand, 3)
    board = factories.make_ready_board(
        brand,
        [factories.make_opportunity(brand)],
        mentions=[factories.a_mention(posts), factories.a_mention(posts[:1])],
    )
    first, second = read(caller, board).brand_mentions
    assert [post.url for post in first.posts] == [post.canonical_url for post in posts]
    assert [post.author for post in second.posts] == [posts[0].author_ref]


@every_read
def test_mention_shows_no_post_of_another_brand(brand: Brand, caller: Caller, read: Read) -> None:
    own = factories.make_post(brand)
    sibling, stranger = (
        factories.make_post(factories.make_brand(brand.tenant)),
        factories.make_post(factories.make_brand()),
    )
    board = factories.make_ready_board(brand, [], mentions=[factories.a_mention([sibling, own, stranger])])
    factories.make_ready_board(sibling.brand, [])
    assert [post.id for post in read(caller, board).brand_mentions[0].posts] == [own.id]


def test_mentions_of_two_brands_read_together_show_their_own_posts(brand: Brand, caller: Caller) -> None:
    sibling = factories.make_brand(brand.tenant)
    posts = [factories.make_post(brand), factories.make_post(sibling)]
    boards = [factories.make_ready_board(one, [], mentions=[factories.a_mention(posts)]) for one in (brand, sibling)]
    read = boards_by_id(caller=caller, ids=[board.id for board in boards])
    shown = [[post.id for post in read[board.id].brand_mentions[0].posts] for board in boards]
    assert shown == [[post.id] for post in posts]


@every_read
def test_mentions_of_a_board_stored_without_them_are_empty(brand: Brand, caller: Caller, read: Read) -> None:
    board = factories.make_ready_board(brand, [factories.make_opportunity(brand)])
    del board.content["brand_mentions"]
    board.save()
    shown = read(caller, board)
    assert (shown.brand_mentions, len(shown.opportunities)) == ((), 1)


@pytest.mark.parametrize("number", [1, 20])
def test_mentions_cost_no_statement_of_their_own(
    brand: Brand, caller: Caller, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mentions = [factories.a_mention(factories.make_posts(brand, 2), phrase=f"phrase {n}") for n in range(number)]
    board = factories.make_ready_board(brand, [factories.make_opportunity(brand)], mentions=mentions)
    with django_assert_num_queries(3):
        assert len(get_today_board(caller=caller, brand_id=brand.id).brand_mentions) == number
    with django_assert_num_queries(3):
        assert len(get_board(caller=caller, board_id=board.id).brand_mentions) == number


def test_mentions_without_opportunities_cost_one_statement(brand: Brand, caller: Caller) -> None:
    factories.make_ready_board(brand, [], mentions=[factories.a_mention(factories.make_posts(brand, 2))])
    with CaptureQueriesContext(connection) as statements:
        assert get_today_board(caller=caller, brand_id=brand.id).brand_mentions
    assert len(statements) == 2


@pytest.mark.parametrize("ideas", [0, 1])
def test_mentions_of_the_previous_board_show_during_a_generation(brand: Brand, caller: Caller, ideas: int) -> None:
    rows = [factories.make_opportunity(brand) for _ in range(ideas)]
    factories.make_ready_board(brand, rows, mentions=[factories.a_mention(factories.make_posts(brand, 2))])
    OpportunitiesBoard.objects.create(brand=brand, state="error", error_code="internal", remediation="…")
    assert get_today_board(caller=caller, brand_id=brand.id).brand_mentions == ()
    factories.make_job(brand, status=JobStatus.RUNNING)
    board = get_today_board(caller=caller, brand_id=brand.id)
    assert [len(mention.posts) for mention in board.brand_mentions] == [2]
    assert board.stale


@every_read
def test_mention_shows_the_posts_that_are_still_stored(brand: Brand, caller: Caller, read: Read) -> None:
    stays, goes = factories.make_posts(brand, 2)
    mentions = [factories.a_mention([goes, stays]), factories.a_mention([goes], phrase="loaf")]
    board = factories.make_ready_board(brand, [factories.make_opportunity(brand)], mentions=mentions)
    read(caller, board)  # so that a cached board would be shown
    (deleted,) = delete_evidence(caller=caller, ids=[goes.id])
    assert deleted.outcome == DeleteOutcome.DELETED
    (mention,) = read(caller, board).brand_mentions
    assert [post.id for post in mention.posts] == [stays.id]
    assert [claim.evidence_ids for claim in mention.claims] == [(stays.id,)]
    assert mention.authors == 2
