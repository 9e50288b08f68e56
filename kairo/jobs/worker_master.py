"""Dramatiq's master process, which ends although one of its worker processes does not: `python -m` runs it.

The master stops all workers when one has died, and waits for them. A worker that is frozen never ends, so the master
would neither work nor be restarted. Here it is killed once the grace is over.
"""

from __future__ import annotations

import multiprocessing.process
import os
import signal
import sys
import threading
import time

_TICK_S = 1.0
_MARGIN_S = 5.0  # beyond the grace that the workers have themselves


def main(*, grace_s: float) -> int:
    from dramatiq.cli import main as run_master  # noqa: PLC0415  each worker process imports this module too

    threading.Thread(target=_kill_leftovers, args=(grace_s + _MARGIN_S,), name="leftovers", daemon=True).start()
    return int(run_master())  # type: ignore[no-untyped-call]  # Dramatiq leaves it untyped


def _kill_leftovers(after_s: float) -> None:
    """Kills the worker processes that still run `after_s` seconds after one of them has ended."""
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())  # they are the main thread's
    workers: set[int] = set()
    while not any(_has_ended(pid) for pid in workers):
        time.sleep(_TICK_S)
        children = multiprocessing.process._children  # type: ignore[attr-defined]  # active_children() would reap them
        workers |= {process.pid for process in list(children) if process.pid is not None}
    time.sleep(after_s)
    for pid in workers:
        if not _has_ended(pid):
            os.kill(pid, signal.SIGKILL)


def _has_ended(pid: int) -> bool:
    """Leaves the exit code to the master."""
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True


if __name__ == "__main__":
    from kairo import settings

    sys.exit(main(grace_s=settings.WORKER_SHUTDOWN_GRACE_S))
