from __future__ import annotations

import pytest
from pytest_django import Settings

from kairo.core.models import Brand
from kairo.evidence.enums import IngestionStatus
from kairo.evidence.models import SourceConnection
from tests.evidence.ingestion.steps import TWO_STAGES, create_job, run_to_end
from tests.evidence.sources import Feed, Vendor, make_connection, make_feed

pytestmark = pytest.mark.django_db(transaction=True)


def test_step_stops_when_the_evidence_is_enough(brand: Brand, vendor: Vendor, settings: Settings) -> None:
    settings.KAIRO_EVIDENCE_ENOUGH = f"{__name__}.yes"
    vendor.stages = TWO_STAGES
    job = run_to_end(create_job(brand, make_connection(brand), make_feed(brand)))
    assert (job.status, job.stopped_early) == (IngestionStatus.SUCCEEDED, True)
    assert (vendor.count("start"), Feed.requests) == (1, [])


def test_step_continues_without_enough_evidence_or_without_stop_when_enough(
    brand: Brand, vendor: Vendor, settings: Settings
) -> None:
    for path, stop in ((f"{__name__}.no", True), (f"{__name__}.yes", False)):
        settings.KAIRO_EVIDENCE_ENOUGH = path
        connections = list(SourceConnection.objects.all()) or [make_connection(brand), make_feed(brand)]
        job = run_to_end(create_job(brand, *connections, stop_when_enough=stop))
        assert (job.stopped_early, job.status) == (False, IngestionStatus.SUCCEEDED)
    assert len(Feed.requests) == 2


def yes(**_: object) -> bool:
    return True


def no(**_: object) -> bool:
    return False
