from __future__ import annotations

from collections.abc import Sequence

import pytest

from kairo.hero.jobs import queue
from kairo.jobs.heartbeat import RunningAttempt
from kairo.jobs.lease import Ending
from kairo.jobs.runner import Failure, JobRunner, PerProcess, Result
from tests.hero.jobs.rows import finish, kinds, pending, row


class Work:
    """Ends each job with a board; `errors` are raised first, one by one."""

    def __init__(self, *errors: BaseException) -> None:
        self.errors = list(errors)

    def run(self, attempt: RunningAttempt) -> str:
        if self.errors:
            raise self.errors.pop(0)
        return "result"

    def store(self, results: Sequence[Result[str]]) -> list[Ending]:
        return [finish(attempt.lease) for attempt, _ in results]

    def failure(self, error: BaseException) -> Failure:
        return Failure(error_code="internal", detail=type(error).__name__, retry=not isinstance(error, ValueError))


@pytest.mark.django_db(transaction=True)
def test_runner_runs_what_is_due_for_one_wakeup() -> None:
    jobs = [pending() for _ in range(5)]
    JobRunner(queue.KIND, Work()).run_due(named=jobs[3].id)
    assert [row(job.id).status for job in jobs] == ["succeeded"] * 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("error", "kind"), [(RuntimeError(), "retried"), (ValueError(), "failed")])
def test_runner_writes_failure_of_the_works_own_choice(error: Exception, kind: str) -> None:
    job = pending()
    assert JobRunner(queue.KIND, Work(error)).run_next() == job.id
    assert kinds(job.id)[-1] == kind


@pytest.mark.django_db(transaction=True)
def test_stopped_runner_claims_nothing_and_keeps_its_wakeups() -> None:
    job = pending()
    runner = JobRunner(queue.KIND, Work())
    runner.stop()
    runner.run_due(named=job.id)
    assert (row(job.id).status, runner.declined, runner.is_busy) == ("pending", [job.id], False)


def test_per_process_value_is_made_once() -> None:
    made: list[int] = []
    value = PerProcess(lambda: made.append(1) or len(made))  # type: ignore[func-returns-value]  # append returns None
    assert (value(), value(), len(made)) == (1, 1, 1)
