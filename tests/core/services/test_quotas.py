from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, Settings

from kairo.core.models import Brand
from kairo.core.quota_settings import DEFAULTS, read_quotas
from kairo.core.services import quotas
from kairo.core.services.quotas import QuotaExceeded, admit
from tests.factories import make_tenant

pytestmark = pytest.mark.django_db

ALL = (quotas.BRANDS, quotas.STORED_POSTS, quotas.WAITING_JOBS, quotas.SOURCES, quotas.INGESTED_BYTES)


@pytest.mark.parametrize("quota", ALL, ids=lambda quota: quota.name)
def test_error_says_which_quota_how_much_and_what_to_do(settings: Settings, quota: quotas.Quota) -> None:
    settings.QUOTAS = {quota.name: 1_500}
    message = str(QuotaExceeded(quota, used=1_501))
    assert message.startswith(f"The quota of this tenant is 1,500 {quota.noun}; this would make 1,501. ")
    assert message.endswith("or ask the operator for a larger quota.")


def test_admit_refuses_at_the_limit_and_counts_no_further(settings: Settings) -> None:
    settings.QUOTAS = {"brands": 2}
    asked: list[int] = []

    def count(most: int) -> int:
        asked.append(most)
        return len(asked)

    tenant_id = make_tenant().id
    with transaction.atomic():
        admit(quotas.BRANDS, tenant_id=tenant_id, count=count)
        with pytest.raises(QuotaExceeded):
            admit(quotas.BRANDS, tenant_id=tenant_id, count=count)
    assert asked == [2, 2]


def test_admit_takes_no_statement_without_a_limit(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.QUOTAS = {"brands": 0}
    tenant_id = make_tenant().id
    with django_assert_num_queries(0):
        admit(quotas.BRANDS, tenant_id=tenant_id, count=lambda most: 1)


def test_quotas_are_read_by_name_and_are_none_outside_production() -> None:
    given = {"KAIRO_QUOTA_BRANDS": 7.0}
    read = read_quotas(given.get, is_production=True)
    assert read == {**DEFAULTS, "brands": 7}
    assert set(read_quotas(lambda name, default: default, is_production=False).values()) == {0}
    assert {quota.name for quota in ALL} | {"kept_boards"} == DEFAULTS.keys()


def test_import_of_brands_above_the_quota_rejects_the_new_ones_by_the_sentence(
    settings: Settings, tmp_path: Path
) -> None:
    settings.QUOTAS = {**settings.QUOTAS, "brands": 1}
    file, errors = tmp_path / "brands.json", StringIO()
    file.write_text(json.dumps([{"slug": "a", "name": "A"}, {"slug": "b", "name": "B"}]))
    for _ in range(2):  # one that exists is no new one
        with pytest.raises(CommandError, match=r"1 of 2 brands were rejected\."):
            call_command("import_brands", str(file), "--tenant", "t", stdout=StringIO(), stderr=errors)
    assert "brand 2 (b): The quota of this tenant is 1 brands; this would make 2." in errors.getvalue()
    assert list(Brand.objects.values_list("slug", flat=True)) == ["a"]
