"""Keeps the leases of this process's running jobs: one thread, one statement a beat for all of them.

Nothing can interrupt a call that blocks. So the keeper watches from outside: at the time limit it ends the attempt
in the row, and at the end of the grace after SIGTERM it gives the job back; the thread that still works on it is
refused when it comes to store.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections

from kairo.hero.enums import GenerationErrorCode, JobStage
from kairo.hero.jobs import queue
from kairo.hero.jobs.dispatch import dispatch_on_commit
from kairo.hero.jobs.queue import Ending, Heartbeat, Lease, LeaseState
from kairo.observability.logs import bound

logger = logging.getLogger(__name__)

PERCENT = {
    JobStage.QUEUED: 0,
    JobStage.GATHERING: 10,
    JobStage.GATING: 30,
    JobStage.SYNTHESIZING: 50,
    JobStage.STORING: 90,
}


class LeaseLost(Exception):
    """The job belongs to somebody else, or to nobody: this attempt must stop, and may write nothing."""


class JobCancelled(Exception):
    """Somebody asked for the end of the job."""


class RunningAttempt:
    """One running attempt, as its worker thread and the keeper both see it."""

    def __init__(self, lease: Lease) -> None:
        self.lease = lease
        self.state = LeaseState.HELD
        self.stage = JobStage.GATHERING
        self.reported_stage = JobStage.GATHERING
        self.started = self.last_beat = time.monotonic()

    def report(self, stage: JobStage) -> None:
        """The attempt begins a stage.

        Raises:
            LeaseLost, JobCancelled: go no further.
        """
        self.stage = stage
        if self.state is LeaseState.LOST:
            raise LeaseLost
        if self.state is LeaseState.CANCEL_REQUESTED:
            raise JobCancelled

    def beat_is_due(self, now: float) -> bool:
        """By the clock, or because the stage is new and somebody may be watching it."""
        waited = now - self.last_beat
        return waited >= settings.JOB_HEARTBEAT_S or (waited >= _TICK_S and self.stage is not self.reported_stage)

    def beat(self) -> Heartbeat:
        return Heartbeat(lease=self.lease, stage=self.stage, percent=PERCENT[self.stage])


_TICK_S = 1.0


class LeaseRenewer:
    """`release_at`, a time.monotonic() value or None, says when whatever still runs is to be given back."""

    def __init__(self, *, release_at: Callable[[], float | None]) -> None:
        self._release_at = release_at
        self._held: dict[UUID, RunningAttempt] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def hold(self, lease: Lease) -> RunningAttempt:
        """Keeps the lease from now on."""
        held = RunningAttempt(lease)
        with self._lock:
            self._held[lease.token] = held
        self._ensure_running()
        return held

    def unregister(self, held: RunningAttempt) -> None:
        """Keeps it no longer; it has ended, or its row says nothing good any more."""
        with self._lock:
            self._held.pop(held.lease.token, None)

    @property
    def holds_any(self) -> bool:
        """Whether an attempt runs that has not been ended or given back from here."""
        with self._lock:
            return any(held.state is not LeaseState.LOST for held in self._held.values())

    def _ensure_running(self) -> None:
        """Starts the thread, also when it has died: without it every lease of this process would run out."""
        if self._thread is None or not self._thread.is_alive():
            with self._lock:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._run, name="lease-keeper", daemon=True)
                    self._thread.start()
        if not self._wake.is_set():  # the thread takes it back before it looks once more, and only then sleeps
            self._wake.set()

    def _run(self) -> None:
        tick_s = min(_TICK_S, settings.JOB_HEARTBEAT_S / 2)
        while True:
            try:
                self._keep()
            except Exception:
                # The database may be away for a while: the leases outlive a few missed beats.
                logger.exception("the leases were not renewed")
            finally:
                close_old_connections()
            if self._held:
                time.sleep(tick_s)
            else:
                self._wake.clear()
                if not self._held:
                    self._wake.wait()

    def _keep(self) -> None:
        now = time.monotonic()
        with self._lock:
            running = [held for held in self._held.values() if held.state is not LeaseState.LOST]
        for held in running:
            if now - held.started >= settings.JOB_TIME_LIMIT_S:
                self._end_at_limit(held)
        release_at = self._release_at()
        if release_at is not None and now >= release_at:
            self._give_back([held for held in running if held.state is not LeaseState.LOST])
        self._renew([held for held in running if held.state is not LeaseState.LOST and held.beat_is_due(now)], now)

    def _renew(self, due: list[RunningAttempt], now: float) -> None:
        if not due:
            return
        told = {held.lease.token: held.stage for held in due}
        states = queue.heartbeat(held.beat() for held in due)
        for held in due:
            held.state = states[held.lease.token]
            held.reported_stage, held.last_beat = told[held.lease.token], now

    def _end_at_limit(self, held: RunningAttempt) -> None:
        held.state = LeaseState.LOST
        with bound(**held.lease.log_ids()):
            ending = queue.fail(
                lease=held.lease,
                error_code=GenerationErrorCode.STUCK_JOB_TIMEOUT,
                detail=f"not done after {settings.JOB_TIME_LIMIT_S:g} s, at stage {held.stage}",
            )
            logger.error("time limit reached: %s", ending.value)

    def _give_back(self, running: list[RunningAttempt]) -> None:
        """All first, and only then a word to other workers: Redis may not answer, and the process is to end."""
        given_back = []
        for held in running:
            held.state = LeaseState.LOST
            with bound(**held.lease.log_ids()):
                ending = queue.release(lease=held.lease, announce=False)
                logger.warning("the grace is over: %s", ending.value)
            if ending is Ending.RELEASED:
                given_back.append(held.lease)
        for lease in given_back:
            dispatch_on_commit(job_id=lease.job_id, priority=lease.priority)
