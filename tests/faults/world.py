"""A Kairo of a test's own: database, Valkey, workers and a driver, all real processes that can be hurt."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import redis
from psycopg.rows import dict_row

from kairo.devstack.binaries import find_valkey

ROOT = Path(__file__).parent.parent.parent
T = TypeVar("T")

# Short, but in the proportions of the defaults.
CLOCKS = {
    "KAIRO_JOB_LEASE_S": "3",
    "KAIRO_JOB_HEARTBEAT_S": "0.5",
    "KAIRO_JOB_DEADLINE_S": "60",
    "KAIRO_JOB_TIME_LIMIT_S": "20",
    "KAIRO_JOB_RETRY_BASE_S": "0.5",
    "KAIRO_JOB_REDISPATCH_S": "1",
    "KAIRO_JOB_SWEEP_INTERVAL_S": "1",
    "KAIRO_JOB_POLL_INTERVAL_S": "1",
    "KAIRO_SYNTHESIS_TIME_LIMIT_S": "15",
    "KAIRO_WORKER_SHUTDOWN_GRACE_S": "6",
}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def eventually(look: Callable[[], T], good: Callable[[T], bool] = bool, *, within_s: float) -> T:
    """What `look` sees once it is good. A machine that is slow or busy is waited for three times as long."""
    within_s *= 3
    end = time.monotonic() + within_s
    while not good(seen := look()):
        assert time.monotonic() < end, f"not within {within_s} s; last seen: {seen}"
        time.sleep(0.02)
    return seen


def is_running(pid: int) -> bool:
    """Whether there is such a process that has not ended; one that nobody has waited for yet has."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


