"""All that is measured of the servers, in one run. The figures are plain values, so that they can be kept as JSON."""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
import redis

from benchmarks import machine, queries
from benchmarks.contenders import KAIRO, Contender
from benchmarks.database import STATE, Servers, environment, is_prepared, prepared_database, run_database
from benchmarks.machine import Cores
from benchmarks.plan import Figures, Plan
from benchmarks.queries import RequestMaker, comparable, field_count
from benchmarks.running import HOST, Failed, Running, load, running
from benchmarks.sizes import Size
from benchmarks.writes import Order as Writes
from kairo.devstack.checkout import ROOT

CONNECTIONS = 32
COMPARED = 20  # brands whose answers are compared before anything is timed
RESERVED = 100  # brands at least that a fresh process is warmed with, and that a measured miss never asks about
MISSES_AT_A_TIME = 475  # first reads of one database before the other's turn
CURVE = (250, 500, 1000, 2000, 4000, 6000, 8000, 12000, 16000)
CURVE_OF = ("kairo", "limit", "mercurius-jit", "yoga-cache")

Say = Callable[[str], None]


class Measurement:
    def __init__(self, plan: Plan, *, servers: Servers, cores: Cores, say: Say) -> None:
        self.plan = plan
        self.servers = servers
        self.cores = cores
        self.say = say
        self.figures = Figures()
        self.requests: dict[str, list[bytes]] = {}

    def run(self) -> Figures:
        template, _ = prepared_database(self.servers, self.plan.size)
        large = self.large_database()
        with run_database(self.servers, template) as name, ExitStack() as stack:
            self.settings = environment(self.servers, name) | {"KAIRO_PERSISTED_OPERATIONS": str(_manifest())}
            # The same brands are in both: each has a Redis database of its own.
            self.large_settings = environment(self.servers, large, redis_database=1) if large else None
            up = [found for one in self.plan.contenders if (found := self.start_contender(one, stack))]
            up = self.with_equal_responses(up)
            for server in up:
                self.warm(server)
            for at in range(self.plan.rounds):
                self.say(f"round {at + 1} of {self.plan.rounds}")
                self.round(up, at)
            self.after_the_rounds({server.contender.name: server for server in up})
        return self.figures

    def large_database(self) -> str | None:
        """Returns the large database; a run never fills it, because that takes minutes."""
        if self.plan.large is None:
            return None
        if not is_prepared(self.servers, self.plan.large):
            self.figures.missing["kairo-miss-large"] = "its database is not filled: python -m benchmarks --prepare"
            self.say("the large database is not filled (--prepare does it): left out")
            return None
        name = prepared_database(self.servers, self.plan.large)[0]
        # The small one was copied a moment ago and is in memory: a row is compared with a row, not with a disk.
        self.say("reading the large database once")
        with psycopg.connect(self.servers.database_url(name)) as connection:
            connection.execute("SELECT count(md5(content)) FROM hero_boardsnapshot")
        return name

    def start_contender(self, contender: Contender, stack: ExitStack) -> Running | None:
        if not contender.installed:
            self.figures.missing[contender.name] = "not installed: python -m benchmarks --prepare"
            return None
        try:
            return stack.enter_context(self.running(contender))
        except Failed as error:
            self.say(str(error))
            self.figures.missing[contender.name] = "did not start"
            return None

    def running(self, contender: Contender) -> AbstractContextManager[Running]:
        log = STATE / "logs" / f"{contender.name}.log"
        return running(contender, settings=self.settings, size=self.plan.size, cores=self.cores, log=log)

    def with_equal_responses(self, up: list[Running]) -> list[Running]:
        """Returns the servers whose responses equal the first one's; fixed and empty responses are not compared."""
        sample = random.Random(5).sample(range(self.plan.size.brands), min(COMPARED, self.plan.size.brands))  # noqa: S311  a sample
        expected: dict[int, object] = {}
        kept = []
        for server in up:
            if server.contender.name in {"fixed", "empty"}:
                kept.append(server)
                continue
            answers = {brand: server.ask(server.request_maker(brand)) for brand in sample}
            bodies = {brand: body for brand, (_, _, body) in answers.items()}
            found = {brand: comparable(body) for brand, body in bodies.items() if b'"data"' in body}
            expected = expected or found
            if found != expected:
                self.figures.missing[server.contender.name] = "its answers differ from the others'"
                self.say(f"{server.contender.name} answers differently and is left out")
                continue
            kept.append(server)
            if server.contender.is_kairo and not self.figures.answer:
                first = bodies[sample[0]]
                self.figures.answer = {"bytes": len(first), "fields": field_count(found[sample[0]])}
        return kept

    def warm(self, server: Running) -> None:
        """Reads every brand twice where the server caches; else sends requests for a second or two to warm its code."""
        name = server.contender.name
        self.requests[name] = [server.request_maker(brand) for brand in range(self.plan.size.brands)]
        self.say(f"warming {name}")
        if server.contender.is_kairo or server.contender.ttl:
            for _ in range(2):
                self.load(server, seconds=60, once=True)
        else:
            self.load(server, seconds=min(2.0, 2 * self.plan.seconds))
        if name == KAIRO.name:
            self.requests["kairo-304"] = self.conditional(server)

    def conditional(self, server: Running) -> list[bytes]:
        """Returns GETs of the same query with the entity tag of its response; [] where GET returns no tag."""
        ask = self.gets(server, tags={})
        tags = {}
        for brand in range(self.plan.size.brands):
            status, headers, _ = server.ask(ask(brand))
            if status != 200 or "etag" not in headers:
                self.say("a persisted query by GET gives no ETag: 304 is not measured")
                return []
            tags[brand] = headers["etag"]
        ask = self.gets(server, tags=tags)
        return [ask(brand) for brand in range(self.plan.size.brands)]

    def gets(self, server: Running, *, tags: dict[int, str]) -> RequestMaker:
        host = f"{HOST}:{server.port}"
        return queries.gets(host=host, path="/graphql", id=_document_id(), size=self.plan.size, tags=tags)

    def round(self, up: list[Running], at: int) -> None:
        empty = next((server for server in up if server.contender.name == "empty"), None)
        for server in up:
            name = server.contender.name
            self.figures.add(name, at, self.load(server, seed=at))
            if name != KAIRO.name:
                continue
            self.figures.add("kairo-one", at, self.load(server, seed=at, connections=1))
            if self.requests.get("kairo-304"):
                # Twice, by turns with the empty answers that it is compared with, whose own turn is the next.
                self.figures.add("kairo-304", at, self.load(server, seed=at, requests=self.requests["kairo-304"]))
                if empty:
                    self.figures.add("empty", at, self.load(empty, seed=at))
                self.figures.add("kairo-304", at, self.load(server, seed=at, requests=self.requests["kairo-304"]))
        if any(server.contender.name == KAIRO.name for server in up):
            self.misses(at)

    def misses(self, at: int) -> None:
        """Measures first reads of brands by fresh processes with an empty Redis: as many on the small database as it
        has brands, and as many on the large one, by turns."""
        redis.Redis.from_url(self.servers.redis_url).flushall()
        measured = {"kairo-miss": (self.plan.size, self.settings)}
        if self.large_settings and self.plan.large:
            measured["kairo-miss-large"] = (self.plan.large, self.large_settings)
        with ExitStack() as stack:
            pending = {
                name: self.first_reads(name, size, settings, at, stack) for name, (size, settings) in measured.items()
            }
            for _ in range(-(-self.plan.size.brands // MISSES_AT_A_TIME)):
                for name, (fresh, left) in pending.items():
                    if requests := list(islice(left, MISSES_AT_A_TIME)):
                        self.figures.add(name, at, self.load(fresh, requests=requests, once=True))

    def first_reads(
        self, name: str, size: Size, settings: dict[str, str], at: int, stack: ExitStack
    ) -> tuple[Running, Iterator[bytes]]:
        """Starts a process, warms its code and its tokens, and returns requests for brands that it has not read."""
        log = STATE / "logs" / f"{name}.log"
        fresh = stack.enter_context(running(KAIRO, settings=settings, size=size, cores=self.cores, log=log))
        self.figures.start_s.setdefault(name, []).append(fresh.start_s)
        self.figures.memory_mb.setdefault("started", machine.memory_mb(fresh.pid))
        known = max(RESERVED, size.tenants)
        self.load(fresh, requests=[fresh.request_maker(brand) for brand in range(known)], seconds=1.0, once=True)
        left = min(size.brands - known, self.plan.size.brands - RESERVED)
        return fresh, map(fresh.request_maker, random.Random(at).sample(range(known, size.brands), left))  # noqa: S311  a sample

    def after_the_rounds(self, up: dict[str, Running]) -> None:
        for server in up.values():
            self.figures.memory_mb[server.contender.name] = machine.memory_mb(server.pid)
        for name in CURVE_OF:
            if name in up and self.plan.curve_s:
                self.say(f"latency against load: {name}")
                self.figures.curve[name] = self.latencies(up[name])
        for server in up.values():
            if server.contender is KAIRO or server.contender.ttl:
                self.freshness(server)
        if KAIRO.name in up:  # the last: from here on brands have other boards
            self.storm(up[KAIRO.name])

    def latencies(self, server: Running) -> list[dict[str, float]]:
        """Measures latency at each rate below the closed loop's, with requests sent when due."""
        reached = statistics.median(found["rate"] for found in self.figures.rounds[server.contender.name])
        found = []
        for rate in [rate for rate in CURVE if rate < 0.95 * reached]:
            at = self.load(server, rate=float(rate), connections=64, seconds=self.plan.curve_s)
            found.append({"rate": rate, **{key: at[key] for key in ("p50", "p99", "errors")}})
        return found

    def storm(self, server: Running) -> None:
        """Polls while boards are written, each of which its writer reads back."""
        storm = self.plan.storm
        self.say(f"{storm.clients} clients, {storm.polls:g} polls and {storm.boards:g} boards written a second")
        for _ in range(storm.runs):
            writing = self.start_writes(
                server, kind="boards", seconds=storm.seconds, rate=storm.boards, threads=storm.writers
            )
            polls = self.load(server, seconds=storm.seconds + 1, connections=storm.clients, rate=storm.polls)
            polls.pop("by_second")
            self.figures.storm.append({"polls": polls, "writes": _answer(writing)})

    def freshness(self, server: Running) -> None:
        name = server.contender.name
        trials = self.plan.trials if server.contender.is_kairo else min(50, self.plan.trials)
        self.say(f"{trials} reads after writes: {name}")
        kind = "decisions" if server.contender.is_kairo else "rows"
        self.figures.freshness[name] = _answer(self.start_writes(server, kind=kind, trials=trials))

    def start_writes(self, server: Running, **more: Any) -> subprocess.Popen[bytes]:
        order = Writes(
            port=server.port,
            size=asdict(self.plan.size),
            with_token=server.contender.is_kairo,
            document=server.contender.document,
            brands=min(50, self.plan.size.brands),
            **more,
        )
        return subprocess.Popen(  # noqa: S603  our own words
            [sys.executable, "-m", "benchmarks.writes", order.as_argument()],
            cwd=ROOT,
            env={**os.environ, **self.settings, "KAIRO_LOG_LEVEL": "ERROR"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # A worker generates no load: it runs wherever there is room, beside what is measured too.
            preexec_fn=machine.pinned(self.cores.server | self.cores.others),  # noqa: PLW1509  no threads when it forks
        )

    def load(self, server: Running, *, requests: list[bytes] | None = None, **more: Any) -> dict[str, Any]:
        given = {"seconds": self.plan.seconds, "connections": CONNECTIONS, "cores": self.cores, **more}
        if server.contender.name == "empty":
            given["begins"] = b""
        elif not server.contender.is_kairo:
            given["begins"] = b'{"data"'
        return load(server, self.requests[server.contender.name] if requests is None else requests, **given)


def _answer(process: subprocess.Popen[bytes]) -> dict[str, float]:
    out, error = process.communicate(timeout=600)
    if process.returncode:
        raise Failed(f"The writes ended with an error: {error.decode()[-800:]}")
    found: dict[str, float] = json.loads(out)
    return found


def _document_id() -> str:
    return sha256(queries.KAIRO.encode()).hexdigest()


def _manifest() -> Path:
    """The persisted operations that Kairo is started with: GET answers no others."""
    path = STATE / "operations.json"
    path.write_text(json.dumps({_document_id(): queries.KAIRO}), encoding="utf-8")
    return path
