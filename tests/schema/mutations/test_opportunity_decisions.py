from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kairo.core.enums import DecisionKind
from kairo.core.models import OpportunityDecision
from tests.factories import make_brand, make_opportunity, make_ready_board, make_secret
from tests.schema.api import Api

pytestmark = pytest.mark.django_db(transaction=True)

BOARD = "query ($b: ID!) { todayBoard(brandId: $b) { opportunities { id decision { kind at until reason } } } }"


def mutation(name: str) -> str:
    type_ = f"{name[0].upper()}{name[1:]}Input"
    return (
        f"mutation ($i: {type_}!) {{ {name}(input: $i) {{ __typename ... on Problem {{ code message }} "
        "... on InvalidInputProblem { path } "
        "... on OpportunityDecided { opportunityId opportunity { id decision { kind } } "
        "decision { kind until reason } } } }"
    )


def decide(api: Api, name: str, opportunity: object, **more: object) -> dict[str, Any]:
    answer: dict[str, Any] = api.data(mutation(name), i={"opportunityId": str(opportunity), **more})[name]
    return answer


@pytest.mark.board_cache
def test_decision_shows_on_the_board_at_once() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    first, second, third = (make_opportunity(brand) for _ in range(3))
    make_ready_board(brand, [first, second, third])

    def board() -> list[tuple[str, str | None]]:
        ideas = api.data(BOARD, b=str(brand.id))["todayBoard"]["opportunities"]
        return [(idea["id"], idea["decision"] and idea["decision"]["kind"]) for idea in ideas]

    ids = [id_ for id_, _ in board()]
    pinned = decide(api, "pinOpportunity", ids[2])
    assert pinned["decision"] == {"kind": "PINNED", "until": None, "reason": ""}
    assert pinned["opportunityId"] == ids[2]
    assert pinned["opportunity"] == {"id": ids[2], "decision": {"kind": "PINNED"}}
    assert board() == [(ids[2], "PINNED"), (ids[0], None), (ids[1], None)]
    decide(api, "ignoreOpportunity", first.id, reason="Done already.")
    until = (timezone.now() + timedelta(days=1)).isoformat()
    decide(api, "snoozeOpportunity", second.id, until=until)
    assert board() == [(ids[2], "PINNED")]
    for id_ in ids:
        assert decide(api, "undoOpportunityDecision", id_)["decision"] is None
    assert board() == [(id_, None) for id_ in ids]
    assert [event.kind for event in OpportunityDecision.objects.order_by("at")] == [
        DecisionKind.PINNED,
        DecisionKind.IGNORED,
        DecisionKind.SNOOZED,
        *[DecisionKind.UNDONE] * 3,
    ]


def test_snooze_into_the_past_is_an_invalid_input_problem() -> None:
    api = Api()
    idea = make_opportunity(make_brand(api.tenant))
    answer = decide(api, "snoozeOpportunity", idea.id, until="2020-01-01T00:00:00Z")
    assert answer["__typename"] == "InvalidInputProblem"
    assert answer["path"] == ["input", "until"]


def test_read_token_may_not_decide() -> None:
    api = Api()
    idea = make_opportunity(make_brand(api.tenant))
    reader = Api(tenant=api.tenant, secret=make_secret(api.tenant, scopes=("read",)))
    assert reader.codes(mutation("pinOpportunity"), i={"opportunityId": str(idea.id)}) == ["FORBIDDEN"]
    assert not OpportunityDecision.objects.exists()
