import pytest
from django.db import IntegrityError, transaction

from kairo.core.enums import JobTrigger
from kairo.evidence.jobs.queue import enqueue
from kairo.evidence.models import IngestionJob
from tests.factories import make_brand

pytestmark = pytest.mark.django_db


def job() -> IngestionJob:
    return enqueue(brand_id=make_brand().id, connection_ids=[], trigger=JobTrigger.USER, priority=10)[0]


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"stage": "dreaming"}, "ingestion_stage_known"),
        ({"percent": 101}, "ingestion_percent_in_range"),
        ({"status": "running"}, "ingestion_running_iff_leased"),
        ({"status": "failed"}, "ingestion_f"),
        ({"max_attempts": 0}, "ingestion_max_attempts_positive"),
    ],
)
def test_ingestion_job_refuses_impossible_values(values: dict[str, object], constraint: str) -> None:
    made = job()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        IngestionJob.objects.filter(id=made.id).update(**values)


def test_ingestion_job_is_active_once_per_brand() -> None:
    made = job()
    again, is_new = enqueue(brand_id=made.brand_id, connection_ids=[], trigger=JobTrigger.USER, priority=10)
    assert (again.id, is_new) == (made.id, False)
