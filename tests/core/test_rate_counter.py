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
from kairo.core.rate_counter import Charge, RateCounter, _CircuitBreaker


@pytest.fixture
def name() -> str:
    return uuid4().hex


@pytest.fixture
def counter() -> RateCounter:
    return RateCounter(settings.REDIS_URL)


def keys(name: str, *, limit: int) -> tuple[str, str]:
    """The keys of the current and of the previous minute."""
    key = f"kairo:rate:{{LIMITER/{name}/{limit}/1/minute}}"
    return key, f"{key}/-1"


def test_limit_is_exact(counter: RateCounter, name: str) -> None:
    assert [counter.wait_s(name, cost=4, max_per_min=10) > 0 for _ in range(3)] == [False, False, True]
    assert counter.wait_s(name, cost=2, max_per_min=10) == 0
    assert counter.wait_s(name, cost=1, max_per_min=10) > 0


def test_batches_count_as_single_charges(counter: RateCounter, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_counter, "_BATCH_SIZE", 3)
    redis.from_url(settings.REDIS_URL).script_flush()  # as after a restart of Redis
    charges = [Charge((name, str(n % 4)), cost=4, max_per_min=10) for n in range(11)]
    assert [wait > 0 for wait in counter.waits_s(charges)] == [False] * 8 + [True] * 3
    assert counter.wait_s(name, "3", cost=2, max_per_min=10) == 0
    assert counter.wait_s(name, "3", cost=1, max_per_min=10) > 0
    assert counter.waits_s([]) == []


def test_counts_are_per_name_and_shared_by_processes(counter: RateCounter, name: str) -> None:
    assert counter.wait_s("token", name, cost=10, max_per_min=10) == 0
    assert counter.wait_s("tenant", name, cost=10, max_per_min=10) == 0
    assert RateCounter(settings.REDIS_URL).wait_s("token", name, cost=1, max_per_min=10) > 0


def test_cost_above_the_limit_counts_as_the_whole_limit(counter: RateCounter, name: str) -> None:
    assert counter.wait_s(name, cost=1000, max_per_min=10) == 0
    assert counter.wait_s(name, cost=1, max_per_min=10) > 0


def test_wait_is_exact_for_a_fading_window(counter: RateCounter, name: str) -> None:
    current, before = keys(name, limit=100)
    store = redis.from_url(settings.REDIS_URL)
    store.set(before, 100, px=60_000)
    store.set(current, 0, px=120_000)
    wait = counter.wait_s(name, cost=4, max_per_min=100)
    assert 0 < wait <= 1.8
    sleep(wait / 3)
    assert counter.wait_s(name, cost=4, max_per_min=100) > 0
    sleep(wait * 2 / 3 + 0.1)
    assert counter.wait_s(name, cost=4, max_per_min=100) == 0


def test_wait_is_exact_for_a_running_window(counter: RateCounter, name: str) -> None:
    assert counter.wait_s(name, cost=100, max_per_min=100) == 0
    redis.from_url(settings.REDIS_URL).pexpire(keys(name, limit=100)[0], 61_000)
    wait = counter.wait_s(name, cost=1, max_per_min=100)
    assert 0 < wait <= 1.01
    sleep(wait + 0.1)
    assert counter.wait_s(name, cost=1, max_per_min=100) == 0


def test_keys_expire(counter: RateCounter, name: str) -> None:
    counter.wait_s(name, cost=1, max_per_min=100)
    assert 0 < int(str(redis.from_url(settings.REDIS_URL).pttl(keys(name, limit=100)[0]))) <= 120_000


def test_concurrent_charges_do_not_exceed_the_limit(counter: RateCounter, name: str) -> None:
    granted: list[bool] = []

    def charge() -> None:
        granted.extend(counter.wait_s(name, cost=1, max_per_min=20) == 0 for _ in range(10))

    threads = [threading.Thread(target=charge) for _ in range(8)]
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
def test_redis_outage_allows_everything_and_warns_once(
    port: str, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    counter = RateCounter(f"redis://127.0.0.1:{request.getfixturevalue(port)}/0")
    started_at = monotonic()
    with caplog.at_level(logging.WARNING):
        together = counter.waits_s([Charge((name,), cost=1, max_per_min=1)] * 1000)
        waits = {counter.wait_s(name, cost=1, max_per_min=1) for _ in range(1000)}
    assert together == [0] * 1000
    assert waits == {0}
    assert monotonic() - started_at < 50 * rate_counter.TIMEOUT_S  # and not a thousand times as long
    record, metric = caplog.records
    assert metric.getMessage().startswith("metric redis_unavailable_")
    assert "rate limits are not kept" in record.message
    assert record.exc_info is None


def test_limits_apply_again_after_an_outage(monkeypatch: pytest.MonkeyPatch, closed_port: int, name: str) -> None:
    monkeypatch.setattr(rate_counter, "OPEN_S", 0.2)
    redis_url = urlsplit(settings.REDIS_URL)
    credentials, at, _ = redis_url.netloc.rpartition("@")
    counter = RateCounter(urlunsplit(redis_url._replace(netloc=f"{credentials}{at}127.0.0.1:{closed_port}")))
    assert counter.wait_s(name, cost=1, max_per_min=1) == 0
    with closing(socket.create_server(("127.0.0.1", closed_port))) as listener:
        threading.Thread(target=_proxy, args=(listener,), daemon=True).start()
        assert counter.wait_s(name, cost=1, max_per_min=1) == 0  # the breaker is open
        # A slow machine may exceed the timeout, which opens the breaker again.
        give_up_at = monotonic() + 60
        while counter.wait_s(name, cost=1, max_per_min=1) == 0:
            assert monotonic() < give_up_at
            sleep(0.1)


def _proxy(listener: socket.socket) -> None:
    """Forwards connections on this port to Redis until the port is closed."""
    parts = redis.from_url(settings.REDIS_URL).connection_pool.connection_kwargs
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            server = socket.create_connection((parts["host"], parts["port"]))
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=_forward, args=(one, other), daemon=True).start()


def _forward(one: socket.socket, other: socket.socket) -> None:
    while data := one.recv(1 << 16):
        other.sendall(data)


def test_circuit_breaker_lets_one_caller_at_a_time_try(caplog: pytest.LogCaptureFixture) -> None:
    breaker = _CircuitBreaker()
    assert breaker.allows_call(now=100)
    with caplog.at_level(logging.WARNING):
        breaker.open(now=100, reason="TimeoutError")
        assert not breaker.allows_call(now=104.9)
        assert [breaker.allows_call(now=105), breaker.allows_call(now=105)] == [True, False]
        breaker.open(now=105.1, reason="TimeoutError")
        breaker.open(now=159.9, reason="TimeoutError")
        assert len(caplog.records) == 2  # the line, and its counter
        breaker.open(now=160, reason="TimeoutError")
        assert len(caplog.records) == 4
    breaker.close()
    assert breaker.allows_call(now=160.1)
