"""What row-level security costs a read over HTTP: `python -m benchmarks.row_security`.

Every read of the schema, about a brand of 20,000 posts, 20,000 ideas and thousands of jobs and boards, beside 1,000
small brands of others. Two processes of Kairo on one PostgreSQL, one behind the wall and one without it, no board
cached; and for today's board two more with Redis. One client and one connection to each; the two are asked in turns.
A figure is the median of all reads, a cost the median of the rounds' ratios of medians. Processor time is that of the
web process and of its PostgreSQL sessions together. Answers are compared before anything is timed.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import statistics
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

import psycopg

from benchmarks.machine import cpu_s
from benchmarks.reads import READS, Read, ids_of
from benchmarks.row_security_rows import ROWS
from kairo.devstack.checkout import ROOT
from kairo.devstack.ports import free_port
from kairo.devstack.servers import Servers, throwaway_servers

SEARCHES = {
    f"evidence, words in {where}": Read(
        document=f'query($b: ID!) {{ evidence(brandId: $b, first: 50, filter: {{ search: "{words}" }})'
        " { nodes { id snippet } } }",
        variables={"b": "brand"},
        most=3,
    )
    for where, words in {"40 of 20,000": "word77 oven", "all of 20,000": "oven bread", "none": "quokka"}.items()
}
WARMING = 20  # reads after which PostgreSQL has settled on a plan for every prepared statement


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.row_security", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--reads", type=int, default=50, help="of each kind, a round and process (50)")
    parser.add_argument("--only", default="", help="reads whose name has this in it")
    options = parser.parse_args()
    with throwaway_servers() as servers:
        bench = Bench(servers)
        say("| read | wall ms | none ms | cost | processor, wall ms | none ms | cost |\n|---|--:|--:|--:|--:|--:|--:|")
        with (
            bench.web("on", redis="") as on,
            bench.web("off", redis="") as off,
            bench.web("on", redis=servers.redis_url or "") as cached_on,
            bench.web("off", redis=servers.redis_url or "") as cached_off,
        ):
            reads = [(name, read, on, off) for name, read in (READS | SEARCHES).items()]
            reads.insert(1, ("todayBoard, cached", READS["todayBoard"], cached_on, cached_off))
            for name, read, tenant_scope, bare in reads:
                if options.only in name:
                    cost = bench.compare(name, read, tenant_scope, bare, rounds=options.rounds, reads=options.reads)
                    say(f"| {name} | {cost} |")


class Bench:
    def __init__(self, servers: Servers) -> None:
        self.database_url = servers.database_url
        self.environment = {
            **os.environ,
            **servers.as_environment(),
            "DJANGO_SETTINGS_MODULE": "kairo.settings",
            "KAIRO_ENV": "test",
            "KAIRO_LOG_LEVEL": "ERROR",
            "KAIRO_SECRET_KEY": secrets.token_urlsafe(48),
        }
        self.manage("migrate", "--verbosity", "0")
        seeded = json.loads(self.manage("seed_demo", "--json").splitlines()[-1])
        self.token, large = seeded["demo_token"], seeded["demo_brand_id"]
        self.world: dict[str, Any] = {"brand": large}
        with self.web("on", redis="") as server:
            server.read(self.body(READS["todayBoard"]), token=self.token)
        self.manage("opportunities_worker", "--once")
        with psycopg.connect(self.database_url, autocommit=True) as database:
            database.execute("UPDATE core_apitoken SET scopes = '{read,admin}'")
            for statement in ROWS:
                database.execute(statement, {"large": large})
            self.world |= _world(database, large)

    def manage(self, *words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  our own words
        return done.stdout

    def body(self, read: Read) -> bytes:
        return json.dumps({"query": read.document, "variables": ids_of(self.world, read.variables)}).encode()

    def compare(self, name: str, read: Read, on: Web, off: Web, *, rounds: int, reads: int) -> Cost:
        body = self.body(read)
        for server in (on, off):
            server.connection.close()  # it may have idled too long; the next read opens it
        answers = [server.read(body, token=self.token) for _ in range(WARMING) for server in (on, off)]
        first = _comparable(answers[0])
        assert "errors" not in first, first
        assert all(_comparable(answer) == first for answer in answers), f"{name}: the answers differ"
        tenant_scope, bare = Times(), Times()
        for number in range(rounds):
            began = self.cpu_s(on), self.cpu_s(off)
            turns = [(on, tenant_scope), (off, bare)]
            for turn in range(reads):
                for server, times in turns if (number + turn) % 2 else reversed(turns):
                    times.ms.append(server.timed(body, token=self.token))
            for server, times, before in zip((on, off), (tenant_scope, bare), began, strict=True):
                times.round_ms.append(statistics.median(times.ms[-reads:]))
                times.cpu_ms.append(1000 * (self.cpu_s(server) - before) / reads)
        return Cost(tenant_scope=tenant_scope, bare=bare)

    def cpu_s(self, web: Web) -> float:
        with psycopg.connect(self.database_url, autocommit=True) as database:
            sessions = database.execute("SELECT pid FROM pg_stat_activity WHERE application_name = %s", [web.name])
            return cpu_s(web.pid) + sum(cpu_s(pid) for (pid,) in sessions.fetchall())

    @contextmanager
    def web(self, row_security: str, *, redis: str, board_cache: bool = True) -> Iterator[Web]:
        port = free_port()
        name = f"web-{port}"
        environment = {
            **self.environment,
            "KAIRO_ROW_SECURITY": row_security,
            "REDIS_URL": redis,
            "KAIRO_HOT_PATH": str(board_cache).lower(),
            "DATABASE_URL": f"{self.database_url}?application_name={name}",
        }
        words = ["-m", "kairo", "web", "--host", "127.0.0.1", "--port", str(port)]
        process = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment)  # noqa: S603  our own words
        try:
            yield Web(name=name, port=port, pid=process.pid)
        finally:
            process.terminate()
            process.wait(30)


class Times:
    """Milliseconds: of each read, of each round's median read, and of the processor for a read of each round."""

    def __init__(self) -> None:
        self.ms: list[float] = []
        self.round_ms: list[float] = []
        self.cpu_ms: list[float] = []


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    tenant_scope: Times
    bare: Times

    def __str__(self) -> str:
        cells = []
        for tenant_scope, bare in (
            (self.tenant_scope.round_ms, self.bare.round_ms),
            (self.tenant_scope.cpu_ms, self.bare.cpu_ms),
        ):
            cost = statistics.median(a / b for a, b in zip(tenant_scope, bare, strict=True)) - 1
            cells += [f"{statistics.median(tenant_scope):.2f}", f"{statistics.median(bare):.2f}", f"{cost:+.0%}"]
        return " | ".join(cells)


