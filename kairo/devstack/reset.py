"""`./dev reset`: deletes the local state that `up` keeps on this machine, and nothing else."""

import os
import shutil
import sys

from kairo.devstack.account import drop_shared_home
from kairo.devstack.checkout import COMMAND, LocalState
from kairo.devstack.locking import try_lock
from kairo.devstack.orphans import stop_orphans
from kairo.devstack.progress import say


def reset_local_state() -> int:
    """Returns the exit code. Servers that DATABASE_URL or REDIS_URL names are left alone."""
    state = LocalState()
    if not state.folder.exists():
        say("  nothing to reset")
        return 0
    lock = try_lock(state.lock)
    if lock is None:
        sys.stderr.write(f"kairo: {COMMAND} up is running here; stop it first (Ctrl-C), then reset.\n")
        return 1
    try:
        stop_orphans(state)
        drop_shared_home(state)
        shutil.rmtree(state.folder)
    finally:
        os.close(lock)
    say("  dropped the local database, queue, logs and secrets")
    if os.environ.get("DATABASE_URL") or os.environ.get("REDIS_URL"):
        say("  the servers that DATABASE_URL and REDIS_URL name are not ours and were left alone")
    return 0
