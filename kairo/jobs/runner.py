"""Runs the jobs of one kind in this process: claim, run, store what came of it or say why not."""

from __future__ import annotations

import logging
import secrets
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from kairo.db.batching import BackgroundBatcher, Batcher
from kairo.db.failures import database_failure
from kairo.jobs import claiming
from kairo.jobs.dispatch import redispatch, send_wakeup
from kairo.jobs.failure_log import log_failure
from kairo.jobs.finishing import fail, note_fenced, stop_cancelled
from kairo.jobs.heartbeat import LeaseRenewer, RunningAttempt
from kairo.jobs.kind import JobKind
from kairo.jobs.lease import Ending, JobCancelled, Lease, LeaseLost
from kairo.jobs.reaper import reap_stale_jobs
from kairo.observability.logs import bound

logger = logging.getLogger(__name__)

T = TypeVar("T")
Result = tuple[RunningAttempt, T]

_RELEASE_BEFORE_GRACE_ENDS_S = 3.0
# How long a thread works for one wake-up. Messages of other kinds wait behind it for so long and one job more, so it
# is short; a wake-up costs about as much as an empty job, so it is not shorter. Dramatiq's limit for a message is the
# limit of a job and ten seconds.
_GO_ON_S = 0.5
MAX_UNSTORED = 32  # results a dying process loses at most; threads wait where the database is slower than they are


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """What `fail` gets of an exception."""

    error_code: str
    detail: str
    retry: bool = True
    retry_after_s: float = 0


class Work(Protocol[T]):
    """The work of one kind of job."""

    def run(self, attempt: RunningAttempt) -> T:
        """Does the work, with no transaction open, and returns what is to be stored."""
        ...

    def store(self, results: Sequence[Result[T]]) -> list[Ending]:
        """Ends the attempts, each with what it has made, and returns how each ended, in their order."""
        ...

    def failure(self, error: BaseException) -> Failure:
        """The job's error for what `run` or `store` raised."""
        ...


