from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kairo.core.models import Brand
from kairo.evidence.importing.evidence_store import Change, identity, upsert
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.evidence.normalizing.normalize import NormalizedEvidence, normalize
from tests.evidence.records import a_record

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 11, 1, 12, tzinfo=UTC)


def item(**fields: Any) -> NormalizedEvidence:
    result = normalize(a_record(**fields))
    assert isinstance(result, NormalizedEvidence)
    return result


def changes(brand: Brand, *items: NormalizedEvidence, now: datetime = NOW) -> list[Change]:
    by_id = {identity(brand_id=brand.id, item=each): each for each in items}
    return [change for _, change in upsert(brand_id=brand.id, items=by_id, now=now)]


def test_identity_is_the_external_id_or_else_the_url(brand: Brand) -> None:
    by_id = identity(brand_id=brand.id, item=item())
    assert by_id == identity(brand_id=brand.id, item=item(canonical_url="https://other.example/"))
    assert by_id != identity(brand_id=brand.id, item=item(platform="x"))
    by_url = identity(brand_id=brand.id, item=item(external_id=""))
    assert by_url == identity(brand_id=brand.id, item=item(external_id="", platform="x"))
    assert by_url != by_id


def test_upsert_reports_each_change_in_order(brand: Brand) -> None:
    by_url = item(external_id="", canonical_url="https://brine.example/")
    assert changes(brand, item(), by_url) == [Change.CREATED, Change.CREATED]
    later = NOW + timedelta(hours=1)
    assert changes(brand, by_url, item(text_primary="Other"), item(external_id="9"), now=later) == [
        Change.UNCHANGED, Change.UPDATED, Change.CREATED,
    ]  # fmt: skip
    stored_at = dict(NormalizedEvidenceItem.objects.values_list("external_id", "stored_at"))
    assert stored_at == {"": NOW, "7001": later, "9": later}


def test_upsert_of_another_raw_alone_changes_nothing(brand: Brand) -> None:
    assert changes(brand, item(raw={"a": 1})) == [Change.CREATED]
    assert changes(brand, item(raw={"a": 2})) == [Change.UNCHANGED]
