from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kairo.evidence.models import IngestionJob, SourceConnection
from tests import factories
from tests.evidence.sources import make_connection, make_ingestion_job, make_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection() -> SourceConnection:
    return make_connection(factories.make_brand())


@pytest.fixture
def job(connection: SourceConnection) -> IngestionJob:
    return make_ingestion_job(connection.brand)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"status": "running", "finished_at": None, "run_id": ""}, "source_run_running_has_run_id"),
        ({"status": "failed", "error_code": None}, "source_run_failed_has_error_code"),
        ({"status": "running", "finished_at": timezone.now(), "run_id": "r"}, "source_run_finished_iff_finished_at"),
        ({"status": "succeeded", "finished_at": None}, "source_run_finished_iff_finished_at"),
        ({"actual_usd": Decimal(-1)}, "source_run_cost_not_negative"),
    ],
)
def test_row_that_contradicts_itself_is_refused(
    job: IngestionJob, connection: SourceConnection, values: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_run(job, connection, **values)


def test_stage_runs_once_in_a_job(job: IngestionJob, connection: SourceConnection) -> None:
    make_run(job, connection)
    with pytest.raises(IntegrityError, match="source_run_once_a_job"), transaction.atomic():
        make_run(job, connection)


def test_vendors_run_id_is_unique_in_its_source(job: IngestionJob, connection: SourceConnection) -> None:
    make_run(job, connection, run_id="r1")
    with pytest.raises(IntegrityError, match="source_run_run_id_unique"), transaction.atomic():
        make_run(job, connection, run_id="r1", stage="reels")
