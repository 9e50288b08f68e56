"""Runs ingestion jobs in this process, a step at a time: claim, go as far as there is no waiting, put down or end."""

from __future__ import annotations

import logging
import secrets
import socket
import threading
import time
from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError

from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.ingestion.orphaned_runs import settle_orphaned_runs
from kairo.evidence.ingestion.source_reading import advance
from kairo.evidence.ingestion.sources import load_sources
from kairo.evidence.jobs import claiming, finishing
from kairo.evidence.jobs.lease import Ending, JobCancelled, Lease, LeaseLost
from kairo.evidence.jobs.reaper import release_stale_ingestions
from kairo.evidence.jobs.scheduler import enqueue_due_readings
from kairo.evidence.ports import SourceError
from kairo.observability.logs import bound

logger = logging.getLogger(__name__)


class IngestionRunner:
    """One process's hands. Safe to call from many threads.

    Every ending goes to the row; nothing is raised to the caller but what stops the process itself. A step that is cut
    short by the end of the process is repeated by another one, from where the rows say it was.
    """

    def __init__(self) -> None:
        self.worker_id = f"{socket.gethostname()}-{secrets.token_hex(4)}"
        self._running = 0
        self._lock = threading.Lock()
        self._stopping = False  # a plain value: a signal handler sets it, which must not wait for any lock

    def load(self) -> None:
        with suppress(ImproperlyConfigured):  # each sweep says so
            load_sources()

    def run_next(self) -> UUID | None:
        """A step of the job that is due longest; its id, or None when none is due or the process is stopping."""
        return self._run(None)

    def run(self, *, job_id: UUID) -> UUID | None:
        """A step of this job, if it is due and nobody else has it."""
        return self._run(job_id)

    def sweep(self) -> None:
        release_stale_ingestions()
        enqueue_due_readings()
        settle_orphaned_runs()

    def stop(self) -> None:
        self._stopping = True

    def drain(self) -> None:
        until = time.monotonic() + settings.WORKER_SHUTDOWN_GRACE_S
        while self._running and time.monotonic() < until:
            time.sleep(0.05)

    def _run(self, job_id: UUID | None) -> UUID | None:
        lease = None if self._stopping else claiming.claim(worker_id=self.worker_id, job_id=job_id)
        if lease is None:
            return None
        with self._lock:
            self._running += 1
        try:
            with bound(**lease.log_ids()):
                ending = _step(lease)
                logger.info("ingestion: %s", ending.value if ending else "unknown, its lease will run out")
        finally:
            with self._lock:
                self._running -= 1
        return lease.job_id


def _step(lease: Lease) -> Ending | None:
    """None when the database would not even take the failure."""
    try:
        ending = advance(lease=lease)
        # Not put down, though the lease may be held: somebody has asked for the job's end meanwhile.
        return finishing.stop_cancelled(lease=lease) if ending is Ending.FENCED else ending
    except LeaseLost:
        return Ending.FENCED
    except JobCancelled:
        return finishing.stop_cancelled(lease=lease)
    except SourceError as fault:
        return _failed(lease, fault.code, fault.detail, retry=fault.retryable, retry_after_s=fault.retry_after_s)
    except (OperationalError, InterfaceError) as error:
        logger.exception("the step failed")
        return _failed(lease, IngestionErrorCode.DATABASE_UNAVAILABLE, type(error).__name__)
    except BaseException as error:  # Dramatiq interrupts threads by such; the row must hear of it all the same
        logger.exception("the step failed")
        return _failed(lease, IngestionErrorCode.INTERNAL, type(error).__name__)


def _failed(
    lease: Lease,
    code: IngestionErrorCode,
    detail: str,
    *,
    retry: bool = True,
    retry_after_s: float | None = None,
) -> Ending | None:
    try:
        return finishing.fail(lease=lease, code=code, detail=detail, retry=retry, retry_after_s=retry_after_s)
    except (OperationalError, InterfaceError):
        logger.exception("the failure could not be written")
        return None


_process_runner: IngestionRunner | None = None
_process_lock = threading.Lock()


def process_runner() -> IngestionRunner:
    """This process's runner, made at the first call: after a fork, so that no two processes share an id."""
    global _process_runner  # noqa: PLW0603  one a process is the point
    with _process_lock:
        if _process_runner is None:
            _process_runner = IngestionRunner()
        return _process_runner
