from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from kairo.core.models import ContentPillar, Persona
from tests import factories
from tests.constraints import assert_violates, execute

pytestmark = pytest.mark.django_db


OPPORTUNITY_ENUMS = [
    ("opportunity_type_known", "type", "viral"),
    ("opportunity_channel_known", "primary_channel", "fax"),
    ("opportunity_created_via_known", "created_via", "magic"),
]


@pytest.mark.parametrize(("constraint", "field", "value"), OPPORTUNITY_ENUMS)
def test_opportunity_enum_columns_are_checked(constraint: str, field: str, value: str) -> None:
    brand = factories.make_brand()
    fields: dict[str, Any] = {field: value}
    assert_violates(constraint, lambda: factories.make_opportunity(brand, **fields))
    row = factories.make_opportunity(brand)
    assert_violates(
        constraint, lambda: execute(f"UPDATE core_opportunity SET {field} = %s WHERE id = %s", value, row.id)
    )


@pytest.mark.parametrize("why_now", ["", "now", "   now    ", "123456789"])
def test_opportunity_why_now_has_ten_characters(why_now: str) -> None:
    brand = factories.make_brand()
    assert_violates("opportunity_why_now_says_something", lambda: factories.make_opportunity(brand, why_now=why_now))
    row = factories.make_opportunity(brand, why_now="1234567890")
    assert_violates(
        "opportunity_why_now_says_something",
        lambda: execute("UPDATE core_opportunity SET why_now = %s WHERE id = %s", why_now, row.id),
    )


@pytest.mark.parametrize("score", [0, 101])
def test_opportunity_score_is_in_range(score: int) -> None:
    brand = factories.make_brand()
    assert_violates("opportunity_score_in_range", lambda: factories.make_opportunity(brand, score=score))
    row = factories.make_opportunity(brand)
    assert_violates(
        "opportunity_score_in_range",
        lambda: execute("UPDATE core_opportunity SET score = %s WHERE id = %s", score, row.id),
    )


def test_opportunity_needs_evidence() -> None:
    brand = factories.make_brand()
    assert_violates("opportunity_names_evidence", lambda: factories.make_opportunity(brand, evidence_ids=[]))
    row = factories.make_opportunity(brand)
    assert_violates(
        "opportunity_names_evidence",
        lambda: execute("UPDATE core_opportunity SET evidence_ids = '{}' WHERE id = %s", row.id),
    )


def test_opportunity_evidence_exists() -> None:
    brand = factories.make_brand()
    post = factories.make_post(brand)
    assert_violates(
        "opportunity_evidence_exists",
        lambda: factories.make_opportunity(brand, evidence_ids=[post.id, uuid4()]),
    )
    row = factories.make_opportunity(brand, evidence=[post])
    assert_violates(
        "opportunity_evidence_exists",
        lambda: execute("UPDATE core_opportunity SET evidence_ids = %s WHERE id = %s", [uuid4()], row.id),
    )
    assert_violates(
        "opportunity_evidence_exists",
        lambda: execute("UPDATE core_opportunity SET evidence_ids = '{NULL}' WHERE id = %s", row.id),
    )


def test_opportunity_evidence_is_of_its_brand() -> None:
    brand, other_brand = factories.make_brand(), factories.make_brand()
    foreign = factories.make_post(other_brand)
    assert_violates("opportunity_evidence_exists", lambda: factories.make_opportunity(brand, evidence=[foreign]))
    row = factories.make_opportunity(brand)
    assert_violates(
        "opportunity_evidence_exists",
        lambda: execute("UPDATE core_opportunity SET evidence_ids = %s WHERE id = %s", [foreign.id], row.id),
    )
    assert_violates(
        "opportunity_evidence_exists",
        lambda: execute("UPDATE core_opportunity SET brand_id = %s WHERE id = %s", other_brand.id, row.id),
    )


def test_opportunity_persona_and_pillar_are_of_its_brand() -> None:
    brand, other_brand = factories.make_brand(), factories.make_brand()
    persona, pillar = Persona.objects.get(brand=other_brand), ContentPillar.objects.get(brand=other_brand)
    assert_violates("opportunity_persona_same_brand", lambda: factories.make_opportunity(brand, persona=persona))
    row = factories.make_opportunity(brand)
    assert_violates(
        "opportunity_pillar_same_brand",
        lambda: execute("UPDATE core_opportunity SET pillar_id = %s WHERE id = %s", pillar.id, row.id),
    )
