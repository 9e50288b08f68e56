"""Runs jobs in this process: claim, make the board, store it or say why not."""

from __future__ import annotations

import logging
import secrets
import socket
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError

from kairo.db.batching import Batcher
from kairo.hero.enums import GenerationErrorCode, JobStage
from kairo.hero.generation.batch_committer import BatchCommitter, store_together
from kairo.hero.generation.make_board import GenerationOutcome, Report, make_board
from kairo.hero.jobs import queue
from kairo.hero.jobs.dispatch import redispatch
from kairo.hero.jobs.heartbeat import JobCancelled, LeaseLost, LeaseRenewer, RunningAttempt
from kairo.hero.jobs.queue import Ending, Lease
from kairo.observability.logs import bound

logger = logging.getLogger(__name__)

_RELEASE_BEFORE_GRACE_ENDS_S = 3.0
# How long a thread goes on for one wake-up. Messages of other kinds wait behind it for so long and one job more, so it
# is short; a wake-up costs about as much as an empty job, so it is not shorter. Dramatiq's limit for a message is the
# limit of a job and ten seconds.
_GO_ON_S = 0.5


class Make(Protocol):
    """What makes a board; see make_board."""

    def __call__(self, *, brand_id: UUID, as_of: datetime, report: Report, last_attempt: bool) -> GenerationOutcome: ...


Store = Callable[[RunningAttempt, GenerationOutcome], None]


class JobRunner:
    """One process's hands. Safe to call from many threads: what they claim at the same moment is joined, and so is
    what wake-ups have them store.

    Every ending goes to the row; nothing is raised to the caller but what stops the process itself.
    """

    def __init__(self, *, make: Make = make_board) -> None:
        self._make = make
        self.worker_id = f"{socket.gethostname()}-{secrets.token_hex(4)}"
        self.declined: list[UUID] = []
        self._keeper = LeaseRenewer(release_at=self._release_at)
        self._claim = Batcher(self._claim_together)
        self._storer = BatchCommitter(ended=self._ended, failed=self._end_after)
        # A plain value: it is set by a signal handler, which must not wait for any lock.
        self._stopping_since: float | None = None

    def run_due(self, *, named: UUID) -> None:
        """What a wake-up asks for: runs what is due, the job that it names among the first, until nothing is.

        A job is stored while the next one is made; all are by the time this returns. After half a second no further
        one is begun, and somebody is woken again for the rest. A stopping process notes the wake-up as declined.

        Raises whatever the broker raises when it does not take that message.
        """
        until = time.monotonic() + _GO_ON_S
        ran = self._next(hint=named, store=self._storer.put)
        if ran is None:
            self.run(job_id=named)
            return
        met = ran == named
        while ran is not None and time.monotonic() < until:
            ran = self._next(hint=None, store=self._storer.put)
            met = met or ran == named
        self._storer.wait()
        if self.stopping:
            self.declined.append(named)
        elif ran is not None:
            redispatch(job_id=named)
        elif not met:
            self.run(job_id=named)

    def run_next(self, *, hint: UUID | None = None) -> UUID | None:
        """Runs the job that comes first, and returns its id; None when none is due, or the process is stopping.

        `hint` is preferred among equals.
        """
        return self._next(hint=hint, store=self._store)

    def run(self, *, job_id: UUID) -> UUID | None:
        """Runs this job, if it is due and nobody else has it. A stopping process notes it as declined."""
        if self.stopping:
            self.declined.append(job_id)
            return None
        return self._run(queue.claim(job_id=job_id, worker_id=self.worker_id), store=self._store)

    @property
    def stopping(self) -> bool:
        return self._stopping_since is not None

    def stop(self) -> None:
        """No new claims from now on; what runs is given back shortly before the grace ends. For signal handlers."""
        if self._stopping_since is None:
            self._stopping_since = time.monotonic()

    def drain(self) -> None:
        """Waits, after `stop`, until nothing runs here any more or all of it was given back."""
        while self._keeper.holds_any:
            time.sleep(0.05)

    def _release_at(self) -> float | None:
        if self._stopping_since is None:
            return None
        grace_s = settings.WORKER_SHUTDOWN_GRACE_S
        return self._stopping_since + max(grace_s / 2, grace_s - _RELEASE_BEFORE_GRACE_ENDS_S)

    def _next(self, *, hint: UUID | None, store: Store) -> UUID | None:
        return None if self.stopping else self._run(self._claim(hint), store=store)

    def _run(self, lease: Lease | None, *, store: Store) -> UUID | None:
        """Makes the board, and has it stored. Whatever happens, the row hears of it."""
        if lease is None:
            return None
        with bound(**lease.log_ids()):
            held = self._keeper.hold(lease)
            try:
                logger.info("started")
                outcome = self._make(
                    brand_id=lease.brand_id,
                    as_of=lease.claimed_at,
                    report=held.report,
                    last_attempt=lease.attempt >= lease.max_attempts,
                )
                held.report(JobStage.STORING)
                store(held, outcome)
            except BaseException as error:  # Dramatiq interrupts threads by such
                self._end_after(held, error)
        return lease.job_id

    def _store(self, held: RunningAttempt, outcome: GenerationOutcome) -> None:
        self._ended(held, store_together([(held, outcome)])[0])

    def _end_after(self, held: RunningAttempt, error: BaseException) -> None:
        with bound(**held.lease.log_ids()):
            try:
                ending = _ending_after(held, error)
            finally:
                self._keeper.unregister(held)
            logger.info("ended: %s", ending.value if ending else "unknown, its lease will run out")

    def _ended(self, held: RunningAttempt, ending: Ending) -> None:
        self._keeper.unregister(held)
        with bound(**held.lease.log_ids()):
            logger.info("ended: %s", ending.value)

    def _claim_together(self, hints: Sequence[UUID | None]) -> list[Lease | None]:
        return queue.claim_together(worker_id=self.worker_id, hints=hints)


def _ending_after(held: RunningAttempt, error: BaseException) -> Ending | None:
    """Ends the attempt that came to this. None when the database would not even take the failure."""
    if isinstance(error, LeaseLost):
        queue.note_fenced(lease=held.lease, unless=("released",))  # which this process did itself, being stopped
        return Ending.FENCED
    if isinstance(error, JobCancelled):
        return queue.stop_cancelled(lease=held.lease)
    return _failed(held, _code_of(error), error)


def _code_of(error: BaseException) -> GenerationErrorCode:
    if not isinstance(error, Exception):
        return GenerationErrorCode.STUCK_JOB_TIMEOUT
    if isinstance(error, OperationalError | InterfaceError):
        return GenerationErrorCode.DATABASE_UNAVAILABLE
    code = getattr(error, "error_code", None)
    return code if isinstance(code, GenerationErrorCode) else GenerationErrorCode.INTERNAL


def _failed(held: RunningAttempt, code: GenerationErrorCode, error: BaseException) -> Ending | None:
    logger.error("the attempt failed: %s", code, exc_info=error)
    try:
        return queue.fail(lease=held.lease, error_code=code, detail=f"{type(error).__name__}: {error}")
    except (OperationalError, InterfaceError):
        logger.exception("the failure could not be written")
        return None


_process_runner: JobRunner | None = None
_process_lock = threading.Lock()


def process_runner() -> JobRunner:
    """This process's runner, made at the first call: after a fork, so that no two processes share an id."""
    global _process_runner  # noqa: PLW0603  one a process is the point
    with _process_lock:
        if _process_runner is None:
            _process_runner = JobRunner()
        return _process_runner
