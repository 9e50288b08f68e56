from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries, Settings

from kairo.core.models import Brand
from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.importing import usage
from kairo.evidence.importing.ingest_records import ingest
from kairo.evidence.models import EvidenceUsage, NormalizedEvidenceItem
from tests import factories
from tests.evidence.ingestion.steps import create_job, only_run, run_to_end
from tests.evidence.records import numbered
from tests.evidence.sources import Vendor, make_connection, record

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2025, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def brand(settings: Settings) -> Brand:
    settings.QUOTAS = {**settings.QUOTAS, "stored_posts": 5}
    return factories.make_brand()


def test_first_charge_counts_the_posts_that_are_there(brand: Brand) -> None:
    factories.make_posts(brand, 3)
    ingest(brand_id=brand.id, records=numbered(record(1)), now=NOW)
    ingest(brand_id=brand.id, records=numbered(record(1), record(2)), now=NOW)
    assert EvidenceUsage.objects.get(tenant=brand.tenant).posts == 5
    assert usage.is_full(brand_id=brand.id)


def test_charge_is_one_statement_once_the_tenant_is_counted(
    brand: Brand, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ingest(brand_id=brand.id, records=numbered(record(1)), now=NOW)
    with django_assert_num_queries(1):
        usage.charge(brand_id=brand.id, created=1, size_bytes=10)


def test_recount_corrects_what_was_deleted_elsewhere(brand: Brand) -> None:
    ingest(brand_id=brand.id, records=numbered(record(1), record(2)), now=NOW)
    NormalizedEvidenceItem.objects.filter(external_id="p1").delete()
    assert usage.recount() == 1
    assert EvidenceUsage.objects.get().posts == 1


def test_nothing_is_counted_without_a_quota(
    settings: Settings, brand: Brand, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.QUOTAS = {**settings.QUOTAS, "stored_posts": 0}
    with django_assert_num_queries(0):
        usage.charge(brand_id=brand.id, created=9, size_bytes=9)
        usage.release(brand_id=brand.id, deleted=9)
        assert (usage.is_full(brand_id=brand.id), usage.recount()) == (False, 0)


def test_import_stops_at_the_quota_and_says_so(brand: Brand, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    lines = [f'{{"platform": "x", "external_id": "p{n}", "text_primary": "t"}}' for n in range(6)]
    file.write_text("\n".join(lines))
    with pytest.raises(CommandError, match="The quota of this tenant is 5 stored posts; this would make 6"):
        call_command(
            "import_evidence", str(file), "--brand", brand.slug, "--tenant", brand.tenant.slug, stdout=StringIO()
        )
    assert NormalizedEvidenceItem.objects.count() == 0


@pytest.mark.usefixtures("vendor")
def test_source_run_above_the_quota_fails_with_its_code(brand: Brand, vendor: Vendor) -> None:
    factories.make_posts(brand, 4)
    job = run_to_end(create_job(brand, make_connection(brand)))
    run = only_run()
    assert (job.status, run.error_code, run.created) == ("failed", IngestionErrorCode.QUOTA_EXCEEDED, 0)
    assert "5 stored posts" in run.error_detail
    assert NormalizedEvidenceItem.objects.count() == 4


@pytest.mark.usefixtures("vendor")
def test_run_that_costs_money_is_not_started_at_the_quota(brand: Brand, vendor: Vendor) -> None:
    ingest(brand_id=brand.id, records=numbered(*(record(n) for n in range(5))), now=NOW)
    assert run_to_end(create_job(brand, make_connection(brand))).error_code == IngestionErrorCode.QUOTA_EXCEEDED
    assert vendor.count("start") == 0
