from __future__ import annotations

import pytest

from kairo.hero.enums import TodayBoardState
from kairo.hero.models import OpportunitiesBoard
from tests import factories
from tests.schema.api import Api
from tests.schema.asgi_client import AsgiClient
from tests.schema.board_cache.boards import ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Api:
    return Api(client=AsgiClient(board_cache=True))


def test_null_for_a_non_null_field_is_answered_by_django(api: Api) -> None:
    brand = factories.make_brand(api.tenant)
    OpportunitiesBoard.objects.create(
        brand=brand, state=TodayBoardState.INSUFFICIENT_EVIDENCE, remediation="Add posts.", content={"version": 1}
    )
    query = """query($b: ID!) { todayBoard(brandId: $b) { id
      ... on TodayBoardInsufficientEvidence { evidenceShortfall { requiredItems } } } }"""
    assert "errors" in api.ask(query, b=str(brand.id))
    assert api.client.bypassed
    assert api.data("query($b: ID!) { todayBoard(brandId: $b) { id state } }", b=str(brand.id))
    assert not api.client.bypassed


def test_fields_merge_by_response_name_and_directives_apply_to_each_occurrence(api: Api) -> None:
    brand = ready(api.tenant)
    query = """query($b: ID!, $yes: Boolean = true, $no: Boolean! = false) {
      todayBoard(brandId: $b) { state ...F @skip(if: $yes) ...F } todayBoard(brandId: $b) { meta { cacheHit } }
      b: todayBoard(brandId: $b) @include(if: $no) { id } }
    fragment F on Node { ... on TodayBoardReady { id opportunities { ...I } } }
    fragment I on Opportunity { title @skip(if: true) score @include(if: $yes) }
    """
    variables = {"b": str(brand.id)}
    expected = Api(tenant=api.tenant, secret=api.secret, client=AsgiClient(board_cache=False)).data(query, **variables)
    data = api.data(query, **variables)
    assert not api.client.bypassed
    for result in (data, expected):
        del result["todayBoard"]["meta"]
    assert data == expected
    assert list(data["todayBoard"]) == list(expected["todayBoard"]) == ["state", "id", "opportunities"]
    assert [set(opportunity) for opportunity in data["todayBoard"]["opportunities"]] == [{"score"}] * 4
