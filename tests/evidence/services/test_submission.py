from __future__ import annotations

import pytest
from django.utils import timezone

from kairo.core.errors import BrandArchived, Invalid, NotFound
from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.evidence.enums import IngestOutcome, OnIngestError
from kairo.evidence.importing.ingest_records import IngestReport
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.evidence.services.submission import MAX_ITEMS, EvidenceRejected, submit
from tests import factories
from tests.evidence.records import a_record

pytestmark = pytest.mark.django_db

ONE_BAD = [a_record(), a_record(platform="orkut"), a_record(external_id="2")]


def submitted(brand: Brand, caller: Caller, *items: dict[str, object], abort: bool = False) -> IngestReport:
    on_error = OnIngestError.ABORT if abort else OnIngestError.SKIP
    return submit(caller=caller, brand_id=brand.id, items=items, on_error=on_error, now=timezone.now())


def test_submit_with_skip_stores_the_valid_items(brand: Brand, caller: Caller) -> None:
    report = submitted(brand, caller, *ONE_BAD)
    assert [record.outcome for record in report.records] == [
        IngestOutcome.CREATED, IngestOutcome.REJECTED, IngestOutcome.CREATED,
    ]  # fmt: skip
    assert [record.position for record in report.records] == [0, 1, 2]
    assert NormalizedEvidenceItem.objects.count() == 2


def test_submit_with_abort_stores_nothing_and_names_the_rejected_items(brand: Brand, caller: Caller) -> None:
    with pytest.raises(EvidenceRejected, match="1 of 3 items") as raised:
        submitted(brand, caller, *ONE_BAD, abort=True)
    assert [record.position for record in raised.value.rejected] == [1]
    assert not NormalizedEvidenceItem.objects.exists()


def test_submit_refuses_too_many_items(brand: Brand, caller: Caller) -> None:
    with pytest.raises(Invalid, match="At most 500"):
        submitted(brand, caller, *([a_record()] * (MAX_ITEMS + 1)))


def test_submit_refuses_an_archived_brand_and_one_of_another_tenant(brand: Brand, caller: Caller) -> None:
    with pytest.raises(NotFound):
        submitted(factories.make_brand(), caller, a_record())
    brand.archived_at = timezone.now()
    brand.save()
    with pytest.raises(BrandArchived):
        submitted(brand, caller, a_record())
