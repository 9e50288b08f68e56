"""Jobs per second and dispatch latency, beside Dramatiq and Celery doing nothing: `python -m benchmarks.jobs`.

A job goes all the way: enqueued in Postgres, woken through Redis, claimed under a lease, and completed with its
board in one fenced transaction. Only the engine is empty. All find a backlog when they start, and are timed from the
first that is done to the last: Kairo by its jobs' own rows, since a wake-up of its is not one job's, the others by
their messages. Rounds of all are interleaved, and medians are shown.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import django
import psycopg
import redis

from benchmarks.contenders import PEERS, PYTHON
from benchmarks.job_workers import EMPTY_ACTOR, EMPTY_QUEUE
from benchmarks.running import compiled_once
from kairo.devstack.checkout import ROOT
from kairo.devstack.servers import Servers, throwaway_servers

BRANDS = 5000
CELERY = PYTHON / "python"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.jobs", description=__doc__)
    parser.add_argument(
        "--jobs",
        type=int,
        default=4000,
        help=f"a round, at most {BRANDS} (4000): a worker needs some hundreds to warm up",
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=8, help="of a worker process (8)")
    parser.add_argument("--figures", type=Path, help="write the ratios of one process here as JSON, and end")
    options = parser.parse_args()
    jobs = min(options.jobs, BRANDS)
    with throwaway_servers() as servers:
        bench = Bench(servers, threads=options.threads)
        ratios = bench.throughput(jobs=jobs, rounds=options.rounds, processes=1)
        if options.figures:
            options.figures.write_text(json.dumps(ratios), encoding="utf-8")
            return
        bench.throughput(jobs=jobs, rounds=options.rounds, processes=2)
        bench.latency(samples=200)


class Bench:
    def __init__(self, servers: Servers, *, threads: int) -> None:
        assert servers.redis_url
        self.threads = threads
        self.environment = {
            **os.environ,
            **servers.as_environment(),
            "DJANGO_SETTINGS_MODULE": "kairo.settings",
            "KAIRO_ENV": "test",
            "KAIRO_LOG_LEVEL": "WARNING",
            "KAIRO_SECRET_KEY": secrets.token_urlsafe(48),
        }
        os.environ.update(self.environment)
        self.redis = redis.Redis.from_url(servers.redis_url)
        self.database = psycopg.connect(servers.database_url, autocommit=True)
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, check=True)
        django.setup()
        self.database.execute("INSERT INTO core_tenant (id, slug, name) VALUES (gen_random_uuid(), 'bench', 'Bench')")
        self.database.execute(
            "INSERT INTO core_brand (id, tenant_id, slug, name) SELECT gen_random_uuid(), t.id, 'b' || n, 'B'"
            " FROM core_tenant t, generate_series(1, %s) n",
            [BRANDS],
        )
        self.brands = [row[0] for row in self.database.execute("SELECT id FROM core_brand").fetchall()]

    def throughput(self, *, jobs: int, rounds: int, processes: int) -> dict[str, float]:
        """Kairo's rate over that of each other, by name: the median of the rounds' ratios."""
        others = {"plain": "plain Dramatiq"} | ({"celery": "Celery"} if CELERY.exists() else {})
        rates: dict[str, list[float]] = {kind: [] for kind in ("kairo", *others)}
        enqueued = []
        for _ in range(rounds):
            began = time.perf_counter()
            self.enqueue(jobs)
            enqueued.append(jobs / (time.perf_counter() - began))
            rates["kairo"].append(self.finish(jobs=jobs, processes=processes))
            self.check(jobs)
            for kind in others:
                self.send_empty(kind, jobs)
                rates[kind].append(self.drain(kind, jobs=jobs, processes=processes))
        ratios = {
            kind: statistics.median(a / b for a, b in zip(rates["kairo"], rates[kind], strict=True)) for kind in others
        }
        beside = "; ".join(
            f"{label} {statistics.median(rates[kind]):,.0f} messages/s, ratio {ratios[kind]:.2f}"
            for kind, label in others.items()
        )
        say(
            f"{processes} process{'es' if processes > 1 else ''} x {self.threads} threads: "
            f"Kairo {statistics.median(rates['kairo']):,.0f} jobs/s (enqueued at {statistics.median(enqueued):,.0f}/s "
            f"by one thread); {beside}; {jobs} jobs, median of {rounds} rounds"
        )
        return ratios | {"jobs_per_s": statistics.median(rates["kairo"])}

    def latency(self, *, samples: int) -> None:
        """From the row's creation to its start, both by the database's clock, with one idle worker."""
        self.clear()
        with self.worker("kairo", processes=1):
            time.sleep(3)
            for brand in self.brands[:samples]:
                self.enqueue_one(brand)
                wait_until(self.all_done)
                time.sleep(0.02)
        waits = [
            row[0] * 1000
            for row in self.database.execute(
                "SELECT extract(epoch FROM started_at - created_at)::float8 FROM hero_opportunitiesjob"
            ).fetchall()
        ]
        cuts = statistics.quantiles(waits, n=100)
        say(f"idle dispatch: p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms; {samples} jobs")

    def enqueue(self, jobs: int) -> None:
        self.clear()
        for brand in self.brands[:jobs]:
            self.enqueue_one(brand)

    def enqueue_one(self, brand: UUID) -> None:
        from django.db import transaction  # noqa: PLC0415  Django is set up by now

        from kairo.core.enums import JobTrigger  # noqa: PLC0415  as above
        from kairo.hero.jobs import queue  # noqa: PLC0415  as above

        with transaction.atomic():
            queue.enqueue(brand_id=brand, trigger=JobTrigger.USER, priority=10)

    def send_empty(self, kind: str, messages: int) -> None:
        if kind == "celery":
            words = [str(CELERY), "celery_peer.py", str(messages)]
            subprocess.run(words, cwd=PEERS, env=self.environment_of(kind), check=True)  # noqa: S603  our own words
            return
        import dramatiq  # noqa: PLC0415  beside the broker it is for
        from dramatiq.brokers.redis import RedisBroker  # noqa: PLC0415  as above

        broker = RedisBroker(client=self.redis)  # type: ignore[no-untyped-call]  # Dramatiq's own
        for number in range(messages):
            broker.enqueue(
                dramatiq.Message(
                    queue_name=EMPTY_QUEUE, actor_name=EMPTY_ACTOR, args=(str(number),), kwargs={}, options={}
                )
            )

    def finish(self, *, jobs: int, processes: int) -> float:
        """Jobs per second from the first that is done to the last, by the database's clock."""
        with self.worker("kairo", processes=processes):
            wait_until(self.all_done, every_s=0.1)  # asking costs the database, and it is the rows that tell the time
        row = self.database.execute(
            "SELECT extract(epoch FROM max(finished_at) - min(finished_at))::float8 FROM hero_opportunitiesjob"
        ).fetchone()
        assert row
        return (jobs - 1) / float(row[0])

    def drain(self, kind: str, *, jobs: int, processes: int) -> float:
        """Messages per second from the first acknowledged one to the last; starting the worker is not counted."""
        assert self.left(kind) == jobs
        with self.worker(kind, processes=processes):
            wait_until(lambda: self.left(kind) < jobs)
            began, left = time.perf_counter(), self.left(kind)
            wait_until(lambda: self.left(kind) == 0)
            return left / (time.perf_counter() - began)

    def environment_of(self, kind: str) -> dict[str, str]:
        settings = compiled_once(self.environment) | {"KAIRO_BENCHMARK_WORKER": kind}
        if kind == "kairo":  # as `kairo worker` sets them; with a prefetch this small an empty actor runs half as often
            settings |= {"dramatiq_worker_timeout": "100", "dramatiq_queue_prefetch": str(self.threads)}
        if kind == "celery":  # or it looks for Django
            del settings["DJANGO_SETTINGS_MODULE"]
        return settings

    def left(self, kind: str) -> int:
        """Messages that are not acknowledged yet."""
        if kind == "celery":
            return int(self.redis.llen("celery")) + int(self.redis.hlen("unacked"))
        return int(self.redis.hlen(f"dramatiq:{EMPTY_QUEUE}.msgs"))

    def check(self, jobs: int) -> None:
        """Nothing was cut short: as many fenced completions as jobs, each with its board."""
        row = self.database.execute(
            "SELECT count(*) FROM hero_opportunitiesjob j JOIN hero_opportunitiesboard b ON b.job_id = j.id"
            " WHERE j.status = 'succeeded' AND j.attempts = 1"
        ).fetchone()
        assert row == (jobs,), row

    def clear(self) -> None:
        self.database.execute("TRUNCATE hero_opportunitiesjob CASCADE")
        self.redis.flushall()

    def all_done(self) -> bool:
        row = self.database.execute(
            "SELECT NOT EXISTS (SELECT FROM hero_opportunitiesjob WHERE status IN ('pending', 'running'))"
        ).fetchone()
        return row == (True,)

    @contextmanager
    def worker(self, kind: str, *, processes: int) -> Iterator[None]:
        words = [sys.executable, "-m", "dramatiq", "benchmarks.job_workers", "--skip-logging"]
        words += ["--processes", str(processes), "--threads", str(self.threads)]
        if kind == "celery":  # its pool of threads is of one process
            words = [str(CELERY), "-m", "celery", "-A", "celery_peer", "worker", "--pool", "threads", "-l", "ERROR"]
            words += ["--concurrency", str(processes * self.threads), "--without-gossip", "--without-mingle"]
        process = subprocess.Popen(  # noqa: S603  our own words
            words,
            cwd=PEERS if kind == "celery" else ROOT,
            env=self.environment_of(kind),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_until(true: Callable[[], bool], *, within_s: float = 120, every_s: float = 0.01) -> None:
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end, "the worker does not get on"
        time.sleep(every_s)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
