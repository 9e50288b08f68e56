"""Renews the leases of this process's running jobs: one thread, one statement a beat for all of them.

Nothing can interrupt a call that blocks. So the renewer watches from outside: at the time limit it ends the attempt in
the row, and at the end of the grace after SIGTERM it gives the job back; the thread that still works on it is fenced.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections

from kairo.jobs.claiming import heartbeat, release
from kairo.jobs.dispatch import dispatch_on_commit
from kairo.jobs.failure_log import log_failure
from kairo.jobs.finishing import fail
from kairo.jobs.kind import JobKind
from kairo.jobs.lease import Ending, Heartbeat, JobCancelled, Lease, LeaseLost, LeaseState
from kairo.observability.logs import bound

logger = logging.getLogger(__name__)

_TICK_S = 1.0


class RunningAttempt:
    """One running attempt, shared by its worker thread and the renewer."""

    def __init__(self, kind: JobKind[Any], lease: Lease) -> None:
        self.kind = kind
        self.lease = lease
        self.state = LeaseState.HELD
        self.stage = kind.first_stage or "queued"
        self.percent = 0
        self.reported_stage = self.stage
        self.started = self.last_beat = time.monotonic()

    def report(self, stage: str, percent: int) -> None:
        """The attempt begins a stage; the renewer writes it within a second.

        Raises:
            LeaseLost, JobCancelled: go no further.
        """
        self.stage, self.percent = stage, percent
        self._check()

    def renew(self, stage: str, percent: int) -> None:
        """Begins a stage and renews the lease at once, in one statement: before a call that costs money.

        Raises:
            LeaseLost, JobCancelled: go no further.
        """
        self.stage, self.percent = stage, percent
        self._check()
        self.beat_done(heartbeat(self.kind, [self.beat()])[self.lease.token], stage=stage, at=time.monotonic())
        self._check()

    def beat_is_due(self, now: float) -> bool:
        """By the clock, or because the stage is new and a screen may show it."""
        waited = now - self.last_beat
        return waited >= settings.JOB_HEARTBEAT_S or (waited >= _TICK_S and self.stage != self.reported_stage)

    def beat(self) -> Heartbeat:
        return Heartbeat(lease=self.lease, stage=self.stage, percent=self.percent)

    def beat_done(self, state: LeaseState, *, stage: str, at: float) -> None:
        self.state, self.reported_stage, self.last_beat = state, stage, at

    def _check(self) -> None:
        if self.state is LeaseState.LOST:
            raise LeaseLost
        if self.state is LeaseState.CANCEL_REQUESTED:
            raise JobCancelled


class LeaseRenewer:
    """`release_at`, a time.monotonic() value or None, is when the attempts that still run are to be given back."""

    def __init__(self, kind: JobKind[Any], *, release_at: Callable[[], float | None]) -> None:
        self._kind = kind
        self._release_at = release_at
        self._attempts: dict[UUID, RunningAttempt] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def register(self, lease: Lease) -> RunningAttempt:
        """Renews the lease from now on."""
        attempt = RunningAttempt(self._kind, lease)
        with self._lock:
            self._attempts[lease.token] = attempt
        self._ensure_running()
        return attempt

    def unregister(self, attempt: RunningAttempt) -> None:
        """Renews it no longer; it has ended, or its row is in an unknown state."""
        with self._lock:
            self._attempts.pop(attempt.lease.token, None)

    @property
    def is_busy(self) -> bool:
        """Whether an attempt runs that the renewer has not ended or given back."""
        with self._lock:
            return any(attempt.state is not LeaseState.LOST for attempt in self._attempts.values())

    def _ensure_running(self) -> None:
        """Starts the thread, also when it has died: without it every lease of this process would run out."""
        if self._thread is None or not self._thread.is_alive():
            with self._lock:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._run, name="lease-renewer", daemon=True)
                    self._thread.start()
        if not self._wake.is_set():  # the thread clears it before it looks once more, and only then sleeps
            self._wake.set()

    def _run(self) -> None:
        tick_s = min(_TICK_S, settings.JOB_HEARTBEAT_S / 2)
        while True:
            try:
                self._tick()
            except Exception as error:
                # The database may be away for a while: the leases outlive a few missed beats.
                log_failure(logger, error, "the leases were not renewed")
            finally:
                close_old_connections()
            if self._attempts:
                time.sleep(tick_s)
            else:
                self._wake.clear()
                if not self._attempts:
                    self._wake.wait()

    def _tick(self) -> None:
        now = time.monotonic()
        with self._lock:
            running = [attempt for attempt in self._attempts.values() if attempt.state is not LeaseState.LOST]
        time_limit_s = self._kind.clocks().time_limit_s
        for attempt in running:
            if now - attempt.started >= time_limit_s:
                self._end_at_limit(attempt, time_limit_s)
        release_at = self._release_at()
        if release_at is not None and now >= release_at:
            self._give_back([attempt for attempt in running if attempt.state is not LeaseState.LOST])
        self._renew([each for each in running if each.state is not LeaseState.LOST and each.beat_is_due(now)], now)

    def _renew(self, due: list[RunningAttempt], now: float) -> None:
        if not due:
            return
        stages = {attempt.lease.token: attempt.stage for attempt in due}
        states = heartbeat(self._kind, [attempt.beat() for attempt in due])
        for attempt in due:
            token = attempt.lease.token
            attempt.beat_done(states[token], stage=stages[token], at=now)

    def _end_at_limit(self, attempt: RunningAttempt, time_limit_s: float) -> None:
        attempt.state = LeaseState.LOST
        with bound(**attempt.lease.log_ids()):
            ending = fail(
                self._kind,
                lease=attempt.lease,
                error_code="stuck_job_timeout",
                detail=f"not done after {time_limit_s:g} s, at stage {attempt.stage}",
            )
            logger.error("time limit reached: %s", ending.value)

    def _give_back(self, running: list[RunningAttempt]) -> None:
        """Gives all back before any wake-up is sent: Redis may not answer, and the process is about to end."""
        released = []
        for attempt in running:
            attempt.state = LeaseState.LOST
            with bound(**attempt.lease.log_ids()):
                ending = release(self._kind, lease=attempt.lease, dispatch=False)
                logger.warning("the grace is over: %s", ending.value)
            if ending is Ending.RELEASED:
                released.append(attempt.lease)
        for lease in released:
            dispatch_on_commit(self._kind, job_id=lease.job_id, priority=lease.priority)