@dataclass
class Group:
    """A process and its children, in a session of their own."""

    handle: subprocess.Popen[bytes]

    def signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.handle.pid, number)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        self.handle.wait()

    def terminate(self, *, within_s: float = 30) -> int:
        """One SIGTERM to the leader alone, as a platform sends it. The exit code."""
        self.handle.send_signal(signal.SIGTERM)
        return self.handle.wait(within_s)

    def children(self) -> list[int]:
        """The worker processes that Dramatiq's master has started, without multiprocessing's own."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                parent = int(stat.read_text().rpartition(")")[2].split()[1])
                if parent == self.handle.pid and b"kairo.worker" in (stat.parent / "cmdline").read_bytes():
                    found.append(int(stat.parent.name))
        return found

    @property
    def alive(self) -> bool:
        return self.handle.poll() is None


@dataclass
class Valkey:
    folder: Path
    port: int = field(default_factory=free_port)
    append_only: bool = False
    group: Group | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url, socket_timeout=5)

    def start(self) -> None:
        program = find_valkey()
        assert program, "tests run on machines that have one"
        self.folder.mkdir(exist_ok=True)
        words = ["--port", self.port, "--bind", "127.0.0.1", "--save", "", "--dir", self.folder, "--daemonize", "no"]
        words += ["--appendonly", "yes" if self.append_only else "no", "--appendfsync", "always"]
        with (self.folder / "valkey.log").open("ab") as log:
            self.group = Group(
                subprocess.Popen(
                    [str(word) for word in (program.path, *words)], stdout=log, stderr=log, start_new_session=True
                )
            )
        eventually(self._answers, within_s=10)

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False

    def kill(self) -> None:
        assert self.group
        self.group.kill()

    def signal(self, number: int) -> None:
        assert self.group
        self.group.signal(number)


class Driver:
    """The other end of tests.faults.driver."""

    def __init__(self, handle: subprocess.Popen[str]) -> None:
        self.handle = handle

    def __call__(self, command: str, **arguments: Any) -> Any:
        assert self.handle.stdin
        assert self.handle.stdout
        self.handle.stdin.write(json.dumps({"do": command, "with": arguments}) + "\n")
        self.handle.stdin.flush()
        answer = json.loads(self.handle.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["answer"]

    def close(self) -> None:
        self.handle.kill()
        self.handle.wait()


class World:
    """Everything a fault test needs. Times in seconds; ids as strings."""

    def __init__(self, *, database_url: str, folder: Path, valkey: Valkey) -> None:
        self.database_url = database_url
        self.folder = folder
        self.valkey = valkey
        self.groups: list[Group] = []
        self.drivers: list[Driver] = []

    def environment(self, **changes: str) -> dict[str, str]:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("KAIRO_", "DJANGO_", "PG"))}
        return {
            **inherited,
            "KAIRO_ENV": "test",
            "KAIRO_SECRET_KEY": "a secret of this test, of 32 or more",
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.valkey.url,
            "PYTHONPATH": str(ROOT),
            **CLOCKS,
            **changes,
        }

    # Processes

    def worker(
        self, *, engine: str = "", processes: int = 1, threads: int = 4, ready: bool = True, **changes: str
    ) -> Group:
        """The Procfile's worker, with one of tests.faults.engines, or with none: it would be a process a thread."""
        changes["KAIRO_SYNTHESIZER"] = engine and f"tests.faults.engines.{engine}"
        words = ["-m", "kairo", "worker", "--processes", str(processes), "--threads", str(threads)]
        group = self._start("worker", words, changes)
        if ready:
            log = self.folder / f"worker-{group.handle.pid}.log"
            eventually(lambda: log.read_text().count("ready for action") >= processes or not group.alive, within_s=30)
            assert group.alive, log.read_text()
        return group

    def poller(self, *options: str, engine: str = "", ready: bool = False, **changes: str) -> Group:
        """opportunities_worker, likewise."""
        changes["KAIRO_SYNTHESIZER"] = engine and f"tests.faults.engines.{engine}"
        words = ["manage.py", "opportunities_worker", "--poll-interval", "0.3", "--stale-check-interval", "1", *options]
        group = self._start("poller", words, changes)
        if ready:
            self._await_line(group, "poller", "looks for jobs")
        return group

    def _await_line(self, group: Group, kind: str, line: str, *, times: int = 1) -> None:
        log = self.folder / f"{kind}-{group.handle.pid}.log"
        eventually(lambda: log.read_text().count(line) >= times or not group.alive, within_s=30)
        assert group.alive, log.read_text()

    def driver(self, **changes: str) -> Driver:
        log = (self.folder / "driver.log").open("ab")
        driver = Driver(
            subprocess.Popen(
                [sys.executable, "-m", "tests.faults.driver"],
                cwd=ROOT,
                env=self.environment(**changes),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        )
        log.close()
        self.drivers.append(driver)
        return driver

    def _start(self, kind: str, words: Sequence[str], changes: dict[str, str]) -> Group:
        path = self.folder / f"{kind}.log"
        with path.open("ab") as log:
            handle = subprocess.Popen(
                [sys.executable, *words],
                cwd=ROOT,
                env=self.environment(**changes),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        path.rename(self.folder / f"{kind}-{handle.pid}.log")
        group = Group(handle)
        self.groups.append(group)
        return group

    def close(self) -> None:
        for group in self.groups:
            group.signal(signal.SIGCONT)
            group.kill()
        for driver in self.drivers:
            driver.close()
        if self.valkey.group:
            self.valkey.signal(signal.SIGCONT)
            self.valkey.kill()

    # Rows

    def sql(self, statement: str, *params: Any) -> list[dict[str, Any]]:
        """Rows, on a connection of its own, so that no fault of another statement's remains."""
        with psycopg.connect(self.database_url, autocommit=True, row_factory=dict_row) as connection:
            cursor = connection.execute(statement, params or None)
            return cursor.fetchall() if cursor.description else []

    def one(self, statement: str, *params: Any) -> Any:
        """The single value of a single row."""
        ((value,),) = (tuple(row.values()) for row in self.sql(statement, *params))
        return value

    def brands(self, number: int, *, start: int = 0) -> list[str]:
        rows = self.sql("SELECT id::text FROM core_brand ORDER BY slug LIMIT %s OFFSET %s", number, start)
        assert len(rows) == number
        return [row["id"] for row in rows]

    def insert_jobs(self, number: int) -> list[str]:
        """Pending jobs as another release's enqueue left them: without a message, and without newer columns."""
        rows = self.sql(
            """
            WITH made AS (
                INSERT INTO hero_opportunitiesjob (id, brand_id, status, priority)
                SELECT gen_random_uuid(), id, 'pending', 10 FROM core_brand ORDER BY slug LIMIT %s RETURNING id
            ), told AS (
                INSERT INTO hero_opportunitiesjobevent (job_id, kind) SELECT id, 'enqueued' FROM made
            )
            SELECT id::text FROM made
            """,
            number,
        )
        return [row["id"] for row in rows]

    def send(
        self, job_ids: Sequence[str], *, deliveries: int = 1, queue: str = "boards", actor: str = "generate_board"
    ) -> None:
        """Messages in Redis as Dramatiq writes them, `deliveries` for each job."""
        import dramatiq  # noqa: PLC0415  only here
        from dramatiq.brokers.redis import RedisBroker  # noqa: PLC0415  only here

        broker = RedisBroker(url=self.valkey.url, middleware=[])  # type: ignore[no-untyped-call]  # Dramatiq's own
        for _ in range(deliveries):
            for job_id in job_ids:
                message: dramatiq.Message[Any] = dramatiq.Message(
                    queue_name=queue, actor_name=actor, args=(job_id,), kwargs={}, options={}
                )
                broker.enqueue(message)

    def job(self, job_id: str) -> dict[str, Any]:
        (row,) = self.sql("SELECT * FROM hero_opportunitiesjob WHERE id = %s", job_id)
        return row

    def status(self, job_id: str) -> str:
        status: str = self.job(job_id)["status"]
        return status

    def kinds(self, job_id: str) -> list[str]:
        rows = self.sql("SELECT kind FROM hero_opportunitiesjobevent WHERE job_id = %s ORDER BY id", job_id)
        return [row["kind"] for row in rows]

    def count(self, kind: str) -> int:
        number: int = self.one("SELECT count(*) FROM hero_opportunitiesjobevent WHERE kind = %s", kind)
        return number

    def active(self) -> int:
        number: int = self.one("SELECT count(*) FROM hero_opportunitiesjob WHERE status IN ('pending', 'running')")
        return number

    def await_status(self, job_id: str, status: str, *, within_s: float) -> float:
        """Seconds until the job had it."""
        began = time.monotonic()
        eventually(lambda: self.status(job_id), lambda seen: seen == status, within_s=within_s)
        return time.monotonic() - began

    def await_all(self, *, within_s: float) -> None:
        eventually(self.active, lambda left: left == 0, within_s=within_s)


@contextlib.contextmanager
def frozen(*groups: Group) -> Iterator[None]:
    """Stops processes without their noticing, and lets them go on."""
    for group in groups:
        group.signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for group in groups:
            group.signal(signal.SIGCONT)