class Web:
    """One kept connection to a web process."""

    def __init__(self, *, name: str, port: int, pid: int) -> None:
        self.name, self.pid = name, pid
        self.connection = HTTPConnection("127.0.0.1", port, timeout=180)
        end = time.monotonic() + 180
        while True:
            try:
                self.connection.request("GET", "/readyz")
                self.connection.getresponse().read()
                return
            except OSError:
                self.connection.close()
                assert time.monotonic() < end, "the web process does not answer"
                time.sleep(0.05)

    def read(self, body: bytes, *, token: str) -> bytes:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        self.connection.request("POST", "/graphql", body, headers)
        response = self.connection.getresponse()
        answer = response.read()
        assert response.status == 200, answer
        return answer

    def timed(self, body: bytes, *, token: str) -> float:
        """Milliseconds."""
        began = time.perf_counter()
        self.read(body, token=token)
        return (time.perf_counter() - began) * 1000


def _world(database: psycopg.Connection, brand: str) -> dict[str, Any]:
    """Ids of one row of each kind, as `ids_of` names them."""
    tables = {
        "board": ("TodayBoardReady", "hero_opportunitiesboard"),
        "idea": ("Opportunity", "core_opportunity"),
        "post": ("EvidenceItem", "evidence_normalizedevidenceitem"),
        "job": ("GenerationJob", "hero_opportunitiesjob"),
        "ingestion": ("IngestionJob", "evidence_ingestionjob"),
        "run": ("SourceRun", "evidence_sourcerun"),
        "pillar": ("ContentPillar", "core_contentpillar"),
        "persona": ("Persona", "core_persona"),
    }
    world = {}
    for name, (type_, table) in tables.items():
        found = database.execute(f"SELECT id FROM {table} WHERE brand_id = %s LIMIT 1", [brand]).fetchone()  # noqa: S608  names of our own
        assert found
        world[name] = b64encode(f"{type_}:{found[0]}".encode()).decode()
    return {**world, "all": list(world.values()), "now": "2999-01-01T00:00:00Z"}


def _comparable(answer: bytes) -> dict[str, Any]:
    """Without the moment of the reading."""
    payload: dict[str, Any] = json.loads(answer)
    for value in (payload.get("data") or {}).values():
        if isinstance(value, dict):
            value.pop("asOf", None)
    return payload


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
