from __future__ import annotations

from decimal import Decimal

import pytest

from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.models import SourceRun as Row
from schema.types.source_run import IngestionError, counts, usd


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal(0), "0.000000"),
        (Decimal("0.054"), "0.054000"),
        (Decimal("1E-6"), "0.000001"),
        (Decimal("1E+3"), "1000.000000"),
    ],
)
def test_usd_has_six_decimals_and_no_exponent(amount: Decimal, text: str) -> None:
    assert usd(amount) == text


def test_counts_add_up_several_runs() -> None:
    total = counts([Row(items=3, created=2, rejected=1), Row(items=4, updated=1, unchanged=2, duplicates=1)])
    assert (total.items, total.created, total.updated, total.unchanged) == (7, 2, 1, 2)
    assert (total.duplicates, total.rejected) == (1, 1)


@pytest.mark.parametrize("code", IngestionErrorCode)
def test_ingestion_error_has_a_remediation_for_every_code(code: IngestionErrorCode) -> None:
    assert IngestionError.of(code.value).remediation
