"""How a set of processes is ended: in stages, one polite signal each, then the hard one.

Shared by the supervisor's ordinary end, the watchdog that outlives it and the next `up` that finds leftovers.
"""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kairo.devstack.processes import identity, is_alive

MARK = "KAIRO_STACK"  # in the environment of every process of a stack, and so of all that descend from it
POLL_S = 0.05
KILLED_WITHIN_S = 10  # it is seen until the kernel has taken it down, which a busy machine delays


@dataclass(frozen=True, kw_only=True)
class Process:
    """One process of a stack, as it has to be known to be stopped by anyone."""

    name: str
    pid: int
    identity: str | None
    stop_signal: int
    stage: int  # the lowest stage is stopped first
    patience_s: float  # between the polite signal and the hard one

    def is_there(self) -> bool:
        return is_alive(self.pid) and identity(self.pid) == self.identity


def stop_in_stages(
    processes: Iterable[Process],
    *,
    collect: Callable[[], None] = lambda: None,
    tell: Callable[[str], None] = lambda name: None,
) -> None:
    """Returns when each is gone, or was killed for being late. `collect` lets a parent reap its children, `tell` hears
    who had to be killed.

    Each gets its signal exactly once: a second SIGTERM makes dramatiq drop the jobs it is finishing.
    """
    there = [process for process in processes if process.is_there()]
    for stage in sorted({process.stage for process in there}):
        members = [process for process in there if process.stage == stage]
        began = time.monotonic()
        for process in members:
            send(process.pid, process.stop_signal)
        while members:
            collect()
            for process in list(members):
                late = time.monotonic() - began > process.patience_s
                if process.is_there() and not late:
                    continue
                if late:
                    tell(process.name)
                send_group(process.pid, signal.SIGKILL)
                members.remove(process)
            if members:
                time.sleep(POLL_S)
    collect()


def kill_marked(mark: str) -> None:
    """Kills whatever still carries the mark, and returns when it is gone: workers of a master that was itself
    killed, for one.

    Linux only, where the environment of a process can be read; elsewhere process groups have to do.
    """
    end = time.monotonic() + KILLED_WITHIN_S
    while (left := marked(mark)) and time.monotonic() < end:
        for pid in left:
            send(pid, signal.SIGKILL)
        time.sleep(POLL_S)


def marked(mark: str) -> list[int]:
    wanted = f"{MARK}={mark}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return [pid for pid in found if pid != os.getpid() and is_alive(pid)]


def send(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def send_group(pid: int, number: int) -> None:
    """Every process of a stack leads a group of its own; what it started goes with it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)
