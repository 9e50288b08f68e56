"""Runs generation jobs in this process: make the board, store it with the job's end, or say why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import InterfaceError, OperationalError

from kairo.db.failures import database_failure
from kairo.hero.enums import GenerationErrorCode, JobStage
from kairo.hero.generation.board_store import GeneratedBoard, store_boards
from kairo.hero.generation.make_board import GenerationOutcome, Report, make_board
from kairo.hero.generation.synthesizer import fallback_remark
from kairo.hero.jobs import queue
from kairo.hero.jobs.scheduler import enqueue_due_refreshes
from kairo.jobs.heartbeat import RunningAttempt
from kairo.jobs.lease import Ending
from kairo.jobs.runner import Failure, PerProcess, Result
from kairo.jobs.runner import JobRunner as Runner

PERCENT = {
    JobStage.QUEUED: 0,
    JobStage.GATHERING: 10,
    JobStage.GATING: 30,
    JobStage.SYNTHESIZING: 50,
    JobStage.STORING: 90,
}


class Make(Protocol):
    """The function that makes a board; see make_board."""

    def __call__(self, *, brand_id: UUID, as_of: datetime, report: Report, last_attempt: bool) -> GenerationOutcome: ...


class Generation:
    """The work of a generation job."""

    def __init__(self, make: Make) -> None:
        self._make = make

    def run(self, attempt: RunningAttempt) -> GenerationOutcome:
        def report(stage: JobStage) -> None:
            attempt.report(stage.value, PERCENT[stage])

        lease = attempt.lease
        outcome = self._make(
            brand_id=lease.brand_id, as_of=lease.claimed_at, report=report, last_attempt=lease.is_last_attempt
        )
        report(JobStage.STORING)
        return outcome

    def store(self, results: Sequence[Result[GenerationOutcome]]) -> list[Ending]:
        """Stores each board with its job's end, and all in one transaction."""
        boards = {
            attempt.lease: GeneratedBoard(
                brand_id=attempt.lease.brand_id,
                job_id=attempt.lease.job_id,
                attempt=attempt.lease.attempt,
                outcome=outcome,
            )
            for attempt, outcome in results
        }
        endings = queue.complete(
            ends={lease: board.outcome.job_status.value for lease, board in boards.items()},
            store=lambda leases: store_boards([boards[lease] for lease in leases]),
            details={lease: fallback_remark(board.outcome.content.notes) for lease, board in boards.items()},
        )
        return [endings[attempt.lease] for attempt, _ in results]

    def failure(self, error: BaseException) -> Failure:
        return Failure(error_code=_error_code(error).value, detail=f"{type(error).__name__}: {error}")


def _error_code(error: BaseException) -> GenerationErrorCode:
    if not isinstance(error, Exception):
        return GenerationErrorCode.STUCK_JOB_TIMEOUT
    if isinstance(error, OperationalError | InterfaceError) or database_failure(error):
        return GenerationErrorCode.DATABASE_UNAVAILABLE
    code = getattr(error, "error_code", None)
    return code if isinstance(code, GenerationErrorCode) else GenerationErrorCode.INTERNAL


class JobRunner(Runner[GenerationOutcome]):
    """The runner of generation jobs; `make` is another function than make_board in benchmarks and tests."""

    def __init__(self, *, make: Make = make_board) -> None:
        super().__init__(queue.KIND, Generation(make), also=(enqueue_due_refreshes,))


process_runner = PerProcess(JobRunner)
