"""Earlier boards read as they were generated, in pages, within one tenant."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kairo.core.errors import BrokenReference, Invalid, NotFound
from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.hero.decisions import opportunity_decisions
from kairo.hero.dto import BrandMentionDTO
from kairo.hero.enums import ChangeKind, MentionChangeKind, TodayBoardState
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob
from kairo.hero.services.board_history import board_as_of, diff_boards, diff_mentions, get_board, list_boards
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand()


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


def make_board(brand: Brand, *, days_ago: int, ideas: int = 1) -> OpportunitiesBoard:
    moment = timezone.now() - timedelta(days=days_ago)
    rows = [factories.make_opportunity(brand) for _ in range(ideas)]
    return factories.make_ready_board(brand, rows, created_at=moment, as_of=moment)


def test_board_ignores_later_decisions(brand: Brand, caller: Caller) -> None:
    board = make_board(brand, days_ago=3, ideas=3)
    opportunity_decisions.ignore(caller=caller, opportunity_id=board.opportunity_ids[0])
    read = get_board(caller=caller, board_id=board.id)
    assert [idea.id for idea in read.opportunities] == board.opportunity_ids
    assert all(idea.evidence for idea in read.opportunities)
    assert read.board_id == board.id


def test_pages_of_boards_have_no_gap_and_no_repeat(brand: Brand, caller: Caller) -> None:
    boards = [make_board(brand, days_ago=n) for n in range(7)]
    seen, after, pages = [], None, 0
    while True:
        page = list_boards(caller=caller, brand_id=brand.id, first=3, after=after)
        seen += [board.board_id for _, board in page.items]
        pages += 1
        if not page.has_next:
            break
        after = page.items[-1][0]
        if pages == 1:
            make_board(brand, days_ago=-1)  # a newer one meanwhile shifts nothing
    assert pages == 3
    assert seen == [board.id for board in boards]


@pytest.mark.parametrize("number", [1, 20])
def test_page_of_boards_takes_four_statements(
    brand: Brand, caller: Caller, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(number):
        make_board(brand, days_ago=n, ideas=2)
    with django_assert_num_queries(4):
        assert len(list_boards(caller=caller, brand_id=brand.id, first=50, after=None).items) == number


def test_page_of_a_brand_without_boards_is_empty(brand: Brand, caller: Caller) -> None:
    page = list_boards(caller=caller, brand_id=brand.id, first=5, after=None)
    assert (page.items, page.has_next) == ((), False)


@pytest.mark.parametrize("first", [0, -1, 101])
def test_page_size_out_of_range_is_invalid(brand: Brand, caller: Caller, first: int) -> None:
    with pytest.raises(Invalid) as caught:
        list_boards(caller=caller, brand_id=brand.id, first=first, after=None)
    assert caught.value.field == "first"


@pytest.mark.parametrize("after", ["", "x", "é", "MjAyNXxub3QtYS11dWlk", "bm90LWEtZGF0ZXw=", "A" * 10_000, "\x00"])
def test_cursor_that_was_never_issued_is_invalid(brand: Brand, caller: Caller, after: str) -> None:
    with pytest.raises(Invalid) as caught:
        list_boards(caller=caller, brand_id=brand.id, first=5, after=after)
    assert caught.value.field == "after"


def test_board_as_of_is_the_newest_before_that_time(brand: Brand, caller: Caller) -> None:
    old, new = make_board(brand, days_ago=5), make_board(brand, days_ago=2)
    now = timezone.now()

    def at(days: float) -> TodayBoardState | object:
        return board_as_of(caller=caller, brand_id=brand.id, as_of=now - timedelta(days=days)).board_id

    assert (at(4), at(1)) == (old.id, new.id)
    factories.make_posts(brand, 10)
    before_all = board_as_of(caller=caller, brand_id=brand.id, as_of=now - timedelta(days=6))
    assert before_all.state == TodayBoardState.NOT_GENERATED_YET
    assert not OpportunitiesJob.objects.exists()
    with pytest.raises(Invalid, match="time zone"):
        board_as_of(caller=caller, brand_id=brand.id, as_of=now.replace(tzinfo=None))


def test_diff_boards_names_new_steady_and_gone_opportunities(brand: Brand, caller: Caller) -> None:
    stays, goes = factories.make_opportunity(brand), factories.make_opportunity(brand)
    first = factories.make_ready_board(brand, [stays, goes])
    comes = factories.make_opportunity(brand)
    second = factories.make_ready_board(brand, [comes, stays])
    changes = diff_boards(caller=caller, from_id=first.id, to_id=second.id).changes
    assert [(change.concept_key, change.kind) for change in changes] == [
        (comes.concept_key, ChangeKind.NEW),
        (stays.concept_key, ChangeKind.STEADY),
        (goes.concept_key, ChangeKind.GONE),
    ]
    stranger = factories.make_ready_board(factories.make_brand(brand.tenant), [])
    with pytest.raises(Invalid, match="same brand"):
        diff_boards(caller=caller, from_id=first.id, to_id=stranger.id)


def test_board_with_a_deleted_post_is_a_broken_reference(brand: Brand, caller: Caller) -> None:
    row = factories.make_opportunity(brand)
    board = factories.make_ready_board(brand, [row])
    old_post = row.evidence_ids[0]
    row.evidence_ids = [factories.make_post(brand).id]
    row.save()
    brand.evidence_items.get(id=old_post).delete()
    with pytest.raises(BrokenReference) as caught:
        get_board(caller=caller, board_id=board.id)
    assert caught.value.missing_ids == (str(old_post),)


def test_boards_of_another_tenant_are_not_found(brand: Brand) -> None:
    board = make_board(brand, days_ago=1)
    stranger = factories.make_caller(factories.make_tenant())
    for board_id in (board.id, uuid4()):
        with pytest.raises(NotFound, match="Board not found"):
            get_board(caller=stranger, board_id=board_id)
        with pytest.raises(NotFound, match="Board not found"):
            diff_boards(caller=stranger, from_id=board_id, to_id=board_id)
    with pytest.raises(NotFound, match="Brand not found"):
        list_boards(caller=stranger, brand_id=brand.id, first=5, after=None)
    with pytest.raises(NotFound, match="Brand not found"):
        board_as_of(caller=stranger, brand_id=brand.id, as_of=timezone.now())


def two_boards(brand: Brand, before: list[BrandMentionDTO], after: list[BrandMentionDTO]) -> list[OpportunitiesBoard]:
    moment = timezone.now() - timedelta(days=1)
    return [
        factories.make_ready_board(brand, [], mentions=before, created_at=moment),
        factories.make_ready_board(brand, [], mentions=after),
    ]


def test_diff_mentions_names_new_ongoing_and_gone_mentions(brand: Brand, caller: Caller) -> None:
    posts = factories.make_posts(brand, 4)
    first, second = two_boards(
        brand,
        [factories.a_mention(posts[:2], phrase="Late refunds"), factories.a_mention(posts[2:], phrase="mould")],
        [factories.a_mention(posts[3:], phrase="new jars"), factories.a_mention(posts[1:], phrase="late refunds")],
    )
    changes = diff_mentions(caller=caller, from_id=first.id, to_id=second.id)
    assert [(one.phrase, one.kind, one.previous_authors, one.authors) for one in changes] == [
        ("new jars", MentionChangeKind.NEW, None, 1),
        ("late refunds", MentionChangeKind.ONGOING, 2, 3),
        ("mould", MentionChangeKind.GONE, 2, None),
    ]
    assert changes[0].cause == "It was not on the previous board; it has 1 post now."
    assert changes[1].cause == "2 new posts, 1 post no longer counted."
    same = diff_mentions(caller=caller, from_id=second.id, to_id=second.id)
    assert {(one.kind, one.cause) for one in same} == {(MentionChangeKind.ONGOING, "Same posts.")}


def test_diff_mentions_of_another_brand_or_tenant_is_refused(brand: Brand, caller: Caller) -> None:
    here, _ = two_boards(brand, [], [])
    sibling = factories.make_ready_board(factories.make_brand(brand.tenant), [])
    with pytest.raises(Invalid, match="same brand"):
        diff_mentions(caller=caller, from_id=here.id, to_id=sibling.id)
    stranger = factories.make_caller(factories.make_tenant())
    with pytest.raises(NotFound, match="Board not found"):
        diff_mentions(caller=stranger, from_id=here.id, to_id=here.id)
