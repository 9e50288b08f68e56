"""All faults at random, with its seed printed."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from contextlib import suppress

import psycopg
import pytest

from tests.faults.world import Driver, Group, World

SECONDS = float(os.environ.get("KAIRO_TEST_SOUP_S", "60"))


class Reader(threading.Thread):
    """Asks for boards all the while, and notes what it was told of jobs that were overdue before it asked."""

    def __init__(self, world: World, driver: Driver) -> None:
        super().__init__(daemon=True)
        self.world = world
        self.driver = driver
        self.done = threading.Event()
        self.reads = 0
        self.lies: list[str] = []

    def run(self) -> None:
        while not self.done.wait(0.05):
            with suppress(psycopg.Error, AssertionError):
                for row in self.world.sql(
                    "SELECT id, brand_id::text, deadline_at < clock_timestamp() AS overdue FROM hero_opportunitiesjob"
                    " WHERE status IN ('pending', 'running') ORDER BY deadline_at LIMIT 5"
                ):
                    state = self.driver("today", brand_id=row["brand_id"])["state"]
                    self.reads += 1
                    if row["overdue"] and state == "generating" and self._still_overdue(row["id"]):
                        self.lies.append(f"{row} read as {state}")

    def _still_overdue(self, job_id: object) -> bool:
        """Not taken up again, with a new deadline, between the two questions."""
        return bool(
            self.world.one(
                "SELECT count(*) FROM hero_opportunitiesjob WHERE id = %s AND deadline_at < clock_timestamp()"
                " AND status IN ('pending', 'running')",
                job_id,
            )
        )


class Soup:
    """The processes, and what may happen to them; each fault is a method, drawn by its name."""

    FAULTS = ("kill", "pause", "pause", "flush", "hang_up", "poller", "redis", "duplicates", "sigterm", "cancel")

    def __init__(self, world: World, chance: random.Random) -> None:
        self.world = world
        self.chance = chance
        self.driver = world.driver()
        self.workers = [self.worker() for _ in range(3)]
        self.polling = self.poll()
        self.asleep: list[tuple[float, Group]] = []

    def worker(self) -> Group:
        return self.world.worker(ready=False, **SLOW)  # type: ignore[arg-type]  # only settings are in it

    def poll(self) -> Group:
        return self.world.poller("--max-jobs", "0", **SLOW)  # type: ignore[arg-type]  # as above

    def tend(self) -> None:
        """Wakes who has slept enough, and supervises."""
        for entry in [entry for entry in self.asleep if entry[0] < time.monotonic()]:
            entry[1].signal(signal.SIGCONT)
            self.asleep.remove(entry)
        self.workers = [group if group.alive else self.worker() for group in self.workers]

    def wake_all(self) -> None:
        for _, group in self.asleep:
            group.signal(signal.SIGCONT)

    def kill(self) -> None:
        self.chance.choice(self.workers).kill()

    def pause(self) -> None:
        group = self.chance.choice(self.workers)
        if group not in [entry[1] for entry in self.asleep]:
            group.signal(signal.SIGSTOP)
            self.asleep.append((time.monotonic() + self.chance.uniform(1, 7), group))

    def flush(self) -> None:
        self.world.valkey.client.flushall()

    def hang_up(self) -> None:
        self.world.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database() AND application_name = 'kairo' AND random() < 0.7"
        )

    def poller(self) -> None:
        self.polling.kill()
        self.polling = self.poll()

    def redis(self) -> None:
        self.world.valkey.kill()
        time.sleep(0.4)
        self.world.valkey.start()

    def duplicates(self) -> None:
        self.world.send([row["id"] for row in self.world.sql("SELECT id::text FROM hero_opportunitiesjob LIMIT 30")])

    def sigterm(self) -> None:
        index = self.chance.randrange(3)
        self.workers[index].handle.send_signal(signal.SIGTERM)
        self.workers[index] = self.worker()

    def cancel(self) -> None:
        for row in self.world.sql("SELECT id::text FROM hero_opportunitiesjob WHERE status = 'running' LIMIT 1"):
            self.driver("cancel", job_id=row["id"])


SLOW = {
    "engine": "Slow",
    "KAIRO_TEST_ENGINE_S": "0.1-1.5",
    "KAIRO_JOB_DEADLINE_S": "8",
    "KAIRO_JOB_TIME_LIMIT_S": "6",
}


@pytest.mark.slow
def test_a_soup_of_all_faults(world: World) -> None:
    seed = int(os.environ.get("KAIRO_TEST_SOUP_SEED", "0")) or random.SystemRandom().randrange(1, 10**9)
    print(f"soup of {SECONDS:g} s, KAIRO_TEST_SOUP_SEED={seed}")  # noqa: T201  to cook it again
    chance = random.Random(seed)
    brands = world.brands(1000)
    soup = Soup(world, chance)
    reader = Reader(world, world.driver())
    reader.start()
    faults: Counter[str] = Counter()
    asked = 0
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        time.sleep(chance.uniform(0.3, 0.9))
        soup.tend()
        soup.driver("regenerate", brand_ids=brands[asked : asked + 6], threads=3)
        asked = (asked + 6) % 990
        fault = chance.choice(Soup.FAULTS)
        faults[fault] += 1
        getattr(soup, fault)()
    soup.wake_all()

    calm = time.monotonic()
    world.await_all(within_s=120)
    calm_s = time.monotonic() - calm
    time.sleep(3)  # zombies finish what they think they have
    reader.done.set()
    reader.join(10)
    rows = world.sql("SELECT kind, count(*) AS n FROM hero_opportunitiesjobevent GROUP BY kind")
    kinds = {row["kind"]: row["n"] for row in rows}
    print(f"faults {dict(faults)}\nevents {kinds}\nall ended {calm_s:.1f} s after the last fault; {reader.reads} reads")  # noqa: T201  what it came to
    assert reader.lies == []
    assert reader.reads > 50
    if SECONDS >= 60:
        assert kinds.get("fenced", 0) > 0, "no zombie was refused"
        assert kinds.get("rescued", 0) + kinds.get("taken_over", 0) > 5
