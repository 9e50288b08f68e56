"""Runs engines in child processes, because only killing a process ends a call that blocks or loops.

A process handles one request at a time and is kept for the next one, so there are never more processes than concurrent
calls. A process that fails, exceeds its limit or is abandoned is killed with its process group. The kernel kills the
others when this process ends for any reason.
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
from kairo.hero.generation.engine_answer import SynthesisFailed, SynthesisTimedOut, validated_result
from kairo.hero.generation.engine_messages import Answer, Call, Failure, Ready, Unusable
from kairo.hero.ports import SynthesisRequest, SynthesisResult
from kairo.observability.logs import FIELDS, current

START_LIMIT_S = 60.0  # Django's set-up and the loading of the engine
_CHECK_EVERY_S = 0.5
_KILL_TIMEOUT_S = 10.0  # a process in an uninterruptible system call ends later, or never
_SIGNALS = {number.value: number.name for number in signal.Signals}
_HOST = "kairo.hero.generation.engine_host"
_STANDARD_ERROR = 2


class EngineProcess:
    """One child process with one engine. Not thread-safe."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._connection, child_socket = socket.socketpair()
        liveness_fd, writer_fd = os.pipe()
        # Never written to: the kernel closes it when this process dies, which kills the child.
        self._liveness = os.fdopen(writer_fd, "wb", buffering=0)
        try:
            self._child = subprocess.Popen(  # noqa: S603  this interpreter, and a path from the settings
                [sys.executable, "-u", "-m", _HOST, path, str(child_socket.fileno()), str(liveness_fd)],
                stdin=subprocess.DEVNULL,
                stdout=_STANDARD_ERROR,
                pass_fds=(child_socket.fileno(), liveness_fd),
                env={**os.environ, "PYTHONPATH": os.pathsep.join(entry or "." for entry in sys.path)},
                start_new_session=True,  # its own process group, which is killed with all children of the engine
            )
        except BaseException:
            self.close()
            raise
        finally:
            child_socket.close()
            os.close(liveness_fd)
        self._is_ready = False

    def call(self, request: SynthesisRequest, *, until: float, check: Callable[[], None]) -> SynthesisResult:
        """Returns the engine's result. `until` is a time.monotonic() value; see EnginePool.run.

        Raises:
            SynthesisTimedOut, SynthesisFailed, ImproperlyConfigured, and whatever `check` raises
        """
        try:
            if not self._is_ready:
                self._await_ready(until, check)
            limit_s = min(request.time_limit_s, max(until - time.monotonic(), 0))
            limit = self._limit(limit_s, check, f"The engine did not answer within {limit_s:.3g} s.")
            log_ids = {name: value for name in FIELDS if (value := current(name))}
            call = messages.encode_call(Call(request=request, log_ids=log_ids))
            messages.send(self._connection, call, before_each=limit)
            reply = self._receive(limit)
        except (EOFError, ConnectionError) as error:
            raise SynthesisFailed(f"The engine's process ended with {self.kill()}.") from error
        except (pickle.UnpicklingError, messages.Oversized) as error:
            raise SynthesisFailed(f"The engine's process sent no answer: {error}.") from error
        match reply:
            case Answer(result):
                return validated_result(result)
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
        return messages.decode_reply(data)

    def _limit(self, limit_s: float, check: Callable[[], None], message: str) -> Callable[[], None]:
        ends_at = time.monotonic() + limit_s

        def check_limit() -> None:
            check()
            left = ends_at - time.monotonic()
            if left <= 0:
                raise SynthesisTimedOut(message)
            self._connection.settimeout(min(left, _CHECK_EVERY_S))

        return check_limit

    @property
    def is_alive(self) -> bool:
        """Whether the process waits for a call. An idle process sends nothing: a readable socket means its end."""
        poll = select.poll()
        poll.register(self._connection, select.POLLIN)
        return not poll.poll(0)

    def kill(self) -> str:
        """Kills the process group and returns how the process ended: "exit status 3", or "SIGSEGV"."""
        if self._child.returncode is None:  # not reaped yet, so its id cannot be reused
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._child.pid, signal.SIGKILL)
        self.close()
        try:
            code = self._child.wait(_KILL_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            return "no end"
        return f"exit status {code}" if code >= 0 else _SIGNALS.get(-code, f"signal {-code}")

    def close(self) -> None:
        """Closes the socket and the pipe."""
        self._connection.close()
        self._liveness.close()


class EnginePool:
    """The engine processes of this worker process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[EngineProcess] = []
        self._busy: set[EngineProcess] = set()

    def run(self, request: SynthesisRequest, *, path: str, until: float, check: Callable[[], None]) -> SynthesisResult:
        """Returns the result of the engine at this dotted path, within `request.time_limit_s` after it is loaded.

        `check` runs at least twice a second and may raise to abort. Start and call together end at `until`, a
        time.monotonic() value, at the latest.

        Raises:
            SynthesisTimedOut, SynthesisFailed
            ImproperlyConfigured: the path names no engine.
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
        """Returns the most recently used idle process of this engine, or a new one."""
        with self._lock:
            process = None
            while self._idle and process is None:
                idle = self._idle.pop()
                if idle.path == path and idle.is_alive:
                    process = idle
                else:
                    idle.kill()
            try:
                process = process or EngineProcess(path)
            except OSError as error:
                raise SynthesisFailed(f"The engine's process cannot be started: {error.strerror}.") from error
            self._busy.add(process)
        return process

    def end_idle(self) -> None:
        """Kills the idle processes."""
        with self._lock:
            while self._idle:
                self._idle.pop().kill()

    def reset_after_fork(self) -> None:
        """Drops the parent's processes after a fork; they must end with the parent."""
        for process in (*self._idle, *self._busy):
            process.close()
        self._idle, self._busy = [], set()
        self._lock = threading.Lock()  # another thread may have locked the old one at the fork


pool = EnginePool()
os.register_at_fork(after_in_child=pool.reset_after_fork)
