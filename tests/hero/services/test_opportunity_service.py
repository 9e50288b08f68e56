from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from kairo.core.enums import Channel, OpportunityType
from kairo.core.errors import Invalid, NotFound
from kairo.core.models import Brand, Opportunity
from kairo.core.services.access import Caller
from kairo.hero.decisions import opportunity_decisions
from kairo.hero.enums import AnglePartKind, OpportunityOrder
from kairo.hero.services.opportunity_service import (
    OpportunityFilter,
    get_opportunity,
    list_opportunities,
    opportunities_by_id,
)
from tests import factories

pytestmark = pytest.mark.django_db

CLAIM = {"text": "4 authors", "metric": "authors", "value": "4", "window": ""}


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand()


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


def ids_of(caller: Caller, brand: Brand, **wanted: Any) -> Collection[UUID]:
    page = list_opportunities(
        caller=caller,
        brand_id=brand.id,
        first=100,
        after=None,
        filter_=OpportunityFilter(**wanted),
        order=OpportunityOrder.CREATED_ASC,
    )
    return [living.opportunity.id for _, living in page.items]


@pytest.mark.parametrize("order", OpportunityOrder)
@pytest.mark.parametrize("size", [1, 2, 5])
def test_pages_in_every_order_have_no_gap_and_no_repeat(
    brand: Brand, caller: Caller, order: OpportunityOrder, size: int
) -> None:
    moments = [timezone.now() - timedelta(hours=n // 3) for n in range(9)]  # three of each, and of each score
    post = factories.make_post(brand)
    made = [
        factories.make_opportunity(brand, evidence=[post], score=50 + n % 3, created_at=moment)
        for n, moment in enumerate(moments)
    ]
    factories.make_opportunity(factories.make_brand(brand.tenant))
    seen: list[UUID] = []
    after = None
    while True:
        page = list_opportunities(
            caller=caller, brand_id=brand.id, first=size, after=after, filter_=OpportunityFilter(), order=order
        )
        seen += [living.opportunity.id for _, living in page.items]
        if not page.has_next:
            break
        after = page.items[-1][0]
    by_score = order in (OpportunityOrder.SCORE_ASC, OpportunityOrder.SCORE_DESC)

    def place(row: Opportunity) -> tuple[Any, UUID]:
        return (row.score if by_score else row.created_at, row.id)

    assert seen == [row.id for row in sorted(made, key=place, reverse=order.endswith("_desc"))]


def test_angle_parts_of_an_older_row_are_empty(brand: Brand, caller: Caller) -> None:
    row = factories.make_opportunity(brand, claims=[{**CLAIM, "evidence_ids": []}])
    living = get_opportunity(caller=caller, opportunity_id=row.id).opportunity
    assert (living.angle_parts, living.claims[0].phrase) == ((), "")


def test_angle_parts_of_another_angle_are_not_shown(brand: Brand, caller: Caller) -> None:
    part = {"kind": "hook", "text": "Open with the crust.", "evidence_ids": [str(factories.make_post(brand).id)]}
    row = factories.make_opportunity(brand, angle="Open with the crust. Then cut.", angle_parts=[part])
    assert get_opportunity(caller=caller, opportunity_id=row.id).opportunity.angle_parts[0].kind == AnglePartKind.HOOK
    Opportunity.objects.filter(id=row.id).update(angle="Written by a release without parts.")
    assert get_opportunity(caller=caller, opportunity_id=row.id).opportunity.angle_parts == ()


def test_filter_returns_what_meets_each_condition(brand: Brand, caller: Caller) -> None:
    now = timezone.now()
    pillar, persona = brand.pillars.get(), brand.personas.get()
    plain = factories.make_opportunity(brand, score=60, created_at=now - timedelta(days=3))
    other = factories.make_opportunity(
        brand,
        score=90,
        created_at=now - timedelta(days=1),
        type=OpportunityType.CAMPAIGN,
        primary_channel=Channel.TIKTOK,
        pillar=pillar,
        persona=persona,
    )
    every, those = [plain.id, other.id], [other.id]
    assert ids_of(caller, brand) == every
    assert ids_of(caller, brand, types=[OpportunityType.CAMPAIGN]) == those
    assert ids_of(caller, brand, types=[OpportunityType.CAMPAIGN, OpportunityType.TREND]) == every
    assert ids_of(caller, brand, channels=[Channel.TIKTOK]) == those
    assert ids_of(caller, brand, channels=[Channel.X]) == []
    assert ids_of(caller, brand, pillar_ids=[pillar.id]) == those
    assert ids_of(caller, brand, persona_ids=[persona.id]) == those
    assert ids_of(caller, brand, minimum_score=90) == those
    assert ids_of(caller, brand, minimum_score=2**31 - 1) == []
    assert ids_of(caller, brand, created_from=other.created_at) == those
    assert ids_of(caller, brand, created_to=other.created_at) == [plain.id]


def test_filter_decided_returns_opportunities_with_a_decision_in_force(brand: Brand, caller: Caller) -> None:
    pinned, ignored, undone, untouched = (factories.make_opportunity(brand) for _ in range(4))
    opportunity_decisions.pin(caller=caller, opportunity_id=pinned.id)
    opportunity_decisions.ignore(caller=caller, opportunity_id=ignored.id)
    opportunity_decisions.pin(caller=caller, opportunity_id=undone.id)
    opportunity_decisions.undo(caller=caller, opportunity_id=undone.id)
    assert ids_of(caller, brand, decided=True) == [pinned.id, ignored.id]
    assert ids_of(caller, brand, decided=False) == [undone.id, untouched.id]
    for idea, kind in ((pinned, "pinned"), (ignored, "ignored"), (undone, None), (untouched, None)):
        decision = get_opportunity(caller=caller, opportunity_id=idea.id).opportunity.decision
        assert (decision.kind if decision else None) == kind


def test_filter_by_a_part_of_another_brand_is_not_found(brand: Brand, caller: Caller) -> None:
    sibling = factories.make_brand(brand.tenant)
    for pillar_id in (sibling.pillars.get().id, factories.make_brand().pillars.get().id, uuid4()):
        with pytest.raises(NotFound, match="ContentPillar not found"):
            ids_of(caller, brand, pillar_ids=[brand.pillars.get().id, pillar_id])
    with pytest.raises(NotFound, match="Persona not found"):
        ids_of(caller, brand, persona_ids=[sibling.personas.get().id])


@pytest.mark.parametrize(
    "after", ["", "x", "\x00", "é", "A" * 10_000, "fHw=", "LXNjb3JlfHw=", "LXNjb3JlfDk5OTk5OTk5OTk5OTk5fA=="]
)
def test_cursor_that_was_never_issued_is_invalid(brand: Brand, caller: Caller, after: str) -> None:
    for order in OpportunityOrder:
        with pytest.raises(Invalid) as caught:
            list_opportunities(
                caller=caller, brand_id=brand.id, first=5, after=after, filter_=OpportunityFilter(), order=order
            )
        assert caught.value.field == "after"


def test_cursor_of_another_order_is_invalid(brand: Brand, caller: Caller) -> None:
    factories.make_opportunity(brand)

    def page(order: OpportunityOrder, after: str | None) -> str:
        found = list_opportunities(
            caller=caller, brand_id=brand.id, first=5, after=after, filter_=OpportunityFilter(), order=order
        )
        return found.items[0][0]

    cursors = {order: page(order, None) for order in OpportunityOrder}
    for order in OpportunityOrder:
        for other, cursor in cursors.items():
            if other != order:
                with pytest.raises(Invalid):
                    page(order, cursor)


def test_opportunities_of_another_tenant_are_not_found(brand: Brand) -> None:
    idea = factories.make_opportunity(brand)
    stranger = factories.make_caller(factories.make_tenant())
    for opportunity_id in (idea.id, uuid4()):
        with pytest.raises(NotFound, match="Opportunity not found"):
            get_opportunity(caller=stranger, opportunity_id=opportunity_id)
    assert opportunities_by_id(caller=stranger, ids=[idea.id]) == {}
    with pytest.raises(NotFound, match="Brand not found"):
        ids_of(stranger, brand)


@pytest.mark.parametrize(
    ("column", "index"), [("-created_at", "opportunity_brand_newest"), ("-score", "opportunity_brand_score")]
)
def test_page_of_opportunities_is_read_by_index(brand: Brand, column: str, index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    page = Opportunity.objects.filter(brand=brand).order_by(column, "-id")[:21]
    assert index in page.explain()
