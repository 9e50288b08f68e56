from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.ingestion.spending import reserve, settle, spent
from kairo.evidence.models import SpendEntry
from kairo.evidence.ports import SpendCaps

pytestmark = pytest.mark.django_db(transaction=True)

CAPS = SpendCaps(per_job_usd=Decimal("0.25"), per_day_usd=Decimal("0.50"), total_usd=Decimal("5.00"))
WIDE = Decimal(1_000)
EVENING = datetime(2026, 3, 10, 23, 59, 59, tzinfo=UTC)


def take(
    usd: str, *, caps: SpendCaps = CAPS, job_id: UUID | None = None, run_id: UUID | None = None, at: datetime = EVENING
) -> IngestionErrorCode | None:
    with transaction.atomic():
        return reserve(
            run_id=run_id or uuid4(), job_id=job_id or uuid4(), source="s", usd=Decimal(usd), caps=caps, at=at
        )


@pytest.mark.parametrize(
    ("capped", "code"),
    [
        ("per_job_usd", IngestionErrorCode.RUN_CAP_REACHED),
        ("per_day_usd", IngestionErrorCode.DAILY_CAP_REACHED),
        ("total_usd", IngestionErrorCode.TOTAL_CAP_REACHED),
    ],
)
def test_reserve_by_twenty_threads_never_exceeds_a_cap(capped: str, code: IngestionErrorCode) -> None:
    wide = SpendCaps(per_job_usd=WIDE, per_day_usd=WIDE, total_usd=WIDE)
    caps = replace(wide, **{capped: Decimal("0.25")})
    job_id = uuid4()

    def one(_: int) -> IngestionErrorCode | None:
        try:
            return take("0.03", caps=caps, job_id=job_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(one, range(20)))
    assert answers.count(None) == 8  # 8 * 0.03 is 0.24
    assert set(answers) == {None, code}
    assert SpendEntry.objects.aggregate(all=Sum("reserved_usd"))["all"] == Decimal("0.24")


def test_reserve_may_reach_a_cap() -> None:
    assert take("0.25") is None


def test_reserve_counts_days_in_utc() -> None:
    for _ in range(2):
        assert take("0.25") is None
    assert take("0.01") is IngestionErrorCode.DAILY_CAP_REACHED
    assert take("0.01", at=EVENING + timedelta(seconds=1)) is None
    assert spent(source="s", at=EVENING) == (Decimal("0.50"), Decimal("0.51"))


def test_reservation_counts_until_it_is_settled() -> None:
    run_id = uuid4()
    assert take("0.25", run_id=run_id) is None
    assert take("0.25") is None
    settle(run_id=run_id, usd=Decimal("0.05"))
    assert take("0.20") is None
    assert take("0.01") is IngestionErrorCode.DAILY_CAP_REACHED


def test_settled_cost_counts_even_above_the_reservation() -> None:
    run_id = uuid4()
    take("0.10", run_id=run_id)
    settle(run_id=run_id, usd=Decimal("0.45"))
    assert take("0.10") is IngestionErrorCode.DAILY_CAP_REACHED


def test_reserve_counts_each_source_alone() -> None:
    take("0.25")
    take("0.25")
    assert spent(source="other", at=EVENING) == (Decimal(0), Decimal(0))


def test_reserve_is_undone_by_a_rollback() -> None:
    with transaction.atomic():
        assert reserve(run_id=uuid4(), job_id=uuid4(), source="s", usd=Decimal("0.2"), caps=CAPS) is None
        transaction.set_rollback(True)
    assert not SpendEntry.objects.exists()
