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


def test_an_empty_queue_is_told_as_such() -> None:
    assert jobs() == "pending 0  running 0  succeeded 0  failed 0  insufficient_evidence 0  cancelled 0\n"


def test_the_queue_at_a_glance() -> None:
    waiting, broken, running, lost = pending(), failed(), claimed(worker_id="host-1"), claimed()
    age(waiting.id, "created_at", seconds=300)
    die(lost)
    finish(claimed())

    said = jobs().splitlines()

    assert said[0].startswith("pending 1  running 2  succeeded 1  failed 1")
    assert said[1] == f"oldest pending  {waiting.id}  waits 5 min"
    assert said[2].startswith(f"running  {lost.job_id}")
    assert said[2].endswith("lease ran out")
    assert f"running  {running.job_id}  {running_brand(running.job_id)}  attempt 1 of 3  gathering 0 %" in said[3]
    assert "by host-1  lease 59 s" in said[3]
    assert said[4].startswith(f"failed   {broken.id}")
    assert said[4].endswith("after 1  synthesis_failed  it broke")


def running_brand(job_id: UUID) -> str:
    return OpportunitiesJob.objects.select_related("brand").get(id=job_id).brand.slug


def test_one_job_with_its_history() -> None:
    job = failed()
    said = jobs("show", job.id).splitlines()
    assert "failed" in said[0]
    assert [line.split()[2] for line in said[1:]] == ["enqueued", "claimed", "failed"]
    assert said[2].endswith("#1  worker-a")


def test_retrying_what_has_failed_makes_a_new_job_and_leaves_the_old_one() -> None:
    job = failed()
    said = jobs("retry", job.id)
    new = OpportunitiesJob.objects.get(status="pending")
    assert said == f"new job  {new.id}\n"
    assert (new.brand_id, new.trigger, row(job.id).status) == (job.brand_id, "operator", "failed")
    assert jobs("retry", job.id) == f"due now  {new.id}\n"


def test_retrying_what_waits_makes_it_due() -> None:
    job = pending()
    queue.fail(lease=claimed(job), error_code=GenerationErrorCode.INTERNAL, detail="x")
    assert queue.claim(job_id=job.id, worker_id="w") is None
    assert jobs("retry", job.id) == f"due now  {job.id}\n"
    assert claimed(job).attempt == 2


def test_what_runs_cannot_be_retried() -> None:
    with pytest.raises(CommandError, match="running"):
        jobs("retry", claimed().job_id)


def test_cancelling_says_what_it_comes_to() -> None:
    waiting, running, ended = pending(), claimed(), failed()
    assert jobs("cancel", waiting.id) == "cancelled\n"
    assert "will stop" in jobs("cancel", running.job_id)
    assert "ended already" in jobs("cancel", ended.id)


@pytest.mark.parametrize("verb", ["show", "retry", "cancel"])
def test_a_job_that_is_not_there(verb: str) -> None:
    with pytest.raises(CommandError, match="not found"):
        jobs(verb, new_id())
