"""Starts the processes of a stack and stops them all when it ends, however it ends."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Any, Self

from kairo.devstack.account import Account
from kairo.devstack.checkout import ROOT, write_private
from kairo.devstack.errors import Interrupted, explain
from kairo.devstack.processes import identity
from kairo.devstack.progress import say
from kairo.devstack.stopping import RUN_ID_VARIABLE, Process, kill_run, stop_in_stages

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TICK_S = 0.05
TAIL_LINES = 25


class Child:
    """A process that runs as long as the stack does."""

    def __init__(self, *, process: Process, handle: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self.handle = handle
        self.log = log

    def exit_reason(self) -> str | None:
        """Returns how the process ended, in words; None while it runs."""
        code = self.handle.poll()
        if code is None:
            return None
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"exited with code {code}"


class Supervisor:
    """A context manager that stops everything in stages on exit.

    A stop signal raises Interrupted from the next `pause` or `run`, never in the middle of a step.
    """

    def __init__(self, *, run_id: Path, pid_file: Path | None = None, lock: int | None = None) -> None:
        self.children: list[Child] = []
        self._run_id = run_id
        self._pid_file = pid_file  # read by the next `up` if the watchdog is killed too
        self._lock = lock
        self._stop_signal: int | None = None
        self._closing = False

    def __enter__(self) -> Self:
        self._previous = {number: signal.signal(number, self._note_signal) for number in STOP_SIGNALS}
        self._watchdog = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "kairo.devstack.watchdog", str(self._run_id)],
            stdin=subprocess.PIPE,
            env=environment({}),
            cwd=ROOT,
            start_new_session=True,
            pass_fds=[] if self._lock is None else [self._lock],
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        self.stop(self.children)
        kill_run(str(self._run_id))
        if self._pid_file:
            self._pid_file.unlink(missing_ok=True)
        assert self._watchdog.stdin
        with contextlib.suppress(BrokenPipeError):
            self._watchdog.stdin.close()
        self._watchdog.wait()
        for number, handler in self._previous.items():
            signal.signal(number, handler)

    def _note_signal(self, number: int, frame: FrameType | None) -> None:
        if self._closing:
            say("  still stopping; what is being finished gets its time")
        self._stop_signal = self._stop_signal or number

    def start(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        log: Path,
        extra: Mapping[str, str],
        stage: int,
        grace_s: float,
        stop_signal: int = signal.SIGTERM,
        account: Account | None = None,
        cwd: Path = ROOT,
        stdout: IO[bytes] | None = None,
    ) -> Child:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            handle = subprocess.Popen(  # noqa: S603 - programs found or written by us
                [str(word) for word in argv],
                stdin=subprocess.DEVNULL,
                stdout=stdout or output,
                stderr=output,
                env=environment({**extra, RUN_ID_VARIABLE: str(self._run_id)}),
                cwd=cwd,
                start_new_session=True,
                **(account.as_popen_arguments() if account else {}),
            )
        process = Process(
            name=name,
            pid=handle.pid,
            identity=identity(handle.pid),
            stop_signal=stop_signal,
            stage=stage,
            grace_s=grace_s,
        )
        child = Child(process=process, handle=handle, log=log)
        self.children.append(child)
        self._send_to_watchdog({"watch": asdict(process)})
        self._write_pid_file()
        return child

    def run(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        log: Path,
        extra: Mapping[str, str],
        account: Account | None = None,
        cwd: Path = ROOT,
        answer_to: IO[bytes] | None = None,
    ) -> None:
        """Runs a command and waits for its end. Its output goes to the log, its stdout to `answer_to` where given."""
        child = self.start(
            name, argv, log=log, extra=extra, stage=0, grace_s=10, account=account, cwd=cwd, stdout=answer_to
        )
        while child.exit_reason() is None:
            self.pause(TICK_S)
        if child.handle.returncode:
            raise self.failure(child)
        self._forget(child)

    def pause(self, seconds: float) -> None:
        """Waits; raises Interrupted at once on a stop signal."""
        end = time.monotonic() + seconds
        while True:
            if self._stop_signal is not None:
                raise Interrupted(signal.Signals(self._stop_signal).name)
            left = end - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(left, TICK_S))

    def watch(self) -> None:
        """Raises DidNotStart, with the end of its log, if any child has ended."""
        for child in self.children:
            if child.exit_reason():
                raise self.failure(child)

    def failure(self, child: Child) -> Exception:
        return explain(
            what=child.process.name,
            how=child.exit_reason() or "does not answer",
            log=child.log,
            tail=tail_of(child.log),
            where=child.log.parent,
        )

    def stop(self, children: Sequence[Child]) -> None:
        running = list(children)
        stop_in_stages(
            [child.process for child in running],
            collect=lambda: reap(running),
            on_killed=lambda name: say(f"  {name} did not stop in time and was killed"),
        )
        for child in running:
            child.handle.wait()
            self._forget(child)

    def remove_at_end(self, folder: Path) -> None:
        """Has the watchdog delete the folder at the end, even if this process is killed."""
        self._send_to_watchdog({"remove": str(folder)})

    def _forget(self, child: Child) -> None:
        self.children.remove(child)
        self._send_to_watchdog({"forget": child.process.pid})
        self._write_pid_file()

    def _send_to_watchdog(self, message: dict[str, Any]) -> None:
        assert self._watchdog.stdin
        with contextlib.suppress(BrokenPipeError):  # it was killed; the pid file remains
            self._watchdog.stdin.write(json.dumps(message).encode() + b"\n")
            self._watchdog.stdin.flush()

    def _write_pid_file(self) -> None:
        if self._pid_file:
            write_private(self._pid_file, json.dumps([asdict(child.process) for child in self.children]))


def reap(children: Sequence[Child]) -> None:
    for child in children:
        child.handle.poll()


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Returns a child's environment, in which `kairo` can be imported whatever the shell sets."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", **extra}


def tail_of(log: Path, *, lines: int = TAIL_LINES) -> str:
    with contextlib.suppress(OSError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    return ""
