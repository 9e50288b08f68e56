"""A Kairo of one PostgreSQL, one Valkey, a web process and a worker, whose servers can be brought into any state."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from kairo.devstack.account import unprivileged_account
from kairo.devstack.binaries import choose_postgres, reachable_by
from kairo.devstack.postgres import STAGE, Cluster, arguments, start_postgres
from kairo.devstack.progress import Step
from kairo.devstack.supervisor import Child, Supervisor
from tests.faults.conftest import fill
from tests.faults.proxy import Switch
from tests.faults.world import ROOT, Valkey, World, eventually, free_port

ENGINE_S = 2.0
TODAY = "query($b: ID!) { todayBoard(brandId: $b) { __typename state remediation job { id } } }"
REGENERATE = """mutation($b: ID!) { regenerateTodayBoard(input: {brandId: $b}) {
  __typename ... on RegenerateTodayBoardSuccess { job { id } } } }"""


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: dict[str, Any]
    took_s: float

    @property
    def code(self) -> str | None:
        """The code of the first error."""
        return next((error["extensions"]["code"] for error in self.body.get("errors", ())), None)


class Postgres:
    """The server, its administrator and the switch before it. Kairo's own user is no superuser."""

    def __init__(self, cluster: Cluster, supervisor: Supervisor) -> None:
        self._cluster = cluster
        self._supervisor = supervisor
        url = start_postgres(cluster, supervisor=supervisor, shown=Step("PostgreSQL"))
        self.port = urlsplit(url).port or 0
        self.switch = Switch("127.0.0.1", self.port)
        self.admin("CREATE ROLE app LOGIN CREATEROLE PASSWORD 'secret'")
        self.admin("CREATE DATABASE app OWNER app")

    @property
    def direct_url(self) -> str:
        return f"postgresql://app:secret@127.0.0.1:{self.port}/app"

    @property
    def switched_url(self) -> str:
        return f"postgresql://app:secret@127.0.0.1:{self.switch.port}/app"

    def admin(self, statement: str, *, database: str = "postgres") -> list[tuple[Any, ...]]:
        options = "-c default_transaction_read_only=off"
        with psycopg.connect(self._cluster.url(self.port, database), autocommit=True, options=options) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def hang_up(self) -> None:
        self.admin("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'app'")

    def stop(self) -> None:
        child = self._child
        child.handle.send_signal(signal.SIGINT)
        child.handle.wait(30)
        self._supervisor.children.remove(child)

    def start(self, *settings: str, standby: bool = False) -> None:
        """Starts the stopped server again, at its port; it may not answer."""
        account = unprivileged_account()
        mark = self._cluster.data / "standby.signal"
        mark.unlink(missing_ok=True)
        if standby:
            mark.touch()
            if account:
                account.own(mark, mode=0o600)
        binaries = reachable_by(
            account, binaries=choose_postgres(data=self._cluster.data), home=self._cluster.binaries_home
        )
        words = [word for setting in settings for word in ("-c", setting)]
        self._supervisor.start(
            "PostgreSQL",
            [binaries.folder / "postgres", *arguments(self._cluster, port=self.port), *words],
            log=self._cluster.log,
            extra={},
            stage=STAGE,
            grace_s=30,
            stop_signal=signal.SIGINT,
            account=account,
            cwd=Path("/"),
        )

    def signal(self, number: int) -> None:
        """To the server and every process of it."""
        server = self._child.handle.pid
        children = subprocess.run(["pgrep", "-P", str(server)], capture_output=True, text=True, check=False)
        for pid in (server, *map(int, children.stdout.split())):
            os.kill(pid, number)

    def answers(self) -> bool:
        try:
            return bool(self.admin("SELECT 1"))
        except psycopg.Error:
            return False

    @property
    def _child(self) -> Child:
        return next(child for child in self._supervisor.children if child.process.name == "PostgreSQL")


class Site:
    """What a client and an operator see of it."""

    def __init__(self, *, postgres: Postgres, world: World, redis: Switch) -> None:
        self.postgres = postgres
        self.world = world
        self.redis = redis
        self._brands = iter(world.brands(200))
        owners = world.sql("SELECT b.id::text, t.slug FROM core_brand b JOIN core_tenant t ON t.id = b.tenant_id")
        self._owners = {row["id"]: row["slug"] for row in owners}
        changes = {
            "DATABASE_URL": postgres.switched_url,
            "REDIS_URL": f"redis://127.0.0.1:{redis.port}/0",
            "KAIRO_RATE_LIMIT_TOKEN_COST_PER_MIN": "100000000",
        }
        imports = "from kairo.core.models import Tenant; from kairo.core.services.api_tokens import create_token; "
        self._tokens = {}
        for row in world.sql("SELECT slug FROM core_tenant"):
            command = f"{imports}print(create_token(tenant=Tenant.objects.get(slug={row['slug']!r}), name='x')[1])"
            done = subprocess.run(
                [sys.executable, "manage.py", "shell", "--no-imports", "-c", command],
                cwd=ROOT,
                env=world.environment(),
                capture_output=True,
                text=True,
                check=True,
            )
            self._tokens[row["slug"]] = done.stdout.strip()
        self._changes = changes
        self.serve()
        self.worker = world.worker(
            engine="Slow",
            DATABASE_URL=changes["DATABASE_URL"],
            REDIS_URL=changes["REDIS_URL"],
            KAIRO_TEST_ENGINE_S=str(ENGINE_S),
        )

    def serve(self, **changes: str) -> None:
        """Starts a web process, and lets it answer from now on."""
        self._port = free_port()
        web = ["-m", "kairo", "web", "--host", "127.0.0.1", "--port", str(self._port)]
        self.web = self.world._start("web", web, {**self._changes, **changes})
        eventually(lambda: self.readyz()[0], lambda status: status == 200, within_s=30)

    def brand(self) -> str:
        """A brand that no test has used."""
        return next(self._brands)

    def ask(self, query: str, brand: str) -> Answer:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._port}/graphql",
            json.dumps({"query": query, "variables": {"b": brand}}).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self._tokens[self._owners[brand]]}"},
        )
        began = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                status, headers, body = response.status, dict(response.headers), json.load(response)
        except urllib.error.HTTPError as error:
            status, headers, body = error.code, dict(error.headers), json.load(error)
        return Answer(status=status, headers=headers, body=body, took_s=time.monotonic() - began)

    def readyz(self) -> tuple[int, dict[str, Any]]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/readyz", timeout=60) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except urllib.error.URLError:
            return 0, {}

    def log(self) -> str:
        return (self.world.folder / f"web-{self.web.handle.pid}.log").read_text()


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    cluster = Cluster(
        home=folder / "postgres", binaries_home=folder, log=folder / "postgres.log", password="secret", throwaway=True
    )
    valkey = Valkey(folder=folder / "valkey")
    with Supervisor(run_id=folder) as supervisor:
        postgres = Postgres(cluster, supervisor)
        fill(postgres.direct_url)
        world = World(database_url=postgres.direct_url, folder=folder, valkey=valkey)
        redis = Switch("127.0.0.1", valkey.port)
        valkey.start()
        try:
            yield Site(postgres=postgres, world=world, redis=redis)
        finally:
            redis.close()
            postgres.switch.close()
            world.close()
