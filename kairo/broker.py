"""The only file that knows Dramatiq speaks to Redis.

Messages are wake-ups: Postgres knows what is to be done, and the sweep sends again what Redis lost. So nothing here
retries or delays a job. A process that is not a worker gets short time-outs and no second try, so that a frozen
Redis cannot hold up a request; without REDIS_URL nothing is sent at all.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

import dramatiq
import redis
from django.conf import settings
from django.db import close_old_connections, connections
from dramatiq.broker import Broker, MessageProxy
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker
from dramatiq.middleware import Middleware, Retries, ShutdownNotifications, TimeLimit
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff
from redis.retry import Retry

if TYPE_CHECKING:
    from dramatiq.worker import ConsumerThread, WorkerThread

logger = logging.getLogger(__name__)

_HEARTBEAT_TIMEOUT_MS = 30_000  # a silent worker's messages go back to their queue after this
_MAINTENANCE_ALWAYS = 1_000_000  # of a million commands: by default crashed workers' messages wait for minutes
_WORKER_TIMEOUT_S = 5.0
_WORKER_TRIES = 3
_TIME_LIMIT_MARGIN_S = 10.0  # beyond the job's own limit: a backstop that frees the thread


class Unreachable(Exception):
    """Redis does not answer, or does not take the message."""


def send(*, actor: str, queue: str, args: tuple[str, ...]) -> None:
    """Hands a message to Redis. Does nothing without REDIS_URL.

    Raises:
        Unreachable
    """
    if not settings.REDIS_URL:
        return
    try:
        broker.enqueue(dramatiq.Message(queue_name=queue, actor_name=actor, args=args, kwargs={}, options={}))
    except redis.RedisError as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from error


def held(*, queues: Iterable[str]) -> int:
    """How many messages Redis holds in these queues: waiting, fetched ahead, or being worked on.

    Raises:
        Unreachable
    """
    if not isinstance(broker, RedisBroker):
        return 0
    try:
        return sum(cast(int, broker.client.hlen(f"{broker.namespace}:{queue}.msgs")) for queue in queues)
    except redis.RedisError as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from error


def answers() -> bool:
    """Whether Redis answers now. Takes no longer than a web process would wait for it."""
    try:
        with _client(worker=False) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def install(*, worker: bool) -> Broker:
    """Makes the process's broker, and Dramatiq's default: call it before an actor is imported."""
    global broker  # noqa: PLW0603  Dramatiq keeps the broker as global state, and so must we
    middleware: list[Middleware] = [
        DatabaseConnections(),
        TimeLimit(time_limit=(settings.JOB_TIME_LIMIT_S + _TIME_LIMIT_MARGIN_S) * 1000),
        ShutdownNotifications(notify_shutdown=True),
        Retries(max_retries=0),
    ]
    if settings.REDIS_URL:
        broker = RedisBroker(  # type: ignore[no-untyped-call]  # Dramatiq leaves this constructor untyped
            client=_client(worker=worker),
            middleware=middleware,
            heartbeat_timeout=_HEARTBEAT_TIMEOUT_MS,
            maintenance_chance=_MAINTENANCE_ALWAYS,
        )
    else:
        broker = StubBroker(middleware=middleware)
    dramatiq.set_broker(broker)
    return broker


def _client(*, worker: bool) -> redis.Redis:
    timeout_s = _WORKER_TIMEOUT_S if worker else settings.REDIS_TIMEOUT_S
    retry = Retry(ExponentialWithJitterBackoff(base=0.1, cap=1), _WORKER_TRIES) if worker else Retry(NoBackoff(), 0)
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=timeout_s,
        socket_connect_timeout=timeout_s,
        retry=retry,
        # A connection that idled through a restart of Redis is dead: found out here, not by the next message.
        health_check_interval=30 if worker else 0,
    )


class DatabaseConnections(Middleware):
    """Gives database connections back around every message, and when a thread ends."""

    def before_process_message(self, broker: Broker, message: MessageProxy) -> None:
        close_old_connections()

    def after_process_message(
        self, broker: Broker, message: MessageProxy, *, result: Any = None, exception: BaseException | None = None
    ) -> None:
        close_old_connections()

    def after_skip_message(self, broker: Broker, message: MessageProxy) -> None:
        close_old_connections()

    def before_consumer_thread_shutdown(self, broker: Broker, thread: ConsumerThread) -> None:
        connections.close_all()

    def before_worker_thread_shutdown(self, broker: Broker, thread: WorkerThread) -> None:
        connections.close_all()


broker: Broker = install(worker=False)
