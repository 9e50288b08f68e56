from __future__ import annotations

import pytest

from kairo.hero.enums import TodayBoardState
from kairo.hero.models import OpportunitiesBoard
from tests import factories
from tests.schema.api import Api
from tests.schema.board_cache.test_same_answers import ready
from tests.schema.door import Door

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Api:
    return Api(door=Door(hot=True))


def test_what_is_null_against_the_schema_is_left_to_the_ordinary_path(api: Api) -> None:
    brand = factories.make_brand(api.tenant)
    OpportunitiesBoard.objects.create(
        brand=brand, state=TodayBoardState.INSUFFICIENT_EVIDENCE, remediation="Add posts.", content={"version": 1}
    )
    query = """query($b: ID!) { todayBoard(brandId: $b) { id
      ... on TodayBoardInsufficientEvidence { evidenceShortfall { requiredItems } } } }"""
    assert "errors" in api.ask(query, b=str(brand.id))
    assert api.door.bypassed
    assert api.data("query($b: ID!) { todayBoard(brandId: $b) { id state } }", b=str(brand.id))
    assert not api.door.bypassed


def test_fields_of_one_name_are_one_and_directives_hold_for_each_place(api: Api) -> None:
    brand = ready(api.tenant)
    query = """query($b: ID!, $yes: Boolean = true, $no: Boolean! = false) {
      todayBoard(brandId: $b) { state ...F @skip(if: $yes) ...F } todayBoard(brandId: $b) { meta { cacheHit } }
      b: todayBoard(brandId: $b) @include(if: $no) { id } }
    fragment F on Node { ... on TodayBoardReady { id opportunities { ...I } } }
    fragment I on Opportunity { title @skip(if: true) score @include(if: $yes) }
    """
    asked = {"b": str(brand.id)}
    ordinary = Api(tenant=api.tenant, secret=api.secret, door=Door(hot=False)).data(query, **asked)
    mine = api.data(query, **asked)
    assert not api.door.bypassed
    for told in (mine, ordinary):
        del told["todayBoard"]["meta"]
    assert mine == ordinary
    assert list(mine["todayBoard"]) == list(ordinary["todayBoard"]) == ["state", "id", "opportunities"]
    assert [set(idea) for idea in mine["todayBoard"]["opportunities"]] == [{"score"}] * 4
