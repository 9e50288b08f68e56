"""A contender's process: start, readiness, requests, stop."""

from __future__ import annotations

import http.client
import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.contenders import Contender
from benchmarks.database import POOL, STATE
from benchmarks.driver import Order
from benchmarks.machine import Cores
from benchmarks.queries import RequestMaker
from benchmarks.sizes import Size
from kairo.devstack.checkout import ROOT
from kairo.devstack.ports import free_port

HOST = "127.0.0.1"
STARTS_WITHIN_S = 60


class Failed(Exception):
    """A server or the load generator did not do what it is for; the text says which and why."""


@dataclass(frozen=True, kw_only=True)
class Running:
    """A contender that answers."""

    contender: Contender
    port: int
    pid: int
    start_s: float  # from its start to its first answer
    request_maker: RequestMaker

    def ask(self, request: bytes) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body of one answer, over a connection of its own."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        connection.connect()
        assert connection.sock
        connection.sock.sendall(request)
        answer = http.client.HTTPResponse(connection.sock)
        answer.begin()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return found


@contextmanager
def running(
    contender: Contender, *, settings: Mapping[str, str], size: Size, cores: Cores, log: Path, port: int | None = None
) -> Iterator[Running]:
    """
    Raises:
        Failed: it ended, or did not answer about a brand within a minute.
    """
    port = port or free_port()
    process, began = start(contender, settings=settings, cores=cores, log=log, port=port)
    try:
        found = Running(
            contender=contender,
            port=port,
            pid=process.pid,
            start_s=_first_answer(contender, process, size=size, port=port, began=began, log=log),
            request_maker=contender.request_maker(host=f"{HOST}:{port}", size=size),
        )
        yield found
    finally:
        stop(process)


def start(
    contender: Contender, *, settings: Mapping[str, str], cores: Cores, log: Path, port: int
) -> tuple[subprocess.Popen[bytes], float]:
    environment = {**os.environ, **settings, "POOL": str(POOL)}
    environment.update({name: value.format(port=port) for name, value in contender.environment.items()})
    environment = compiled_once(environment) | {"PYTHONPATH": str(ROOT)}
    with log.open("ab") as output:
        began = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603  a contender's own command
            [word.format(port=port) for word in contender.command],
            cwd=contender.folder,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=machine.pinned(cores.server),  # noqa: PLW1509  this process has no threads when it forks
        )
    return process, began


def compiled_once(environment: dict[str, str]) -> dict[str, str]:
    """Returns the environment with bytecode caching on, as for an installed program."""
    left = {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return left | {"PYTHONPYCACHEPREFIX": str(STATE / "pycache")}


def stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _first_answer(
    contender: Contender, process: subprocess.Popen[bytes], *, size: Size, port: int, began: float, log: Path
) -> float:
    request = contender.request_maker(host=f"{HOST}:{port}", size=size)(0)
    trial = Running(contender=contender, port=port, pid=process.pid, start_s=0, request_maker=lambda _: request)
    while process.poll() is None and time.perf_counter() - began < STARTS_WITHIN_S:
        try:
            status, _, _ = trial.ask(request)
        except OSError:
            time.sleep(0.01)
            continue
        if status == 200:
            return time.perf_counter() - began
        break
    tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:]
    raise Failed(f"{contender.name} does not answer; its log ends:\n" + "\n".join(tail))


def load(server: Running, requests: list[bytes], *, cores: Cores, **more: Any) -> dict[str, Any]:
    """What the load generator saw, and the server's processor time for a request as `cpu_ms`. `more` is of an Order.

    Raises:
        Failed: the generator ended with an error.
    """
    before = machine.cpu_s(server.pid)
    with loading(server, requests, cores=cores, **more) as generator:
        found = generator.result()
    used = machine.cpu_s(server.pid) - before
    found["cpu_ms"] = 1000 * used / max(1, found["requests"])
    return found


@dataclass(frozen=True, kw_only=True)
class Generator:
    """The load generator at work."""

    process: subprocess.Popen[bytes]

    def result(self) -> dict[str, Any]:
        """Waits for its end.

        Raises:
            Failed: it ended with an error.
        """
        out, error = self.process.communicate()
        if self.process.returncode:
            raise Failed(f"The load generator ended with an error: {error.decode()[-600:]}")
        found: dict[str, Any] = json.loads(out)
        return found


@contextmanager
def loading(server: Running, requests: list[bytes], *, cores: Cores, **more: Any) -> Iterator[Generator]:
    order = Order(host=HOST, port=server.port, requests=requests, **more)
    with tempfile.NamedTemporaryFile(suffix=".order") as file:
        file.write(pickle.dumps(order))
        file.flush()
        process = subprocess.Popen(  # noqa: S603  our own words
            [sys.executable, "-m", "benchmarks.driver", file.name],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=machine.pinned(cores.others),  # noqa: PLW1509  as above
        )
        try:
            yield Generator(process=process)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
