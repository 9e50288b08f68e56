"""Is this process alive, and can it serve? Answers for load balancers and for people, as JSON."""

from __future__ import annotations

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis.backoff import NoBackoff
from redis.retry import Retry

from kairo import CONTRACT_VERSION, __version__
from kairo.db.replica import REPLICA
from kairo.db.roles import WEB, is_role_ready
from kairo.jobs import broker

NOT_CHECKED = "not checked"


class HealthMiddleware:
    """Answers /healthz and /readyz before the host is checked: probes come by address, not by the API's name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return healthz(request)
        if request.path == "/readyz":
            return readyz(request)
        return self.get_response(request)


def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers at all; touches no database."""
    return JsonResponse({"status": "ok", "contract": CONTRACT_VERSION, "version": __version__})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 "ok", 200 "degraded" (every request is still answered), or 503 "unavailable"."""
    checks = {"database": _check(_database)}
    lives = checks["database"] == "ok"  # or each further look at it would wait as long again
    checks["migrations"] = _check(_migrations) if lives else NOT_CHECKED
    checks["rowSecurity"] = _check(_row_security) if lives else NOT_CHECKED
    checks["redis"] = _check(_redis)
    if REPLICA in settings.DATABASES:
        checks["replica"] = _check(_replica)
    if settings.BROKER_URL:
        checks["broker"] = _check(_broker)
    serves = checks["database"] == "ok" and checks["migrations"] == "ok"
    whole = serves and all(
        checks.get(server) in {None, "ok", "not configured"} for server in ("redis", "broker", "replica")
    )
    status = "ok" if whole else "degraded" if serves else "unavailable"
    response = JsonResponse(
        {"status": status, "contract": CONTRACT_VERSION, "version": __version__, "checks": checks},
        status=200 if serves else 503,
    )
    if not serves:
        response["Retry-After"] = "5"
    return response


def _check(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:
        return f"failed: {type(error).__name__}"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} not applied" if missing else "ok"


def _row_security() -> str:
    """The service answers without it as well, so it does not change the status."""
    if not settings.ROW_SECURITY:
        return "switched off"
    connection.ensure_connection()
    return "ok" if is_role_ready(connection.connection, WEB) else f"off: this database user may not act as {WEB}"


def _redis() -> str:
    if not settings.REDIS_URL:
        return "not configured"
    timeout_s = settings.REDIS_TIMEOUT_S
    with redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=timeout_s, socket_connect_timeout=timeout_s, retry=Retry(NoBackoff(), 0)
    ) as client:
        client.ping()
    return "ok"


def _replica() -> str:
    """Its reads come from the database meanwhile."""
    with connections[REPLICA].cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _broker() -> str:
    return "ok" if broker.answers() else "failed: no answer"