class JobRunner(Generic[T]):
    """Runs jobs in the calling threads. Threads that claim at the same moment claim together; so do results of
    wake-ups, which are stored while the next job runs.

    Each ending goes to the row; nothing is raised to the caller but what stops the process itself.
    """

    def __init__(
        self, kind: JobKind[Any], work: Work[T], *, load: Callable[[], None] | None = None, also: Sequence[Any] = ()
    ) -> None:
        """`load` imports what the work needs; `also` is called after each reaper pass."""
        self.kind = kind
        self.work = work
        self.worker_id = f"{socket.gethostname()}-{secrets.token_hex(4)}"
        self.declined: list[UUID] = []
        self._load = load
        self._also = also
        self._renewer = LeaseRenewer(kind, release_at=self._release_at)
        self._claim: Batcher[None, Lease | None] = Batcher(self._claim_together)
        self._stored_later: BackgroundBatcher[Result[T], Ending] = BackgroundBatcher(
            work.store,
            done=self._ended,
            failed=lambda result, error: self._end_after(result[0], error),
            max_size=MAX_UNSTORED,
            name=f"{kind.name}-storer",
        )
        # A plain value: it is set by a signal handler, which must not wait for any lock.
        self._stopping_since: float | None = None

    def run_due(self, *, named: UUID) -> None:
        """Runs due jobs until none is due, for a wake-up that names one of them.

        A result is stored while the next job runs; all are by the time this returns. After half a second no further
        job is begun, and the wake-up is sent again for the rest. A stopping process notes the wake-up as declined.

        Raises:
            Unreachable: the broker did not take that message.
        """
        until = time.monotonic() + _GO_ON_S
        ran = self._next(store=self._stored_later.put)
        if ran is None:
            self.run(job_id=named)
            return
        met = ran == named
        while ran is not None and time.monotonic() < until:
            ran = self._next(store=self._stored_later.put)
            met = met or ran == named
        self._stored_later.wait()
        if self.stopping:
            self.declined.append(named)
        elif ran is not None:
            redispatch(self.kind, job_id=named)
        elif not met:
            self.run(job_id=named)  # its row may have been locked for a moment, and so been skipped

    def run_next(self) -> UUID | None:
        """Runs the job that comes first, and returns its id; None when none is due, or the process is stopping."""
        return self._next(store=self._store_now)

    def claim_next(self) -> Lease | None:
        """Claims the job that comes first, for `run_claimed`; None when none is due, or the process is stopping."""
        return None if self.stopping else self._claim(None)

    def run_claimed(self, lease: Lease) -> None:
        self._run(lease, store=self._store_now)

    def run(self, *, job_id: UUID) -> UUID | None:
        """Runs this job, if it is due and no other worker has it. A stopping process notes it as declined."""
        if self.stopping:
            self.declined.append(job_id)
            return None
        return self._run(claiming.claim(self.kind, job_id=job_id, worker_id=self.worker_id), store=self._store_now)

    def load(self) -> None:
        if self._load is not None:
            self._load()

    def reap(self) -> None:
        """One pass of the reaper, and of what goes with it."""
        reap_stale_jobs(self.kind)
        for step in self._also:
            step()

    @property
    def is_busy(self) -> bool:
        """Whether an attempt runs here."""
        return self._renewer.is_busy

    @property
    def stopping(self) -> bool:
        return self._stopping_since is not None

    def stop(self) -> None:
        """No new claims from now on; what runs is given back shortly before the grace ends. For signal handlers."""
        if self._stopping_since is None:
            self._stopping_since = time.monotonic()

    def drain(self) -> None:
        """Waits, after `stop`, until no attempt runs here, or all were given back."""
        while self.is_busy:
            time.sleep(0.05)

    def send_declined(self) -> None:
        """Sends the wake-ups that came after `stop` again, for another process.

        Raises:
            Unreachable
        """
        for job_id in self.declined:
            send_wakeup(self.kind, job_id=job_id, priority=1)

    def _release_at(self) -> float | None:
        if self._stopping_since is None:
            return None
        grace_s = settings.WORKER_SHUTDOWN_GRACE_S
        return self._stopping_since + max(grace_s / 2, grace_s - _RELEASE_BEFORE_GRACE_ENDS_S)

    def _next(self, *, store: Callable[[Result[T]], None]) -> UUID | None:
        return self._run(self.claim_next(), store=store)

    def _run(self, lease: Lease | None, *, store: Callable[[Result[T]], None]) -> UUID | None:
        """Runs the job, and has its result stored. Whatever happens is written to the row."""
        if lease is None:
            return None
        with bound(**lease.log_ids()):
            attempt = self._renewer.register(lease)
            try:
                logger.info("%s: started", self.kind.name)
                store((attempt, self.work.run(attempt)))
            except BaseException as error:  # Dramatiq interrupts threads by such
                self._end_after(attempt, error)
        return lease.job_id

    def _store_now(self, result: Result[T]) -> None:
        self._ended(result, self.work.store([result])[0])

    def _ended(self, result: Result[T], ending: Ending) -> None:
        self._renewer.unregister(result[0])
        with bound(**result[0].lease.log_ids()):
            logger.info("%s: ended: %s", self.kind.name, ending.value)

    def _end_after(self, attempt: RunningAttempt, error: BaseException) -> None:
        with bound(**attempt.lease.log_ids()):
            try:
                ending = self._ending_after(attempt.lease, error)
            finally:
                self._renewer.unregister(attempt)
            logger.info("%s: ended: %s", self.kind.name, ending.value if ending else "unknown, its lease will run out")

    def _ending_after(self, lease: Lease, error: BaseException) -> Ending | None:
        """Ends the attempt. None when the database does not take the failure either."""
        if isinstance(error, LeaseLost):
            note_fenced(self.kind, lease=lease, unless=("released",))  # which this process did itself, being stopped
            return Ending.FENCED
        if isinstance(error, JobCancelled):
            return stop_cancelled(self.kind, lease=lease)
        failure = self.work.failure(error)
        logger.error("the attempt failed: %s", failure.error_code, exc_info=error)
        try:
            return fail(
                self.kind,
                lease=lease,
                error_code=failure.error_code,
                detail=failure.detail,
                retry=failure.retry,
                retry_after_s=failure.retry_after_s,
            )
        except (DatabaseError, InterfaceError) as refusal:
            if database_failure(refusal) is None:
                raise
            log_failure(logger, refusal, "the failure could not be written")
            return None

    def _claim_together(self, wanted: Sequence[None]) -> list[Lease | None]:
        leases = claiming.claim_together(self.kind, worker_id=self.worker_id, wanted=len(wanted))
        return [*leases, *[None] * (len(wanted) - len(leases))]


class PerProcess(Generic[T]):
    """A value made at its first use in a process: after a fork, so that no two processes share a worker's id."""

    def __init__(self, make: Callable[[], T]) -> None:
        self.make = make
        self._lock = threading.Lock()
        self.value: T | None = None

    def __call__(self) -> T:
        with self._lock:
            if self.value is None:
                self.value = self.make()
            return self.value
