import pytest

from kairo.core.enums import JobTrigger
from kairo.hero.enums import GenerationErrorCode, JobStatus, TodayBoardState
from kairo.hero.jobs import queue
from kairo.hero.models import OpportunitiesBoard
from tests.factories import make_brand
from tests.hero.jobs.rows import claimed, pending, row

pytestmark = pytest.mark.django_db


def test_queue_binds_every_verb_to_generations() -> None:
    verbs = [getattr(queue, name) for name in queue.__all__ if name[0].islower() and name != "KIND"]
    assert {verb.args[0] for verb in verbs} == {queue.KIND}
    assert queue.KIND.model._meta.label == "hero.OpportunitiesJob"


def test_failed_job_gets_its_error_board_in_the_same_transaction() -> None:
    job = pending()
    queue.fail(lease=claimed(job), error_code=GenerationErrorCode.SYNTHESIS_FAILED, detail="broken", retry=False)
    board = OpportunitiesBoard.objects.get(job=job)
    assert row(job.id).status == JobStatus.FAILED
    assert (board.state, board.error_code) == (TodayBoardState.ERROR, GenerationErrorCode.SYNTHESIS_FAILED)


def test_cancelled_job_gets_no_board() -> None:
    job = pending()
    queue.cancel(job_id=job.id, by="test")
    assert row(job.id).status == JobStatus.CANCELLED
    assert not OpportunitiesBoard.objects.filter(job=job).exists()


def test_enqueue_returns_the_active_job_of_the_brand() -> None:
    brand = make_brand()
    first, is_new = queue.enqueue(brand_id=brand.id, trigger=JobTrigger.USER, priority=10)
    second, is_second_new = queue.enqueue(brand_id=brand.id, trigger=JobTrigger.SCHEDULE, priority=0)
    assert (second.id, is_new, is_second_new) == (first.id, True, False)
