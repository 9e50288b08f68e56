from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from time import monotonic, sleep
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest
import redis
from django.conf import settings

from kairo.core import rate_counter
from kairo.core.rate_counter import Charge, RateCounter, _Outage


@pytest.fixture
def name() -> str:
    return uuid4().hex


@pytest.fixture
def counter() -> RateCounter:
    return RateCounter(settings.REDIS_URL)


def keys(name: str, *, most: int) -> tuple[str, str]:
    """The running window's key and that of the one before."""
    key = f"kairo:rate:{{LIMITER/{name}/{most}/1/minute}}"
    return key, f"{key}/-1"


def test_a_limit_is_spent_to_its_end_and_no_further(counter: RateCounter, name: str) -> None:
    assert [counter.wait_s(name, cost=4, most_per_min=10) > 0 for _ in range(3)] == [False, False, True]
    assert counter.wait_s(name, cost=2, most_per_min=10) == 0
    assert counter.wait_s(name, cost=1, most_per_min=10) > 0


def test_many_are_counted_together_as_each_alone(
    counter: RateCounter, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_counter, "_AT_A_TIME", 3)
    redis.from_url(settings.REDIS_URL).script_flush()  # as after Redis was started again
    asked = [Charge((name, str(n % 4)), cost=4, most_per_min=10) for n in range(11)]
    assert [wait > 0 for wait in counter.waits_s(asked)] == [False] * 8 + [True] * 3
    assert counter.wait_s(name, "3", cost=2, most_per_min=10) == 0
    assert counter.wait_s(name, "3", cost=1, most_per_min=10) > 0
    assert counter.waits_s([]) == []


def test_names_are_counted_apart_and_processes_together(counter: RateCounter, name: str) -> None:
    assert counter.wait_s("token", name, cost=10, most_per_min=10) == 0
    assert counter.wait_s("tenant", name, cost=10, most_per_min=10) == 0
    assert RateCounter(settings.REDIS_URL).wait_s("token", name, cost=1, most_per_min=10) > 0


def test_a_cost_above_the_limit_has_its_turn_and_takes_all(counter: RateCounter, name: str) -> None:
    assert counter.wait_s(name, cost=1000, most_per_min=10) == 0
    assert counter.wait_s(name, cost=1, most_per_min=10) > 0


def test_who_waits_as_told_is_let_through_and_not_before(counter: RateCounter, name: str) -> None:
    current, before = keys(name, most=100)
    store = redis.from_url(settings.REDIS_URL)
    store.set(before, 100, px=60_000)
    store.set(current, 0, px=120_000)
    wait = counter.wait_s(name, cost=4, most_per_min=100)
    assert 0 < wait <= 1.8
    sleep(wait / 3)
    assert counter.wait_s(name, cost=4, most_per_min=100) > 0
    sleep(wait * 2 / 3 + 0.1)
    assert counter.wait_s(name, cost=4, most_per_min=100) == 0


def test_a_window_that_runs_still_is_waited_for_to_its_end(counter: RateCounter, name: str) -> None:
    assert counter.wait_s(name, cost=100, most_per_min=100) == 0
    redis.from_url(settings.REDIS_URL).pexpire(keys(name, most=100)[0], 61_000)
    wait = counter.wait_s(name, cost=1, most_per_min=100)
    assert 0 < wait <= 1.01
    sleep(wait + 0.1)
    assert counter.wait_s(name, cost=1, most_per_min=100) == 0


def test_what_is_counted_does_not_stay(counter: RateCounter, name: str) -> None:
    counter.wait_s(name, cost=1, most_per_min=100)
    assert 0 < int(str(redis.from_url(settings.REDIS_URL).pttl(keys(name, most=100)[0]))) <= 120_000


def test_at_once_no_more_is_spent_than_there_is(counter: RateCounter, name: str) -> None:
    granted: list[bool] = []

    def ask() -> None:
        granted.extend(counter.wait_s(name, cost=1, most_per_min=20) == 0 for _ in range(10))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert granted.count(True) == 20


@pytest.fixture
def closed_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def silent_port() -> Iterator[int]:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield listener.getsockname()[1]


@pytest.mark.parametrize("port", ["closed_port", "silent_port"])
def test_without_redis_everything_passes_soon_and_is_said_once(
    port: str, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    counter = RateCounter(f"redis://127.0.0.1:{request.getfixturevalue(port)}/0")
    began = monotonic()
    with caplog.at_level(logging.WARNING):
        together = counter.waits_s([Charge((name,), cost=1, most_per_min=1)] * 1000)
        waits = {counter.wait_s(name, cost=1, most_per_min=1) for _ in range(1000)}
    assert together == [0] * 1000
    assert waits == {0}
    assert monotonic() - began < 50 * rate_counter.TIMEOUT_S  # and not a thousand times as long
    (said,) = caplog.records
    assert "rate limits are not kept" in said.message
    assert said.exc_info is None


def test_limits_are_kept_again_when_redis_is_back(monkeypatch: pytest.MonkeyPatch, closed_port: int, name: str) -> None:
    monkeypatch.setattr(rate_counter, "LEFT_ALONE_S", 0.2)
    redis_url = urlsplit(settings.REDIS_URL)
    known_to_redis, at, _ = redis_url.netloc.rpartition("@")
    counter = RateCounter(urlunsplit(redis_url._replace(netloc=f"{known_to_redis}{at}127.0.0.1:{closed_port}")))
    assert counter.wait_s(name, cost=1, most_per_min=1) == 0
    with closing(socket.create_server(("127.0.0.1", closed_port))) as listener:
        threading.Thread(target=_connect_through, args=(listener,), daemon=True).start()
        assert counter.wait_s(name, cost=1, most_per_min=1) == 0  # left alone
        # A busy machine may be slower than the counter waits for Redis: it is then left alone once more.
        patience = monotonic() + 60
        while counter.wait_s(name, cost=1, most_per_min=1) == 0:
            assert monotonic() < patience
            sleep(0.1)


def _connect_through(listener: socket.socket) -> None:
    """Makes every connection to this port one to Redis, until the port is closed."""
    parts = redis.from_url(settings.REDIS_URL).connection_pool.connection_kwargs
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            server = socket.create_connection((parts["host"], parts["port"]))
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    while data := one.recv(1 << 16):
        other.sendall(data)


def test_while_redis_is_away_one_caller_at_a_time_finds_out(caplog: pytest.LogCaptureFixture) -> None:
    outage = _Outage()
    assert outage.may_try(now=100)
    with caplog.at_level(logging.WARNING):
        outage.begins(now=100, why="TimeoutError")
        assert not outage.may_try(now=104.9)
        assert [outage.may_try(now=105), outage.may_try(now=105)] == [True, False]
        outage.begins(now=105.1, why="TimeoutError")
        outage.begins(now=159.9, why="TimeoutError")
        assert len(caplog.records) == 1
        outage.begins(now=160, why="TimeoutError")
        assert len(caplog.records) == 2
    outage.is_over()
    assert outage.may_try(now=160.1)
