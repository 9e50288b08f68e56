"""Runs engines in child processes of this one, because only killing a process ends a call that blocks or loops.

A process answers one request at a time and is kept for the next one. There are never more than threads that asked at
the same moment. One that fails, times out or is not waited for any longer is killed with its process group. The kernel
kills the others when this process ends, however it ends.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured

from kairo.hero.generation import engine_messages as messages
from kairo.hero.generation.engine_answer import SynthesisFailed, SynthesisTimedOut, checked
from kairo.hero.generation.engine_messages import Answer, Call, Failure, Ready, Unusable
from kairo.hero.ports import SynthesisRequest, SynthesisResult
from kairo.observability.logs import FIELDS, current

START_LIMIT_S = 60.0  # Django's set-up, and whatever the engine loads when it is built
_CHECK_EVERY_S = 0.5
_KILLED_WITHIN_S = 10.0  # a process in an uninterruptible call of the kernel ends later, or not at all
_SIGNALS = {one.value: one.name for one in signal.Signals}
_HOST = "kairo.hero.generation.engine_host"
_STANDARD_ERROR = 2


class EngineProcess:
    """One child process with one engine. Not for two threads at once."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._connection, theirs = socket.socketpair()
        liveness_fd, ours = os.pipe()
        # Never written to: its closing tells the child that this process is gone.
        self._liveness = os.fdopen(ours, "wb", buffering=0)
        try:
            self._child = subprocess.Popen(  # noqa: S603  this interpreter, and a path from the settings
                [sys.executable, "-u", "-m", _HOST, path, str(theirs.fileno()), str(liveness_fd)],
                stdin=subprocess.DEVNULL,
                stdout=_STANDARD_ERROR,
                pass_fds=(theirs.fileno(), liveness_fd),
                env={**os.environ, "PYTHONPATH": os.pathsep.join(entry or "." for entry in sys.path)},
                start_new_session=True,  # a group of its own, to be killed with whatever the engine starts
            )
        except BaseException:
            self.close()
            raise
        finally:
            theirs.close()
            os.close(liveness_fd)
        self._is_ready = False

    def call(self, request: SynthesisRequest, *, until: float, check: Callable[[], None]) -> SynthesisResult:
        """The engine's answer. `until` is a time.monotonic() value; see EnginePool.run.

        Raises:
            SynthesisTimedOut, SynthesisFailed, ImproperlyConfigured, and whatever `check` raises
        """
        try:
            if not self._is_ready:
                self._await_ready(until, check)
            limit_s = min(request.time_limit_s, max(until - time.monotonic(), 0))
            limit = self._limit(limit_s, check, f"The engine did not answer within {limit_s:.3g} s.")
            log_ids = {name: found for name in FIELDS if (found := current(name))}
            call = messages.packed_call(Call(request=request, log_ids=log_ids))
            messages.send(self._connection, call, before_each=limit)
            reply = self._receive(limit)
        except (EOFError, ConnectionError) as error:
            raise SynthesisFailed(f"The engine's process ended with {self.kill()}.") from error
        except (pickle.UnpicklingError, messages.Oversized) as error:
            raise SynthesisFailed(f"The engine's process sent no answer: {error}.") from error
        match reply:
            case Answer(result):
                return checked(result)
            case Failure(reason, timed_out):
                raise (SynthesisTimedOut if timed_out else SynthesisFailed)(reason)
        raise SynthesisFailed(f"The engine's process sent no answer: {type(reply).__name__}.")

    def _await_ready(self, until: float, check: Callable[[], None]) -> None:
        limit_s = min(START_LIMIT_S, until - time.monotonic())
        reply = self._receive(self._limit(limit_s, check, "The engine's process did not start in time."))
        if isinstance(reply, Unusable):
            raise ImproperlyConfigured(reply.reason)
        if not isinstance(reply, Ready):
            raise SynthesisFailed(f"The engine's process sent {type(reply).__name__} when it started.")
        self._is_ready = True

    def _receive(self, limit: Callable[[], None]) -> object:
        data = messages.receive(self._connection, max_bytes=messages.MAX_REPLY_BYTES, before_each=limit)
        return messages.unpacked_reply(data)

    def _limit(self, limit_s: float, check: Callable[[], None], too_late: str) -> Callable[[], None]:
        ends_at = time.monotonic() + limit_s

        def check_limit() -> None:
            check()
            left = ends_at - time.monotonic()
            if left <= 0:
                raise SynthesisTimedOut(too_late)
            self._connection.settimeout(min(left, _CHECK_EVERY_S))

        return check_limit

    @property
    def is_alive(self) -> bool:
        """Whether it waits for a call. An idle process sends nothing: what can be read is the end."""
        poll = select.poll()
        poll.register(self._connection, select.POLLIN)
        return not poll.poll(0)

    def kill(self) -> str:
        """Kills the process and its group, and says how it ended: "exit status 3", or "SIGSEGV"."""
        if self._child.returncode is None:  # not waited for yet, so no other process can have its id
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._child.pid, signal.SIGKILL)
        self.close()
        try:
            code = self._child.wait(_KILLED_WITHIN_S)
        except subprocess.TimeoutExpired:
            return "no end"
        return f"exit status {code}" if code >= 0 else _SIGNALS.get(-code, f"signal {-code}")

    def close(self) -> None:
        """Closes this process's ends."""
        self._connection.close()
        self._liveness.close()


class EnginePool:
    """The engine processes of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[EngineProcess] = []
        self._busy: set[EngineProcess] = set()

    def run(self, request: SynthesisRequest, *, path: str, until: float, check: Callable[[], None]) -> SynthesisResult:
        """The answer of the engine at this dotted path, within `request.time_limit_s` from when it is loaded.

        `check` runs at least twice a second, and may raise: then the answer is not waited for any longer. Start and
        answer together end at `until`, a time.monotonic() value, if not before.

        Raises:
            SynthesisTimedOut, SynthesisFailed
            ImproperlyConfigured: the path leads to nothing that can be an engine.
        """
        process = self._take(path)
        try:
            result = process.call(request, until=until, check=check)
        except BaseException:
            process.kill()
            with self._lock:
                self._busy.discard(process)
            raise
        with self._lock:
            self._busy.discard(process)
            self._idle.append(process)
        return result

    def _take(self, path: str) -> EngineProcess:
        """An idle process of this engine, the one that answered last first, or else a new one."""
        with self._lock:
            found = None
            while self._idle and found is None:
                process = self._idle.pop()
                if process.path == path and process.is_alive:
                    found = process
                else:
                    process.kill()
            try:
                found = found or EngineProcess(path)
            except OSError as error:
                raise SynthesisFailed(f"The engine's process cannot be started: {error.strerror}.") from error
            self._busy.add(found)
        return found

    def end_idle(self) -> None:
        """Kills the processes that wait for a call."""
        with self._lock:
            while self._idle:
                self._idle.pop().kill()

    def reset_after_fork(self) -> None:
        """After a fork: the processes are the parent's, and must end with it."""
        for process in (*self._idle, *self._busy):
            process.close()
        self._idle, self._busy = [], set()
        self._lock = threading.Lock()  # another thread may have held the old one at the fork


pool = EnginePool()
os.register_at_fork(after_in_child=pool.reset_after_fork)
