from __future__ import annotations

from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from kairo.core.ids import new_id
from kairo.hero.enums import GenerationErrorCode
from kairo.hero.jobs import queue
from kairo.hero.models import OpportunitiesJob
from tests.hero.jobs.rows import age, claimed, die, finish, pending, row

pytestmark = pytest.mark.django_db


def jobs(*words: object) -> str:
    out = StringIO()
    call_command("jobs", *map(str, words), stdout=out)
    return out.getvalue()


def failed() -> OpportunitiesJob:
    job = pending()
    queue.fail(lease=claimed(job), error_code=GenerationErrorCode.SYNTHESIS_FAILED, detail="it broke", retry=False)
    return job


def test_jobs_of_an_empty_queue_are_counted_as_zero() -> None:
    assert jobs() == "pending 0  running 0  succeeded 0  failed 0  insufficient_evidence 0  cancelled 0\n"


def test_jobs_lists_counts_and_active_jobs() -> None:
    waiting, broken, running, lost = pending(), failed(), claimed(worker_id="host-1"), claimed()
    age(waiting.id, "created_at", seconds=300)
    die(lost)
    finish(claimed())

    output = jobs().splitlines()

    assert output[0].startswith("pending 1  running 2  succeeded 1  failed 1")
    assert output[1] == f"oldest pending  {waiting.id}  waits 5 min"
    assert output[2].startswith(f"running  {lost.job_id}")
    assert output[2].endswith("lease ran out")
    assert f"running  {running.job_id}  {running_brand(running.job_id)}  attempt 1 of 3  gathering 0 %" in output[3]
    assert "by host-1  lease 59 s" in output[3]
    assert output[4].startswith(f"failed   {broken.id}")
    assert output[4].endswith("after 1  synthesis_failed  it broke")


def running_brand(job_id: UUID) -> str:
    return OpportunitiesJob.objects.select_related("brand").get(id=job_id).brand.slug


def test_jobs_show_prints_a_job_with_its_events() -> None:
    job = failed()
    output = jobs("show", job.id).splitlines()
    assert "failed" in output[0]
    assert [line.split()[2] for line in output[1:]] == ["enqueued", "claimed", "failed"]
    assert output[2].endswith("#1  worker-a")


def test_jobs_retry_of_a_failed_job_enqueues_a_new_one() -> None:
    job = failed()
    output = jobs("retry", job.id)
    new = OpportunitiesJob.objects.get(status="pending")
    assert output == f"new job  {new.id}\n"
    assert (new.brand_id, new.trigger, row(job.id).status) == (job.brand_id, "operator", "failed")
    assert jobs("retry", job.id) == f"due now  {new.id}\n"


def test_jobs_retry_of_a_pending_job_makes_it_due() -> None:
    job = pending()
    queue.fail(lease=claimed(job), error_code=GenerationErrorCode.INTERNAL, detail="x")
    assert queue.claim(job_id=job.id, worker_id="w") is None
    assert jobs("retry", job.id) == f"due now  {job.id}\n"
    assert claimed(job).attempt == 2


def test_jobs_retry_of_a_running_job_is_refused() -> None:
    with pytest.raises(CommandError, match="running"):
        jobs("retry", claimed().job_id)


def test_jobs_cancel_prints_the_outcome() -> None:
    waiting, running, ended = pending(), claimed(), failed()
    assert jobs("cancel", waiting.id) == "cancelled\n"
    assert "will stop" in jobs("cancel", running.job_id)
    assert "ended already" in jobs("cancel", ended.id)


@pytest.mark.parametrize("verb", ["show", "retry", "cancel"])
def test_jobs_with_an_unknown_id_fails(verb: str) -> None:
    with pytest.raises(CommandError, match="not found"):
        jobs(verb, new_id())
