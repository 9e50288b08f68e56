from __future__ import annotations

import pytest

from kairo.hero.enums import JobStatus
from kairo.hero.models import OpportunitiesBoard
from tests.factories import make_brand, make_job, make_opportunity, make_ready_board
from tests.schema.api import Api

pytestmark = pytest.mark.django_db(transaction=True)

CANCEL = """mutation ($i: CancelGenerationJobInput!) { cancelGenerationJob(input: $i) { __typename
  ... on GenerationJobCancelled { job { status cancelRequestedAt pollAfterMs error { code } } }
  ... on GenerationJobAlreadyFinished { job { status } } } }"""


@pytest.mark.board_cache
def test_cancel_ends_a_pending_job_and_restores_the_last_board() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    make_ready_board(brand, [make_opportunity(brand)])
    job = make_job(brand, status=JobStatus.PENDING)
    answer = api.data(CANCEL, i={"jobId": str(job.id)})["cancelGenerationJob"]
    assert answer["__typename"] == "GenerationJobCancelled"
    assert answer["job"]["status"] == "CANCELLED"
    assert answer["job"]["pollAfterMs"] is None
    assert answer["job"]["error"] == {"code": "CANCELLED"}
    today = api.data("query ($b: ID!) { todayBoard(brandId: $b) { state } }", b=str(brand.id))["todayBoard"]
    assert today["state"] == "READY"
    assert OpportunitiesBoard.objects.count() == 1


def test_cancel_requests_a_running_job_to_stop() -> None:
    api = Api()
    job = make_job(make_brand(api.tenant), status=JobStatus.RUNNING)
    answer = api.data(CANCEL, i={"jobId": str(job.id)})["cancelGenerationJob"]
    assert answer["__typename"] == "GenerationJobCancelled"
    assert answer["job"]["status"] == "RUNNING"
    assert answer["job"]["cancelRequestedAt"]
    assert answer["job"]["pollAfterMs"] > 0


@pytest.mark.parametrize("status", [JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED])
def test_finished_job_is_not_cancelled(status: JobStatus) -> None:
    api = Api()
    job = make_job(make_brand(api.tenant), status=status)
    answer = api.data(CANCEL, i={"jobId": str(job.id)})["cancelGenerationJob"]
    assert answer == {"__typename": "GenerationJobAlreadyFinished", "job": {"status": status.name}}
