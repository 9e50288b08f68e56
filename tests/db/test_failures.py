from __future__ import annotations

import psycopg
import pytest
import redis
from django.conf import settings
from django.db import DatabaseError, InternalError, OperationalError, ProgrammingError, connection

from kairo.db import failures
from kairo.db.failures import database_failure, note_failure, recent_write_failure, redis_failure


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SET TRANSACTION READ ONLY; CREATE TABLE t ()", "read_only"),
        ("SELECT * FROM nothing", "not_migrated"),
        ("SELECT nothing FROM pg_class", "not_migrated"),
        ("SELECT nothing()", "not_migrated"),
        ("CREATE TABLE nowhere.t ()", "not_migrated"),
        ("SET ROLE pg_monitor; SELECT * FROM pg_authid", "no_privilege"),
        ("SET LOCAL statement_timeout = 1; SELECT pg_sleep(5)", "timed_out"),
        ("SELECT 1/0", None),
        ("SELEC", None),
        ("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '53100'; END $$", "disk_full"),
        ("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$", None),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_database_failure_is_named_by_its_sqlstate(sql: str, reason: str | None) -> None:
    with pytest.raises(DatabaseError) as failure, connection.cursor() as cursor:
        cursor.execute(f"BEGIN; {sql}")
    connection.close()
    assert database_failure(failure.value) == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"password": "wrong"}, "access_refused"),
        ({"user": "nobody_of_this_name"}, "access_refused"),
        ({"dbname": "nothing_of_this_name"}, "no_such_database"),
        ({"port": "1"}, "unreachable"),
        ({"sslmode": "require"}, "tls_refused"),
        ({"target_session_attrs": "standby"}, "standby"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_refused_connection_is_named_by_its_text(changes: dict[str, str], reason: str) -> None:
    with pytest.raises(psycopg.OperationalError) as failure:
        psycopg.connect(settings.DATABASE_URL, **changes)  # type: ignore[arg-type]  # all of these are texts
    assert database_failure(failure.value) == reason


@pytest.mark.parametrize(
    "error",
    [OperationalError("gone"), psycopg.OperationalError("gone"), psycopg.InterfaceError("gone")],
    ids=["django", "psycopg", "interface"],
)
def test_lost_connection_is_unreachable(error: Exception) -> None:
    assert database_failure(error) == "unreachable"


@pytest.mark.parametrize("error", [ValueError("x"), ProgrammingError("x"), InternalError("x"), None])
def test_other_errors_are_no_failure_of_the_database(error: Exception | None) -> None:
    assert database_failure(error) is None


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (redis.exceptions.ReadOnlyError("You can't write"), "read_only"),
        (redis.ResponseError("READONLY You can't write against a read only replica. script: 1"), "read_only"),
        (redis.exceptions.BusyLoadingError("Redis is loading the dataset in memory"), "loading"),
        (redis.ResponseError("MISCONF Errors writing to the RDB"), "no_disk"),
        (redis.exceptions.OutOfMemoryError("command not allowed when used memory > 'maxmemory'."), "out_of_memory"),
        (redis.exceptions.AuthenticationError("Authentication required."), "access_refused"),
        (redis.exceptions.NoPermissionError("this user has no permissions to run"), "no_permission"),
        (redis.exceptions.MovedError("1 127.0.0.1:1"), "cluster"),
        (redis.ConnectionError("max number of clients reached"), "too_many_connections"),
        (redis.InvalidResponse("Protocol Error: b'HTTP'"), "not_redis"),
        (redis.TimeoutError("Timeout reading"), "timed_out"),
        (redis.ConnectionError("Connection refused"), "unreachable"),
        (TimeoutError(), "timed_out"),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "no"), "not_redis"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_redis_failure_is_named(error: Exception, reason: str) -> None:
    assert redis_failure(error) == reason


def test_failure_of_writes_is_kept_for_ten_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "_noted", {})
    monkeypatch.setattr(failures, "monotonic", lambda: 100.0)
    note_failure("unreachable")  # a read meets it too
    assert recent_write_failure() is None
    note_failure("disk_full")
    assert recent_write_failure() == "disk_full"
    monkeypatch.setattr(failures, "monotonic", lambda: 110.1)
    assert recent_write_failure() is None
