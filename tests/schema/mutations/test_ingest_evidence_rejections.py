"""Rejected items of ingestEvidence: each has its code and path, and ABORT stores none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kairo.core.models import Brand
from kairo.evidence.models import NormalizedEvidenceItem
from tests.factories import make_brand
from tests.schema.api import Api
from tests.schema.mutations.ingesting import an_item, ingest, outcomes

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def brand(api: Api) -> Brand:
    return make_brand(api.tenant)


IN_TWO_DAYS = f"{timezone.now() + timedelta(days=2):%F}T23:59:59Z"
FAULTS: list[tuple[dict[str, Any], str, list[str]]] = [
    ({"publishedAt": "yesterday"}, "INVALID_DATE", ["publishedAt"]),
    ({"publishedAt": "2025-02-30T00:00:00Z"}, "INVALID_DATE", ["publishedAt"]),
    ({"publishedAt": "0001-01-01T00:00:00+14:00"}, "INVALID_DATE", ["publishedAt"]),
    ({"publishedAt": "0001-01-01T00:00:00Z"}, "DATE_OUT_OF_RANGE", ["publishedAt"]),
    ({"publishedAt": "1970-01-01T00:00:00Z"}, "DATE_OUT_OF_RANGE", ["publishedAt"]),
    ({"publishedAt": "9999-12-31T23:59:59Z"}, "DATE_OUT_OF_RANGE", ["publishedAt"]),
    ({"publishedAt": IN_TWO_DAYS}, "DATE_OUT_OF_RANGE", ["publishedAt"]),
    ({"externalId": "", "canonicalUrl": None}, "NOT_IDENTIFIED", ["externalId"]),
    ({"externalId": " \u0000"}, "NOT_IDENTIFIED", ["externalId"]),
    ({"externalId": "x" * 301}, "TOO_LONG", ["externalId"]),
    ({"externalId": None, "canonicalUrl": "javascript:alert(1)"}, "INVALID_URL", ["canonicalUrl"]),
]


@pytest.mark.parametrize(("change", "code", "field"), FAULTS, ids=str)
def test_rejected_item_has_its_code_and_path(
    api: Api, brand: Brand, change: dict[str, Any], code: str, field: list[str]
) -> None:
    answer = ingest(api, brand, an_item(1), an_item(2, **change), an_item(3))
    assert outcomes(answer) == ["CREATED", "REJECTED", "CREATED"]
    outcome = answer["outcomes"][1]
    assert (outcome["code"], outcome["path"]) == (code, ["input", "items", "1", *field])
    assert outcome["message"]


@pytest.mark.parametrize("change", [change for change, _, _ in FAULTS], ids=str)
def test_ingest_with_abort_stores_nothing_after_a_rejection(api: Api, brand: Brand, change: dict[str, Any]) -> None:
    items = [an_item(1), an_item(2, **change), an_item(3), an_item(4, externalId=None)]
    answer = ingest(api, brand, *items, onError="ABORT")
    assert (answer["__typename"], answer["code"]) == ("EvidenceRejectedProblem", "EVIDENCE_REJECTED")
    assert answer["message"] == "2 of 4 items were rejected, so none was stored."
    assert [(outcome["index"], outcome["outcome"]) for outcome in answer["outcomes"]] == [
        (1, "REJECTED"), (3, "REJECTED"),
    ]  # fmt: skip
    assert not NormalizedEvidenceItem.objects.exists()


def test_ingest_with_abort_stores_valid_items(api: Api, brand: Brand) -> None:
    assert outcomes(ingest(api, brand, an_item(1), an_item(1), onError="ABORT")) == ["CREATED", "DUPLICATE"]
