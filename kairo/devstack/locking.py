"""File locks that the kernel releases when their process dies: one `up` and one installation at a time."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kairo.devstack.progress import say


def try_lock(path: Path) -> int | None:
    """Returns a descriptor that keeps the lock until it is closed in every process that inherited it; None while
    another process has the lock. The file contains the process id of the one that locked it last."""
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        if is_still_at(path, descriptor):
            os.truncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
            return descriptor
        os.close(descriptor)  # `reset` removed the file between open and lock: this lock guards nothing


def is_still_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def holder(path: Path) -> int | None:
    """Returns the id of the process that locked the file last; it may have ended."""
    try:
        return int(path.read_text())
    except (FileNotFoundError, ValueError):
        return None


def is_locked(path: Path) -> bool:
    """Whether another process has the lock. Takes a shared lock for a moment, during which `try_lock` retries."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


@contextmanager
def waiting_lock(path: Path, *, notice: str) -> Iterator[None]:
    descriptor = try_lock(path)
    if descriptor is None:
        say(f"  {notice}")
    while descriptor is None:
        time.sleep(0.2)
        descriptor = try_lock(path)
    try:
        yield
    finally:
        os.close(descriptor)
