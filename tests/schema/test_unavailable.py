"""A real server whose database does not answer."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from time import monotonic, sleep

import pytest

STARTS_WITHIN_S = 30


@contextmanager
def server(database_port: int, *, log: Path) -> Iterator[int]:
    """Starts a web process with its database at this local port; yields the port it serves."""
    port = free_port()
    environment = {
        **os.environ,
        "KAIRO_LOG_LEVEL": "INFO",
        "DATABASE_URL": f"postgresql://kairo:hunter2@127.0.0.1:{database_port}/kairo",
        "KAIRO_ENV": "test",
        "REDIS_URL": "",
    }
    command = [sys.executable, "-m", "uvicorn", "kairo.asgi:application", "--port", str(port), "--log-level", "warning"]
    with log.open("wb") as lines, subprocess.Popen(command, env=environment, stderr=lines) as process:
        try:
            await_port(port)
            yield port
        finally:
            process.terminate()


@pytest.fixture
def closed_port() -> int:
    return free_port()


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Yields a port that accepts connections and never sends."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield listener.getsockname()[1]


@pytest.mark.parametrize("database", ["closed_port", "silent_port"])
def test_unavailable_database_is_503_within_seconds(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with server(request.getfixturevalue(database), log=log) as port:
        ask(port)  # the first request also pays for imports
        began = monotonic()
        response, body = ask(port)
        took = monotonic() - began
    assert response.status == 503
    assert int(response.headers["Retry-After"]) > 0
    (error,) = json.loads(body)["errors"]
    assert error["extensions"]["code"] == "SERVICE_UNAVAILABLE"
    assert error["extensions"]["retryable"] is True
    assert b"hunter2" not in body
    error_lines = [line for line in log.read_text().splitlines() if " ERROR " in line]
    assert len(error_lines) == 2, log.read_text()  # one for each request
    assert error["extensions"]["requestId"] in error_lines[1]
    assert took < 8  # two seconds, and six more for a busy machine; libpq alone waits for ever


def test_largest_body_needs_no_disk(closed_port: int) -> None:
    """The process may write no file, neither in a temporary folder nor elsewhere."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://kairo@127.0.0.1:{closed_port}/kairo",
        "KAIRO_ENV": "test",
        "REDIS_URL": "",
    }
    web = [sys.executable, "-B", "-m", "kairo", "web", "--host", "127.0.0.1", "--port", str(port)]
    command = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", *web]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            await_port(port)
            response, body = ask(port, query="{ __typename }" + " " * 3_400_000)
        finally:
            process.terminate()
    assert response.status == 503, body
    assert b"SERVICE_UNAVAILABLE" in body


def ask(port: int, *, query: str = "{ __typename }") -> tuple[HTTPResponse, bytes]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        headers = {"Authorization": "Bearer kairo_token", "Content-Type": "application/json"}
        connection.request("POST", "/graphql", json.dumps({"query": query}), headers)
        response = connection.getresponse()
        return response, response.read()


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return int(listener.getsockname()[1])


def await_port(port: int) -> None:
    deadline = monotonic() + STARTS_WITHIN_S
    while monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            sleep(0.05)
        else:
            return
    raise TimeoutError(f"nothing serves port {port}")
