"""Redis away, empty, frozen or full: requests go on, and nothing that was asked for is forgotten."""

from __future__ import annotations

import signal
import time

import pytest
import redis

from tests.faults.world import World, eventually


@pytest.mark.slow
def test_flushall_with_a_hundred_pending_and_four_running(world: World) -> None:
    driver = world.driver()
    driver("regenerate", brand_ids=world.brands(104), threads=4)
    world.worker(threads=4, engine="Slow", KAIRO_TEST_ENGINE_S="0.5")
    eventually(lambda: world.count("claimed"), lambda seen: seen >= 4, within_s=10)
    assert world.active() >= 100

    world.valkey.client.flushall()

    world.await_all(within_s=60)
    assert world.count("claimed") == 104
    resent = world.one(
        "SELECT count(*) FROM hero_opportunitiesjob WHERE dispatched_at > created_at + interval '1 second'"
    )
    assert resent > 50, "nothing had been lost"


@pytest.mark.parametrize("append_only", [False, True], ids=["empty", "with its append-only file"])
def test_redis_killed_and_restarted(world: World, append_only: bool) -> None:
    world.valkey.kill()
    world.valkey.append_only = append_only
    world.valkey.start()
    driver = world.driver()
    brands = world.brands(12)
    before = driver("regenerate", brand_ids=brands[:4])

    world.valkey.kill()
    during = driver("regenerate", brand_ids=brands[4:8], threads=4)
    assert max(answer["spent_s"] for answer in during) < 4
    unsent = world.one("SELECT count(*) FROM hero_opportunitiesjob WHERE dispatched_at IS NULL")
    assert unsent == 4, "the outage was not noticed"
    world.valkey.start()
    kept = world.valkey.client.hlen("dramatiq:boards.msgs")
    assert kept == (4 if append_only else 0)

    world.worker()
    back = time.monotonic()
    world.await_all(within_s=20)
    print(f"all started within {time.monotonic() - back:.1f} s of Redis being back")  # noqa: T201  the figure is the point
    assert len({answer["job"] for answer in before + during}) == 8


@pytest.mark.slow
def test_a_worker_outlives_a_restart_of_redis_and_hears_it_again(world: World) -> None:
    driver = world.driver()
    brands = world.brands(3)
    worker = world.worker()
    driver("regenerate", brand_ids=brands[:1])
    world.await_all(within_s=10)

    world.valkey.kill()
    (answer,) = driver("regenerate", brand_ids=brands[1:2])
    polled_s = world.await_status(answer["job"], "succeeded", within_s=6)
    world.valkey.start()
    time.sleep(4)  # Dramatiq looks for Redis again every 3 s
    (answer,) = driver("regenerate", brand_ids=brands[2:3])
    heard_s = world.await_status(answer["job"], "succeeded", within_s=3)

    print(f"{polled_s:.1f} s by polling, {heard_s:.2f} s by message again")  # noqa: T201  the figure is the point
    assert worker.alive


def test_a_frozen_redis_holds_no_mutation_up(world: World) -> None:
    driver = world.driver()
    brands = world.brands(9)
    driver("regenerate", brand_ids=brands[:1])
    world.worker()
    world.await_all(within_s=10)

    world.valkey.signal(signal.SIGSTOP)
    try:
        with pytest.raises(redis.TimeoutError):
            redis.Redis.from_url(world.valkey.url, socket_timeout=0.5).ping()
        answers = driver("regenerate", brand_ids=brands[1:5]) + driver("regenerate", brand_ids=brands[5:], threads=4)
    finally:
        world.valkey.signal(signal.SIGCONT)

    slowest = max(answer["spent_s"] for answer in answers)
    print(f"slowest answer {slowest:.2f} s")  # noqa: T201  the figure is the point
    assert slowest < 4
    assert all(answer["created"] for answer in answers)
    world.await_all(within_s=20)


def test_a_full_redis_refuses_messages_and_loses_no_job(world: World) -> None:
    driver = world.driver()
    brands = world.brands(4)
    world.valkey.client.config_set("maxmemory-policy", "noeviction")
    world.valkey.client.config_set("maxmemory", "1")
    with pytest.raises(redis.exceptions.OutOfMemoryError):
        world.valkey.client.set("x", "y")

    answers = driver("regenerate", brand_ids=brands)

    assert all(answer["created"] and answer["spent_s"] < 4 for answer in answers)
    assert world.one("SELECT count(*) FROM hero_opportunitiesjob WHERE dispatched_at IS NULL") == 4
    worker = world.worker()
    world.valkey.client.config_set("maxmemory", "0")
    world.await_all(within_s=20)
    assert worker.alive


@pytest.mark.slow
def test_a_worker_started_while_redis_is_down_works_and_hears_it_later(world: World) -> None:
    driver = world.driver()
    brands = world.brands(2)
    world.valkey.kill()
    (answer,) = driver("regenerate", brand_ids=brands[:1])
    worker = world.worker()
    world.await_status(answer["job"], "succeeded", within_s=5)
    world.valkey.start()
    time.sleep(4)
    (answer,) = driver("regenerate", brand_ids=brands[1:])
    assert world.await_status(answer["job"], "succeeded", within_s=3) < 1
    assert worker.alive
