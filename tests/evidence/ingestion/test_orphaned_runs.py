from __future__ import annotations

from decimal import Decimal

import pytest

from kairo.core.models import Brand
from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.ingestion.orphaned_runs import settle_orphaned_runs
from kairo.evidence.jobs.queue import cancel
from kairo.evidence.models import SpendEntry
from kairo.evidence.ports import RunState, RunStatus, SourceError
from tests.evidence.ingestion.steps import create_job, only_run, run_step, run_to_end
from tests.evidence.sources import Vendor, make_connection

pytestmark = pytest.mark.django_db(transaction=True)


RUNNING = RunState(status=RunStatus.RUNNING)


def test_orphan_of_a_cancelled_job_is_aborted_and_settled(brand: Brand, vendor: Vendor) -> None:

    vendor.state = RUNNING
    job = run_step(create_job(brand, make_connection(brand)))
    cancel(job_id=job.id, by="test")
    assert settle_orphaned_runs() == 1
    run = only_run()
    assert (vendor.count("abort"), run.error_code) == (1, IngestionErrorCode.RUN_ABORTED)
    assert (run.actual_usd, SpendEntry.objects.get().actual_usd) == (Decimal("0.01"), Decimal("0.01"))
    assert settle_orphaned_runs() == 0


def test_run_of_an_active_job_is_no_orphan(brand: Brand, vendor: Vendor) -> None:
    run_step(create_job(brand, make_connection(brand)))
    assert (settle_orphaned_runs(), vendor.count("poll")) == (0, 0)


def test_orphan_that_cannot_be_polled_keeps_its_reservation(brand: Brand, vendor: Vendor) -> None:
    vendor.faults = {"poll": [SourceError(IngestionErrorCode.UNAUTHORIZED)] * 2}
    run_to_end(create_job(brand, make_connection(brand)))
    assert (settle_orphaned_runs(), SpendEntry.objects.get().actual_usd) == (0, None)
