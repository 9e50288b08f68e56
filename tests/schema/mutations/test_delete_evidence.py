"""A post goes when nothing names it; otherwise it is told who does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kairo.core.models import Brand
from kairo.evidence.models import NormalizedEvidenceItem
from schema.ids import global_id
from tests.factories import make_brand, make_opportunity, make_post, make_posts, make_ready_board, make_secret
from tests.schema.api import Api

pytestmark = pytest.mark.django_db

DELETE = """
mutation ($i: DeleteEvidenceInput!) {
  deleteEvidence(input: $i) {
    __typename
    ... on EvidenceDeleted { deletions { evidenceId outcome opportunityIds boardIds } }
    ... on InvalidInputProblem { path }
    ... on Problem { message code }
  }
}
"""


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def brand(api: Api) -> Brand:
    return make_brand(api.tenant)


def delete(api: Api, *ids: str | UUID) -> dict[str, Any]:
    answer: dict[str, Any] = api.data(DELETE, i={"ids": [str(id_) for id_ in ids]})["deleteEvidence"]
    return answer


def told(answer: dict[str, Any]) -> list[str]:
    return [deletion["outcome"] for deletion in answer["deletions"]]


def left() -> set[UUID]:
    return set(NormalizedEvidenceItem.objects.values_list("id", flat=True))


def test_delete_reports_each_post_in_order_under_the_given_id(api: Api, brand: Brand) -> None:
    first, second, theirs = make_post(brand), make_post(brand), make_post(make_brand())
    given = [
        global_id("EvidenceItem", first.id),
        str(theirs.id),
        "nonsense",
        str(second.id),
        global_id("Brand", first.id),
    ]
    answer = delete(api, *given)
    assert [deletion["evidenceId"] for deletion in answer["deletions"]] == given
    assert told(answer) == ["DELETED", "NOT_FOUND", "NOT_FOUND", "DELETED", "NOT_FOUND"]
    assert left() == {theirs.id}
    assert told(delete(api, *given)) == ["NOT_FOUND"] * 5


def test_duplicate_id_is_deleted_once(api: Api, brand: Brand) -> None:
    post = make_post(brand)
    answer = delete(api, post.id, global_id("EvidenceItem", post.id))
    assert told(answer) == ["DELETED", "DELETED"]
    assert left() == set()


def test_post_cited_by_an_opportunity_is_kept(api: Api, brand: Brand) -> None:
    named, free = make_posts(brand, 2)
    ideas = [make_opportunity(brand, evidence=[named]) for _ in range(2)]
    answer = delete(api, named.id, free.id)
    assert told(answer) == ["NAMED", "DELETED"]
    kept = answer["deletions"][0]
    assert set(kept["opportunityIds"]) == {global_id("Opportunity", idea.id) for idea in ideas}
    assert kept["boardIds"] == []
    assert left() == {named.id}


def test_post_cited_by_a_stored_board_is_kept(api: Api, brand: Brand) -> None:
    before, after = make_posts(brand, 2)
    idea = make_opportunity(brand, evidence=[before])
    board = make_ready_board(brand, [idea])
    idea.evidence_ids = [after.id]
    idea.save()
    answer = delete(api, before.id)
    assert answer["deletions"][0] == {
        "evidenceId": str(before.id),
        "outcome": "NAMED",
        "opportunityIds": [],
        "boardIds": [global_id("TodayBoardReady", board.id)],
    }
    board.delete()
    assert told(delete(api, before.id)) == ["DELETED"]


def test_delete_rejects_more_than_the_maximum_of_ids(api: Api) -> None:
    for ids in ([uuid4() for _ in range(101)], ["nonsense"] * 101):
        answer = delete(api, *ids)
        assert (answer["__typename"], answer["path"]) == ("InvalidInputProblem", ["input", "ids"])


def test_read_token_may_not_delete(api: Api, brand: Brand) -> None:
    post = make_post(brand)
    reader = Api(tenant=api.tenant, secret=make_secret(api.tenant, scopes=["read"]))
    assert reader.codes(DELETE, i={"ids": [str(post.id)]}) == ["FORBIDDEN"]
    assert left() == {post.id}


@pytest.mark.parametrize("number", [1, 60])
def test_statements_do_not_depend_on_the_number_of_posts(api: Api, brand: Brand, number: int) -> None:
    posts: Sequence[NormalizedEvidenceItem] = make_posts(brand, number + 1)
    make_ready_board(brand, [make_opportunity(brand, evidence=[posts[-1]])])
    with CaptureQueriesContext(connection) as captured:
        assert told(delete(api, *(post.id for post in posts))) == ["DELETED"] * number + ["NAMED"]
    # Token, savepoint, posts locked, ideas, boards, the end of the cached copy, deletion, release.
    assert len(captured) == 8
