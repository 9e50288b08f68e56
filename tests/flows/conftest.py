"""A Kairo deployment for a test: a database of its own and the Procfile's processes."""

from __future__ import annotations

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from tests.migrated import migrated
from tests.own_redis import OTHER_REDIS_URL

T = TypeVar("T")

ROOT = Path(__file__).parent.parent.parent
PROCFILE = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines() if line)
Kind = Literal["web", "worker"]
PATIENCE_S = 300.0  # for events that must come, on a busy machine; only a failing test waits that long

TODAY = """query($b: ID!) { todayBoard(brandId: $b) {
  __typename state readyReason remediation asOf job { id status } meta { generatedAt opportunityCount cacheHit notes }
  opportunities { id title angle whyNow type primaryChannel suggestedChannels score
    scoreParts { part points max sentence } persona { id name } pillar { id name } createdAt
    evidence { id platform url author snippet hasTranscript publishedAt
      metrics { views likes comments shares } } }
  ... on TodayBoardInsufficientEvidence { failedGates { code found needed sentence } }
  ... on TodayBoardError { errorCode retryable }
} }"""
REGENERATE = "mutation($i: RegenerateTodayBoardInput!) { regenerateTodayBoard(input: $i) { __typename } }"


@dataclass
class Stack:
    """Processes started by the Procfile's commands, in the environment of a deployment."""

    environment: dict[str, str]
    port: int
    logs: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)

    def start(self, kind: Kind) -> subprocess.Popen[bytes]:
        with (self.logs / f"{kind}.log").open("ab") as log:
            process = subprocess.Popen(_command(PROCFILE[kind]), cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def serve(self) -> subprocess.Popen[bytes]:
        """Starts the web process and waits until it is ready."""
        web = self.start("web")
        eventually(lambda: _ready(self.port), lambda ready: ready or web.poll() is not None, within_s=PATIENCE_S)
        assert web.poll() is None, (self.logs / "web.log").read_text()
        return web

    def manage(self, *arguments: str, code: int = 0) -> str:
        """Runs `manage.py` and returns its output; it must exit with `code`."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def stop(self, process: subprocess.Popen[bytes]) -> int:
        process.send_signal(signal.SIGTERM)
        self.processes.remove(process)
        return process.wait(120)

    def token(self, tenant: str) -> str:
        """Returns a token of the tenant, created once."""
        if tenant not in self.tokens:
            self.tokens[tenant] = self.manage(
                "shell",
                "--no-imports",
                "-c",
                "from kairo.core.models import Tenant; from kairo.core.services.api_tokens import create_token;"
                f"print(create_token(tenant=Tenant.objects.get(slug={tenant!r}), name='flow')[1])",
            ).strip()
        return self.tokens[tenant]

    def ask(self, token: str, query: str, **variables: Any) -> Any:
        """Sends a query and returns the `data` of a response without errors."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/graphql",
            json.dumps({"query": query, "variables": variables}).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as response:
            payload = json.load(response)
        assert "errors" not in payload, payload
        return payload["data"]

    def today(self, token: str, brand_id: str) -> dict[str, Any]:
        board: dict[str, Any] = self.ask(token, TODAY, b=brand_id)["todayBoard"]
        return board

    def await_today(self, token: str, brand_id: str, *, within_s: float = PATIENCE_S) -> dict[str, Any]:
        """Returns the board once it is neither generating nor absent."""
        board: dict[str, Any] = eventually(
            lambda: self.today(token, brand_id),
            lambda board: board["state"] not in {"GENERATING", "NOT_GENERATED_YET"},
            within_s=within_s,
        )
        return board


def served(ask: Callable[[], T]) -> T:
    """Calls `ask` until the server does not answer 503, which a busy one does."""
    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            return ask()
        except urllib.error.HTTPError as error:
            if error.code != 503 or time.monotonic() > end:
                raise
        time.sleep(0.1)


def eventually(read: Callable[[], Any], is_expected: Callable[[Any], bool], *, within_s: float) -> Any:
    """Returns the value that `read` returns once it is as expected."""
    end = time.monotonic() + within_s
    while not is_expected(value := read()):
        assert time.monotonic() < end, f"not within {within_s} s; last value: {value}"
        time.sleep(0.05)
    return value


def _command(line: str) -> list[str]:
    program, *arguments = shlex.split(line)
    assert program == "python"
    return [sys.executable, *arguments]


@pytest.fixture(scope="class")
def environment() -> dict[str, str]:
    """Settings of the stack beyond its servers; a class of tests may override it."""
    return {}


@pytest.fixture(scope="class")
def stack(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Iterator[Stack]:
    """A migrated stack with web and worker, shared by the tests of a class."""
    with running_stack(tmp_path_factory.mktemp("logs"), environment) as stack:
        yield stack


@contextmanager
def running_stack(logs: Path, environment: dict[str, str], *, pooler: str = "") -> Iterator[Stack]:
    """Starts a migrated stack with web and worker, and stops it at the end of the block.

    `pooler` is the host and port of a pooler through which its processes connect to the database.
    """
    url = urlsplit(os.environ["DATABASE_URL"])
    place = f"{url.netloc.rpartition('@')[0]}@{pooler}" if pooler else url.netloc
    name = f"flow_{uuid4().hex}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {migrated()}")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    stack = Stack(
        environment={
            **{key: value for key, value in os.environ.items() if not key.startswith(("KAIRO_", "DJANGO_"))},
            "KAIRO_HOT_PATH": os.environ.get("KAIRO_HOT_PATH", ""),
            "DATABASE_URL": urlunsplit(url._replace(path=f"/{name}", netloc=place)),
            "REDIS_URL": OTHER_REDIS_URL,
            "KAIRO_SECRET_KEY": "a secret of this test, of 32 or more",
            "KAIRO_ALLOWED_HOSTS": "127.0.0.1",
            "KAIRO_WORKER_PROCESSES": "1",
            "PORT": str(port),
            **environment,
        },
        port=port,
        logs=logs,
    )
    try:
        stack.start("worker")
        stack.serve()
        yield stack
    finally:
        for process in list(stack.processes):
            if process.poll() is None:
                stack.stop(process)
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
