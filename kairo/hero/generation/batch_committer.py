from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from queue import Queue

from django.db import close_old_connections

from kairo.hero.generation.board_store import GeneratedBoard, store_boards
from kairo.hero.generation.make_board import GenerationOutcome
from kairo.hero.generation.synthesizer import fallback_remark
from kairo.hero.jobs import queue
from kairo.hero.jobs.heartbeat import RunningAttempt
from kairo.hero.jobs.queue import Ending

logger = logging.getLogger(__name__)

Attempt = tuple[RunningAttempt, GenerationOutcome]

# Made and not yet stored. A process that dies loses no more work than this; its threads wait where the database is
# slower than they are.
_MOST = 32


class BatchCommitter:
    """Stores what attempts came to, in a thread of its own: all that are ready at the same moment in one transaction.

    Nobody waits for company: what comes while a transaction is under way is stored by the next. Where it fails for
    several, each is tried by itself, so that nobody suffers for another's sake. Whether it was stored or why not is
    told to `ended` or `failed`, in this thread; the caller keeps the lease until then.
    """

    def __init__(
        self,
        *,
        ended: Callable[[RunningAttempt, Ending], None],
        failed: Callable[[RunningAttempt, BaseException], None],
    ) -> None:
        self._ended = ended
        self._failed = failed
        self._ready: Queue[Attempt | threading.Event] = Queue(_MOST)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def put(self, held: RunningAttempt, outcome: GenerationOutcome) -> None:
        """Takes it to be stored soon; waits while there is no room."""
        self._ensure_running()
        self._ready.put((held, outcome))

    def wait(self) -> None:
        """Returns when everything that was put until now has been stored, or was refused."""
        reached = threading.Event()
        self._ensure_running()
        self._ready.put(reached)
        while not reached.wait(1):
            self._ensure_running()

    def _ensure_running(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="job-storer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            ready = [self._ready.get()]
            while len(ready) < _MOST and not self._ready.empty():  # nobody else takes from it
                ready.append(self._ready.get())
            try:
                if attempts := [it for it in ready if not isinstance(it, threading.Event)]:
                    self._store(attempts)
            finally:
                for it in ready:
                    if isinstance(it, threading.Event):
                        it.set()
                close_old_connections()

    def _store(self, attempts: Sequence[Attempt]) -> None:
        try:
            endings = store_together(attempts)
        except Exception as error:
            if len(attempts) == 1:
                self._refused(attempts[0][0], error)
            else:
                for attempt in attempts:
                    self._store([attempt])
            return
        for (held, _), ending in zip(attempts, endings, strict=True):
            self._ended(held, ending)

    def _refused(self, held: RunningAttempt, error: Exception) -> None:
        try:
            self._failed(held, error)
        except Exception:
            logger.exception("the failure could not be written; the lease will run out")


def store_together(attempts: Sequence[Attempt]) -> list[Ending]:
    """What became of each attempt, in their order. Each is stored with its job's end, and all in one transaction."""
    boards = {
        held.lease: GeneratedBoard(
            brand_id=held.lease.brand_id, job_id=held.lease.job_id, attempt=held.lease.attempt, outcome=it
        )
        for held, it in attempts
    }
    endings = queue.complete(
        ends={lease: board.outcome.job_status for lease, board in boards.items()},
        store=lambda leases: store_boards([boards[lease] for lease in leases]),
        details={lease: fallback_remark(board.outcome.content.notes) for lease, board in boards.items()},
    )
    return [endings[held.lease] for held, _ in attempts]
