"""Stops a set of processes in stages: one signal each, then SIGKILL after a grace period.

Used by the supervisor, by its watchdog, and by the next `up` for orphans.
"""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kairo.devstack.processes import identity, is_alive

RUN_ID_VARIABLE = "KAIRO_STACK"  # set for every process of a stack and inherited by its descendants
POLL_S = 0.05
KILLED_WITHIN_S = 10  # the kernel takes a while to end a killed process on a busy machine


@dataclass(frozen=True, kw_only=True)
class Process:
    """What it takes to identify and stop one process of a stack."""

    name: str
    pid: int
    identity: str | None
    stop_signal: int
    stage: int  # the lowest stage is stopped first
    grace_s: float = 10.0  # between the stop signal and SIGKILL

    def is_running(self) -> bool:
        return is_alive(self.pid) and identity(self.pid) == self.identity


def stop_in_stages(
    processes: Iterable[Process],
    *,
    collect: Callable[[], None] = lambda: None,
    on_killed: Callable[[str], None] = lambda name: None,
) -> None:
    """Stops the processes stage by stage; returns when all have ended or were killed.

    `collect` lets a parent reap its children; `on_killed` receives the name of each process that exceeded its grace.
    Each process gets its stop signal once: a second SIGTERM makes Dramatiq drop the jobs it is finishing.
    """
    there = [process for process in processes if process.is_running()]
    for stage in sorted({process.stage for process in there}):
        members = [process for process in there if process.stage == stage]
        began = time.monotonic()
        for process in members:
            send(process.pid, process.stop_signal)
        while members:
            collect()
            for process in list(members):
                late = time.monotonic() - began > process.grace_s
                if process.is_running() and not late:
                    continue
                if late:
                    on_killed(process.name)
                send_group(process.pid, signal.SIGKILL)
                members.remove(process)
            if members:
                time.sleep(POLL_S)
    collect()


def kill_run(run_id: str) -> None:
    """Kills every process with this run id and waits until they have ended, e.g. the workers of a killed master.

    Linux only, where the environment of a process can be read; elsewhere process groups must suffice.
    """
    end = time.monotonic() + KILLED_WITHIN_S
    while (left := with_run_id(run_id)) and time.monotonic() < end:
        for pid in left:
            send(pid, signal.SIGKILL)
        time.sleep(POLL_S)


def with_run_id(run_id: str) -> list[int]:
    wanted = f"{RUN_ID_VARIABLE}={run_id}".encode()
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
    """Signals the process group: every process of a stack leads one."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)
