import pytest

from kairo.core.errors import Conflict, NotFound
from kairo.core.ids import new_id
from kairo.hero.enums import GenerationErrorCode
from kairo.hero.jobs import queue
from kairo.hero.jobs.admin import history, overview, retry
from tests.hero.jobs.rows import claimed, pending

pytestmark = pytest.mark.django_db


def test_overview_counts_jobs_by_status_and_lists_running_ones() -> None:
    waiting, running = pending(), claimed()
    shown = overview()
    assert (shown.counts["pending"], shown.counts["running"], shown.counts["failed"]) == (1, 1, 0)
    assert shown.oldest_pending is not None
    assert shown.oldest_pending["id"] == waiting.id
    assert [job["id"] for job in shown.running] == [running.job_id]


def test_history_lists_events_in_their_order() -> None:
    lease = claimed()
    queue.release(lease=lease)
    assert [event["kind"] for event in history(job_id=lease.job_id)] == ["enqueued", "claimed", "released"]


def test_retry_of_a_failed_job_enqueues_another_and_of_a_running_one_is_refused() -> None:
    job = pending()
    queue.fail(lease=claimed(job), error_code=GenerationErrorCode.INTERNAL, detail="x", retry=False)
    again, is_new = retry(job_id=job.id)
    assert is_new
    assert again.id != job.id
    claimed(again)
    with pytest.raises(Conflict):
        retry(job_id=again.id)
    with pytest.raises(NotFound):
        retry(job_id=new_id())
