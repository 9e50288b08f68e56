"""The only file that knows Dramatiq speaks to Redis, or to RabbitMQ where KAIRO_BROKER_URL says so.

Messages are wake-ups: Postgres knows what is to be done, and the sweep sends again what the broker lost. So nothing
here retries or delays a job. A process that is not a worker gets short time-outs and no second try, so that a frozen
broker cannot hold up a request; without KAIRO_BROKER_URL and REDIS_URL nothing is sent at all.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, urlencode, urlsplit

import dramatiq
import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import close_old_connections, connections
from dramatiq.broker import Broker, MessageProxy
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker
from dramatiq.errors import BrokerConnectionError
from dramatiq.middleware import Middleware, Retries, ShutdownNotifications, TimeLimit
from redis.backoff import ExponentialWithJitterBackoff
from redis.retry import Retry

from kairo.db.failures import UNREACHABLE, redis_failure
from kairo.db.redis_url import connection_pool, require_writes
from kairo.observability import metrics

if TYPE_CHECKING:
    from dramatiq.brokers.rabbitmq import RabbitmqBroker
    from dramatiq.worker import ConsumerThread, WorkerThread

logger = logging.getLogger(__name__)

_HEARTBEAT_TIMEOUT_MS = 30_000  # a silent worker's messages go back to their queue after this
_MAINTENANCE_ALWAYS = 1_000_000  # of a million commands: by default crashed workers' messages wait for minutes
_WORKER_TIMEOUT_S = 5.0
_WORKER_TRIES = 3
_PROBE_KEY = "dramatiq:kairo-probe"  # among Dramatiq's own keys, which an ACL may allow alone
_TIME_LIMIT_MARGIN_S = 10.0  # beyond the job's own limit: a backstop that frees the thread


class Unreachable(Exception):
    """The broker does not answer, or does not take the message; `reason` names why."""

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


def is_configured() -> bool:
    """Whether there is anything to send messages to."""
    return bool(_url())


def send(*, actor: str, queue: str, args: tuple[str, ...]) -> None:
    """Hands a message to the broker. Does nothing without one.

    Raises:
        Unreachable
    """
    if not is_configured():
        return
    with _unreachable():
        message: dramatiq.Message[None] = dramatiq.Message(
            queue_name=queue, actor_name=actor, args=args, kwargs={}, options={}
        )
        if _speaks_amqp():
            _send_to_rabbitmq(cast("RabbitmqBroker", broker), message)
        else:
            broker.enqueue(message)


def in_flight_count(*, queues: Iterable[str]) -> int:
    """How many messages the broker holds in these queues: waiting, fetched ahead, or being worked on.

    Raises:
        Unreachable
    """
    with _unreachable():
        if isinstance(broker, RedisBroker):
            return sum(cast(int, broker.client.hlen(f"{broker.namespace}:{queue}.msgs")) for queue in queues)
        return sum(_in_flight_at_rabbitmq(queue) for queue in queues) if is_configured() else 0


def queue_depth(*, queue: str) -> int:
    """How many messages wait in this queue that no worker has fetched yet. RabbitMQ is not asked: 0.

    Raises:
        Unreachable
    """
    if not isinstance(broker, RedisBroker):
        return 0
    with _unreachable():
        return cast(int, broker.client.llen(f"{broker.namespace}:{queue}"))


def failure() -> str | None:
    """Why the broker takes no messages now; None if it does. A Redis may answer PING and take none, so one is tried.

    Takes no longer than a web process would wait for it.
    """
    try:
        with _unreachable():
            if _speaks_amqp():
                impatient = _rabbitmq(worker=False, middleware=[])
                try:
                    return None if impatient.connection.is_open else UNREACHABLE
                finally:
                    impatient.close()
            with _redis(worker=False) as client:
                require_writes(client, key=_PROBE_KEY)
            return None
    except Unreachable as error:
        return error.reason


def install(*, worker: bool) -> Broker:
    """Makes the process's broker, and Dramatiq's default: call it before an actor is imported."""
    global broker, _keeps_connections  # noqa: PLW0603  Dramatiq keeps the broker as global state, and so must we
    middleware: list[Middleware] = [
        DatabaseConnections(),
        TimeLimit(time_limit=(settings.JOB_TIME_LIMIT_S + _TIME_LIMIT_MARGIN_S) * 1000),
        ShutdownNotifications(notify_shutdown=True),
        Retries(max_retries=0),
    ]
    if _speaks_amqp():
        broker = _rabbitmq(worker=worker, middleware=middleware)
    elif is_configured():
        broker = RedisBroker(  # type: ignore[no-untyped-call]  # Dramatiq leaves this constructor untyped
            client=_redis(worker=worker),
            middleware=middleware,
            heartbeat_timeout=_HEARTBEAT_TIMEOUT_MS,
            maintenance_chance=_MAINTENANCE_ALWAYS,
        )
    else:
        broker = StubBroker(middleware=middleware)
    _keeps_connections = worker
    dramatiq.set_broker(broker)
    return broker


def _url() -> str:
    return str(settings.BROKER_URL or settings.REDIS_URL)


def _speaks_amqp() -> bool:
    return _url().startswith(("amqp:", "amqps:"))


@contextmanager
def _unreachable() -> Iterator[None]:
    failures: tuple[type[Exception], ...] = (redis.RedisError, BrokerConnectionError, OSError, UnicodeError)
    if _speaks_amqp():
        from pika.exceptions import AMQPError  # noqa: PLC0415  an extra that Redis does without

        failures = (*failures, AMQPError)
    try:
        yield
    except failures as error:
        reason = redis_failure(error)
        metrics.count(f"broker_unavailable_{reason}")
        raise Unreachable(f"{reason}: {type(error).__name__}: {error}", reason=reason) from error


def _redis(*, worker: bool) -> redis.Redis:
    pool = connection_pool(
        _url(),
        timeout_s=_WORKER_TIMEOUT_S if worker else settings.REDIS_TIMEOUT_S,
        retry=Retry(ExponentialWithJitterBackoff(base=0.1, cap=1), _WORKER_TRIES) if worker else None,
        # A connection that idled through a restart of Redis is dead: this detects it before the next message does.
        health_check_interval=30 if worker else 0,
    )
    return redis.Redis.from_pool(pool)


def _rabbitmq(*, worker: bool, middleware: list[Middleware]) -> RabbitmqBroker:
    try:
        from dramatiq.brokers.rabbitmq import RabbitmqBroker  # noqa: PLC0415  an extra that Redis does without
    except ImportError:
        raise ImproperlyConfigured("KAIRO_BROKER_URL is RabbitMQ's: install Kairo with its extra `rabbitmq`.") from None
    timeout_s = _WORKER_TIMEOUT_S if worker else settings.REDIS_TIMEOUT_S
    parts = urlsplit(_url())
    patience = {
        "connection_attempts": _WORKER_TRIES if worker else 1,
        "retry_delay": 0.2,
        "socket_timeout": timeout_s,
        "stack_timeout": timeout_s,
        "blocked_connection_timeout": timeout_s,
        "heartbeat": _HEARTBEAT_TIMEOUT_MS // 1000,
    }
    url = parts._replace(query=urlencode(patience | dict(parse_qsl(parts.query)))).geturl()
    # Confirmed, so that a message that is noted as sent was taken.
    return RabbitmqBroker(url=url, confirm_delivery=True, middleware=middleware)


def _send_to_rabbitmq(rabbitmq: RabbitmqBroker, message: dramatiq.Message[None]) -> None:
    """Requests are served by threads that come and go, and a connection belongs to its thread: there, one a message."""
    try:
        rabbitmq.connection  # noqa: B018  opens it, with no more tries than it was told
        rabbitmq.enqueue(message)
    finally:
        if not _keeps_connections:
            del rabbitmq.connection


def _in_flight_at_rabbitmq(queue: str) -> int:
    """RabbitMQ counts what waits, not what it gave out; while something waits, each consumer has its fill."""
    rabbitmq = cast("RabbitmqBroker", broker)
    rabbitmq.declare_queue(queue, ensure=True)
    told = rabbitmq.channel.queue_declare(queue=queue, passive=True).method
    given_out = told.consumer_count * int(os.environ.get("dramatiq_queue_prefetch", "0"))  # noqa: SIM112  Dramatiq's own
    return int(told.message_count + given_out) if told.message_count else 0


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


_keeps_connections = False
broker: Broker = install(worker=False)
