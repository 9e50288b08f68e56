"""Liveness and readiness probes, as JSON."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from threading import Lock
from time import monotonic
from typing import Any

import redis
from django.conf import settings
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from kairo import CONTRACT_VERSION, __version__
from kairo.core.rate_counter import PROBE_KEY
from kairo.db.failures import database_failure, recent_write_failure, redis_failure
from kairo.db.fitness import refused_because
from kairo.db.redis_url import connection_pool, require_writes
from kairo.db.replica import REPLICA, replica_failure
from kairo.db.roles import WEB, had_role, is_role_ready_now
from kairo.jobs import broker

NOT_CHECKED = "not checked"
CACHE_S = 1.0
LOST = "failed: role_missing"


class HealthMiddleware:
    """Serves /healthz and /readyz before ALLOWED_HOSTS is checked, because probes use the address as host."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return healthz(request)
        if request.path == "/readyz":
            return readyz(request)
        return self.get_response(request)


def healthz(request: HttpRequest) -> JsonResponse:
    """Liveness: always 200; no SQL statement."""
    return JsonResponse({"status": "ok", "contract": CONTRACT_VERSION, "version": __version__})


class Readiness:
    """The result of the last check, kept for CACHE_S: each check costs SQL statements, and anyone may call it.

    Concurrent requests wait for one check.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._valid_until = 0.0
        self._result: tuple[dict[str, Any], int] = ({}, HTTPStatus.SERVICE_UNAVAILABLE)

    def get(self) -> tuple[dict[str, Any], int]:
        """Returns the payload and the status."""
        with self._lock:
            if monotonic() >= self._valid_until:
                self._result = check_readiness()
                self._valid_until = monotonic() + CACHE_S
            return self._result

    def clear(self) -> None:
        self._valid_until = 0.0


readiness = Readiness()


def readyz(request: HttpRequest) -> JsonResponse:
    """Readiness: 200 "ok", 200 "degraded" (requests are served without Redis, broker or replica), 503 "unavailable"."""
    payload, status = readiness.get()
    response = JsonResponse(payload, status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = "5"
    return response


def check_readiness() -> tuple[dict[str, Any], int]:
    """Runs every check; returns the payload and the status."""
    checks = {"database": _check(_database)}
    is_up = checks["database"] == "ok"  # otherwise each further check would time out as well
    checks["migrations"] = _check(_migrations) if is_up else NOT_CHECKED
    checks["rowSecurity"] = _check(_row_security) if is_up else NOT_CHECKED
    checks["redis"] = _check(_redis)
    if REPLICA in settings.DATABASES:
        checks["replica"] = _check(_replica)
    if settings.BROKER_URL:
        checks["broker"] = _check(_broker)
    is_ready = checks["database"] == "ok" and checks["migrations"] == "ok" and checks["rowSecurity"] != LOST
    is_complete = is_ready and all(
        checks.get(server) in {None, "ok", "not configured"} for server in ("redis", "broker", "replica")
    )
    status = "ok" if is_complete else "degraded" if is_ready else "unavailable"
    payload = {"status": status, "contract": CONTRACT_VERSION, "version": __version__, "checks": checks}
    return payload, HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE


def _check(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:
        return f"failed: {database_failure(error) or type(error).__name__}"


def _database() -> str:
    refusal = refused_because(connection) or recent_write_failure()
    return f"failed: {refusal}" if refusal else "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} not applied" if missing else "ok"


def _row_security() -> str:
    """Changes the status only where the role was lost: a process that never had it serves without row security."""
    if not settings.ROW_SECURITY:
        return "switched off"
    connection.ensure_connection()
    if is_role_ready_now(connection.connection, WEB):
        return "ok"
    return LOST if had_role(WEB) else f"off: this database user may not act as {WEB}"


def _redis() -> str:
    if not settings.REDIS_URL:
        return "not configured"
    try:
        with redis.Redis.from_pool(connection_pool(settings.REDIS_URL, timeout_s=settings.REDIS_TIMEOUT_S)) as client:
            require_writes(client, key=PROBE_KEY)
    except (redis.RedisError, OSError, UnicodeError) as error:
        return f"failed: {redis_failure(error)}"
    return _broker() if not settings.BROKER_URL else "ok"


def _replica() -> str:
    """Without the replica, its reads go to the primary."""
    with connections[REPLICA].cursor() as cursor:
        cursor.execute("SELECT 1")
    reason = replica_failure()
    return f"failed: {reason}" if reason else "ok"


def _broker() -> str:
    reason = broker.failure()
    return f"failed: {reason}" if reason else "ok"
