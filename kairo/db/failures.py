"""Names the reason why a server that was reached, or not, cannot do its work: for log lines, counters and /readyz."""

from __future__ import annotations

import re
from time import monotonic

import psycopg
import redis
from django.db import DatabaseError, InterfaceError, OperationalError

# By SQLSTATE. Requests that meet one of these may succeed later without any change of theirs.
_DATABASE_REASONS = {
    "25006": "read_only",
    "57P01": "shutting_down",
    "57P02": "shutting_down",
    "57P03": "starting_or_stopping",
    "53100": "disk_full",
    "53200": "out_of_memory",
    "53300": "too_many_connections",
    "28000": "access_refused",
    "28P01": "access_refused",
    "3D000": "no_such_database",
    "3F000": "not_migrated",
    "42P01": "not_migrated",
    "42703": "not_migrated",
    "42883": "not_migrated",
    "42501": "no_privilege",
    "57014": "timed_out",
    "55P03": "locked",
    "58030": "disk_failed",
}
# libpq gives no SQLSTATE for a connection that was refused: its text is all there is.
_CONNECTION_REASONS = (
    ("offers TLS", "tls_refused"),
    ("hot standby mode", "standby"),
    ("is in recovery", "standby"),
    ("session is read-only", "read_only"),
    ("starting up", "starting_or_stopping"),
    ("shutting down", "starting_or_stopping"),
    ("not yet accepting connections", "starting_or_stopping"),
    ("is not accepting connections", "starting_or_stopping"),
    ("too many clients", "too_many_connections"),
    ("too many connections", "too_many_connections"),
    ("remaining connection slots", "too_many_connections"),
    ("no more connections allowed", "too_many_connections"),
    ("authentication failed", "access_refused"),
    ("no password supplied", "access_refused"),
    ("no pg_hba.conf entry", "access_refused"),
    ("is not permitted to log in", "access_refused"),
    ("permission denied for database", "access_refused"),
    ("invalid response to SSL negotiation", "not_postgresql"),
    ("expected authentication request", "not_postgresql"),
    ("server does not support SSL", "tls_refused"),
    ("SSL error", "tls_refused"),
    ("certificate", "tls_refused"),
    ("query_wait_timeout", "pooler_without_server"),
    ("server login", "pooler_without_server"),
    ("did not answer", "timed_out"),
    ("does not answer", "timed_out"),
    ("timeout", "timed_out"),
)
_NO_SUCH = (
    (re.compile("may no longer act as"), "role_missing"),  # quotes the server, which says the next but one
    (re.compile(r'database ".*" (does not exist|is not currently accepting)'), "no_such_database"),
    (re.compile(r'role ".*" does not exist'), "access_refused"),
)
# By the name of redis-py's error, which has taken the server's code out of the text, or by the text.
_REDIS_REASONS = (
    ("ReadOnlyError", "read_only"),
    ("READONLY", "read_only"),
    ("BusyLoadingError", "loading"),
    ("LOADING", "loading"),
    ("MISCONF", "no_disk"),
    ("OutOfMemoryError", "out_of_memory"),
    ("OOM", "out_of_memory"),
    ("AuthenticationError", "access_refused"),
    ("NOAUTH", "access_refused"),
    ("WRONGPASS", "access_refused"),
    ("Authentication required", "access_refused"),
    ("NoPermissionError", "no_permission"),
    ("no permissions", "no_permission"),
    ("NOPERM", "no_permission"),
    ("MasterDownError", "primary_away"),
    ("MASTERDOWN", "primary_away"),
    ("NOREPLICAS", "no_replicas"),
    ("max number of clients", "too_many_connections"),
    ("DENIED", "protected_mode"),
    ("CLUSTER", "cluster"),
    ("ClusterDownError", "cluster"),
    ("DB index is out of range", "no_such_database"),
    ("InvalidResponse", "not_redis"),
    ("UnicodeDecodeError", "not_redis"),
    ("unknown command", "not_redis"),
    ("CERTIFICATE", "tls_refused"),
    ("SSL", "tls_refused"),
)
UNREACHABLE = "unreachable"
_OF_WRITES = {"disk_full", "disk_failed"}
_NOTED_S = 10.0
_noted: dict[str, float] = {}


def database_failure(error: BaseException | None) -> str | None:
    """The reason why the database could not do what was asked; None for an error of the statement itself.

    A transaction that lost against another (40001, 40P01) is none either: it is repeated.
    """
    if not isinstance(error, (DatabaseError, InterfaceError, psycopg.Error)):
        return None
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    state = getattr(cause, "sqlstate", None)
    if state in {"40001", "40P01"}:
        return None
    if state == "42501" and _is_policy_violation(cause):
        return None
    if state in _DATABASE_REASONS:
        return _DATABASE_REASONS[state]
    if isinstance(error, (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)):
        return _from_text(str(error)) if state is None else UNREACHABLE
    return None


def note_failure(reason: str) -> None:
    """Keeps a failure that only a write meets, for `recent_write_failure`: a statement of /readyz would not meet it."""
    if reason in _OF_WRITES:
        _noted[reason] = monotonic()


def recent_write_failure() -> str | None:
    """The reason of a write that failed in this process in the last ten seconds."""
    return next((reason for reason, at in _noted.items() if monotonic() - at < _NOTED_S), None)


def redis_failure(error: BaseException) -> str:
    """The reason why Redis, or what answers at its address, could not do what was asked."""
    if isinstance(error, redis.exceptions.MovedError):
        return "cluster"
    text = f"{type(error).__name__} {error}"
    for mark, reason in _REDIS_REASONS:
        if mark in text:
            return reason
    return "timed_out" if isinstance(error, (redis.TimeoutError, TimeoutError)) else UNREACHABLE


def _from_text(text: str) -> str:
    for pattern, reason in _NO_SUCH:
        if pattern.search(text):
            return reason
    for mark, reason in _CONNECTION_REASONS:
        if mark in text:
            return reason
    return UNREACHABLE


def _is_policy_violation(cause: BaseException | None) -> bool:
    """Whether a row broke its policy, which is an error of Kairo's own: it has the SQLSTATE of a missing privilege."""
    return isinstance(cause, psycopg.Error) and cause.diag.source_function == "ExecWithCheckOptions"
