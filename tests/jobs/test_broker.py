from __future__ import annotations

import time

import dramatiq
import pytest
import redis
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker
from dramatiq.middleware import Retries, ShutdownNotifications, TimeLimit
from pytest_django import Settings

from kairo.jobs import broker
from tests.own_redis import OTHER_REDIS_URL


@pytest.fixture(autouse=True)
def restore() -> object:
    before = broker.broker
    yield
    broker.broker = before
    dramatiq.set_broker(before)


def _middleware(kind: type) -> object:
    (found,) = [it for it in broker.broker.middleware if type(it) is kind]
    return found


def test_nothing_is_delayed_or_tried_again_by_dramatiq() -> None:
    broker.install(worker=True)
    retries = _middleware(Retries)
    assert isinstance(retries, Retries)
    assert retries.max_retries == 0


def test_a_crashed_workers_messages_come_back_promptly() -> None:
    installed = broker.install(worker=True)
    assert isinstance(installed, RedisBroker)
    assert (installed.maintenance_chance, installed.heartbeat_timeout) == (1_000_000, 30_000)


def test_actors_are_told_of_a_shutdown_and_end_after_the_jobs_own_limit(settings: Settings) -> None:
    broker.install(worker=True)
    shutdown, limit = _middleware(ShutdownNotifications), _middleware(TimeLimit)
    assert isinstance(shutdown, ShutdownNotifications)
    assert isinstance(limit, TimeLimit)
    assert shutdown.notify_shutdown
    assert limit.time_limit > settings.JOB_TIME_LIMIT_S * 1000


def test_it_is_dramatiqs_default_so_that_no_actor_gets_another() -> None:
    installed = broker.install(worker=True)
    assert dramatiq.get_broker() is installed


def _tries(client: redis.Redis) -> int:
    retries: int = client.connection_pool.connection_kwargs["retry"].get_retries()
    return retries


def test_a_worker_is_patient_and_a_web_process_is_not(settings: Settings) -> None:
    reconnect, hasty = broker.install(worker=True), broker.install(worker=False)
    assert isinstance(reconnect, RedisBroker)
    assert isinstance(hasty, RedisBroker)
    assert _tries(reconnect.client) == 3
    assert _tries(hasty.client) == 0
    assert hasty.client.connection_pool.connection_kwargs["socket_timeout"] == settings.REDIS_TIMEOUT_S <= 1


def test_a_redis_that_is_gone_is_told_by_one_error(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    broker.install(worker=False)
    with pytest.raises(broker.Unreachable):
        broker.send(actor="a", queue="q", args=())
    with pytest.raises(broker.Unreachable):
        broker.in_flight_count(queues=["q"])


def test_without_redis_nothing_is_sent(settings: Settings) -> None:
    settings.REDIS_URL = ""
    assert isinstance(broker.install(worker=False), StubBroker)
    broker.send(actor="a", queue="q", args=("x",))
    assert broker.in_flight_count(queues=["q"]) == 0


def test_messages_may_go_to_another_redis_than_the_caches(settings: Settings) -> None:
    cached = broker.install(worker=False)
    settings.BROKER_URL = OTHER_REDIS_URL
    installed = broker.install(worker=False)
    assert isinstance(cached, RedisBroker)
    assert isinstance(installed, RedisBroker)
    broker.send(actor="a", queue="elsewhere", args=("x",))
    assert broker.in_flight_count(queues=["elsewhere"]) == 1
    assert cached.client.hlen(f"{cached.namespace}:elsewhere.msgs") == 0
    installed.flush("elsewhere")


def test_a_rabbitmq_that_is_gone_is_told_by_one_error_and_quickly(settings: Settings) -> None:
    pytest.importorskip("pika", reason="the extra `rabbitmq` is not installed")
    settings.BROKER_URL = "amqp://127.0.0.1:1"
    broker.install(worker=False)
    began = time.monotonic()
    with pytest.raises(broker.Unreachable):
        broker.send(actor="a", queue="q", args=())
    with pytest.raises(broker.Unreachable):
        broker.in_flight_count(queues=["q"])
    assert broker.failure() == "unreachable"
    assert time.monotonic() - began < 5
