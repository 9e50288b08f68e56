"""What people say about the brand, beside its ideas."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kairo.hero.enums import JobStatus
from schema.ids import global_id
from tests.factories import a_mention, make_brand, make_job, make_opportunity, make_posts, make_ready_board
from tests.schema.api import Api

pytestmark = [pytest.mark.django_db, pytest.mark.board_cache]

MENTIONS = """query ($b: ID!) { todayBoard(brandId: $b) { state brandMentions {
  phrase authors window newestPublishedAt posts { id url author snippet metrics { views } }
  claims { text value phrase evidence { id } } } ... on TodayBoardGenerating { stale } } }"""
DIFF = """query ($f: ID!, $t: ID!) {
  boardMentionDiff(from: $f, to: $t) { phrase kind cause previousAuthors authors } }"""


@pytest.fixture
def api() -> Api:
    return Api()


def shown(api: Api, brand_id: object) -> dict[str, Any]:
    board: dict[str, Any] = api.data(MENTIONS, b=str(brand_id))["todayBoard"]
    return board


def test_ready_board_has_mentions_with_posts_and_claims(api: Api) -> None:
    brand = make_brand(api.tenant)
    posts = make_posts(brand, 2)
    window = "2026-03-01T00:00:00Z/2026-03-08T00:00:00Z"
    make_ready_board(brand, [make_opportunity(brand)], mentions=[a_mention(posts, phrase="late refund", window=window)])
    ids = [global_id("EvidenceItem", post.id) for post in posts]
    (mention,) = shown(api, brand.id)["brandMentions"]
    assert [post.pop("id") for post in mention["posts"]] == ids
    assert mention["posts"][0]["author"] == posts[0].author_ref
    assert (mention["phrase"], mention["authors"], mention["window"]) == ("late refund", 2, window)
    assert mention["newestPublishedAt"] is not None
    assert mention["claims"] == [
        {"text": "2 creators", "value": "2", "phrase": "late refund", "evidence": [{"id": id_} for id_ in ids]}
    ]


def test_generating_board_shows_the_previous_mentions(api: Api) -> None:
    brand = make_brand(api.tenant)
    make_ready_board(brand, [], mentions=[a_mention(make_posts(brand, 1))])
    make_job(brand, status=JobStatus.RUNNING)
    board = shown(api, brand.id)
    assert (board["state"], board["stale"], len(board["brandMentions"])) == ("GENERATING", True, 1)


def test_mentions_are_empty_unless_ready(api: Api) -> None:
    brand = make_brand(api.tenant)
    assert shown(api, brand.id) == {"state": "NOT_GENERATED_YET", "brandMentions": []}


@pytest.mark.parametrize("number", [1, 12])
def test_mentions_statements_do_not_depend_on_their_number(api: Api, number: int) -> None:
    brand = make_brand(api.tenant)
    mentions = [a_mention(make_posts(brand, 2), phrase=f"phrase {n}") for n in range(number)]
    make_ready_board(brand, [make_opportunity(brand)], mentions=mentions)
    with CaptureQueriesContext(connection) as statements:
        assert len(shown(api, brand.id)["brandMentions"]) == number
    assert len(statements) == 4  # authentication, brand and board, states of its ideas, posts


def test_board_mention_diff_lists_moved_mentions(api: Api) -> None:
    brand = make_brand(api.tenant)
    posts = make_posts(brand, 3)
    yesterday = timezone.now() - timedelta(days=1)
    before = make_ready_board(brand, [], mentions=[a_mention(posts[:1], phrase="mould")], created_at=yesterday)
    after = make_ready_board(brand, [], mentions=[a_mention(posts[1:], phrase="late refund")])
    assert api.data(DIFF, f=str(before.id), t=str(after.id))["boardMentionDiff"] == [
        {
            "phrase": "late refund",
            "kind": "NEW",
            "cause": "It was not on the previous board; it has 2 posts now.",
            "previousAuthors": None,
            "authors": 2,
        },
        {
            "phrase": "mould",
            "kind": "GONE",
            "cause": "Its posts no longer make a mention: they are too old, or too few.",
            "previousAuthors": 1,
            "authors": None,
        },
    ]


def test_diff_rejects_boards_of_another_brand_or_tenant(api: Api) -> None:
    here, sibling, theirs = (
        make_ready_board(brand, []) for brand in (make_brand(api.tenant), make_brand(api.tenant), make_brand())
    )
    assert api.codes(DIFF, f=str(here.id), t=str(sibling.id)) == ["BAD_USER_INPUT"]
    assert api.codes(DIFF, f=str(here.id), t=str(theirs.id)) == ["NOT_FOUND"]
