from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from kairo.db.database_url import database_params, session_options


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PGHOST", "PGOPTIONS", "PGSSLMODE", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


def params(url: str, *, is_primary: bool = True) -> dict[str, Any]:
    defaults = {"connect_timeout": "2", "application_name": "kairo"}
    return database_params("DATABASE_URL", url, is_primary=is_primary, defaults=defaults)


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("k%40iro:p%2Fw@db.example:6543/ka%20iro", {"user": "k@iro", "password": "p/w", "dbname": "ka iro"}),
        ("u:p@s:s#w@h/db", {"user": "u", "password": "p@s:s#w", "host": "h"}),
        ("u@one:5432,two:5433/db?target_session_attrs=read-write", {"host": "one,two", "port": "5432,5433"}),
        ("one,two,[::1]/db", {"host": "one,two,::1"}),
        ("/db?host=/var/run/postgresql", {"host": "/var/run/postgresql", "dbname": "db"}),
        ("%2Fvar%2Frun/db", {"host": "/var/run"}),
        ("h/db?ssl=true", {"sslmode": "require"}),
        ("h/db?options=-c%20search_path%3Dkairo%20--geqo%3Doff", {"options": "-c search_path=kairo --geqo=off"}),
        ("h/db?connect_timeout=7&keepalives_idle=60", {"connect_timeout": "7", "keepalives_idle": "60"}),
        ("h/db", {"connect_timeout": "2", "keepalives_idle": "5", "target_session_attrs": "primary"}),
    ],
    ids=lambda value: "" if isinstance(value, str) else " ".join(value),
)
def test_url_is_read_as_libpq_reads_it(rest: str, expected: dict[str, str]) -> None:
    found = params(f"postgresql://{rest}")
    assert {key: found.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("rest", "sentence"),
    [
        ("h/db?sslmod=require", 'invalid URI query parameter: "sslmod"'),
        ("h/db?pool=true", 'invalid URI query parameter: "pool"'),
        ("h/db?sslmode=on", 'invalid sslmode value: "on"'),
        ("h/db?target_session_attrs=master", "may be primary (the default) or read-write; it is 'master'"),
        ("h/db?target_session_attrs=prefer-standby", "must lead to the server that takes writes"),
        ("one,two/db?port=1,2,3", "could not match 3 port numbers to 2 hosts"),
        ("h/db?connect_timeout=soon", "bad value for connect_timeout: 'soon'"),
        ("h/db?keepalives_idle=5s", "keepalives_idle that is no whole number"),
        ("h/db?sslrootcert=/nowhere.crt", "names a file as sslrootcert that cannot be read"),
        ("h/db?sslmode=verify-full", "needs sslrootcert"),
        ("h/db?service=nowhere", 'definition of service "nowhere" not found'),
        ("h/db?options=-c+search_path%3Dkairo", "percent-encoded: %20 for a space"),
        ("h/db?options=-c%20search_path", "must look like `-c name=value`"),
        ("u:hunter2@h", "must name a database"),
        ("u:hunter2/x@h:1/db", "a password's / must be written %2F"),
        ("u:hunter2%zz@h/db", "its % as %25"),
        ("u:hunter2 x@h/db", "unexpected spaces found"),
    ],
    ids=lambda value: value.split("/")[-1][:30].replace("@", " "),
)
def test_url_that_libpq_refuses_is_refused_by_one_sentence(rest: str, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        params(f"postgresql://{rest}")
    message = str(refusal.value)
    assert sentence in message
    assert message.startswith("DATABASE_URL")
    assert message.endswith(".")
    assert "\n" not in message
    assert "hunter2" not in message


def test_replica_may_be_any_server() -> None:
    assert "target_session_attrs" not in params("postgresql://h/db", is_primary=False)
    attrs = "postgresql://h/db?target_session_attrs=prefer-standby"
    assert params(attrs, is_primary=False)["target_session_attrs"] == "prefer-standby"


def test_variables_of_libpq_fill_what_the_url_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c geqo=off")
    monkeypatch.setenv("PGHOST", "elsewhere")
    found = params("postgresql://h/db")
    assert (found["options"], found["host"]) == ("-c geqo=off", "h")


def test_home_folder_that_may_not_be_entered_costs_no_tls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "sslcertmode" not in params("postgresql://h/db")
    monkeypatch.setenv("HOME", str(tmp_path / ("x" * 300)))  # no stat is possible, for root either
    assert params("postgresql://h/db")["sslcertmode"] == "disable"


def test_session_keeps_limits_beside_the_urls_options_and_relies_on_its_own() -> None:
    given = "-c lock_timeout=123 -c search_path=public -c DateStyle=German -c standard_conforming_strings=off"
    options = session_options(given, {"statement_timeout": "4567", "lock_timeout": "89"})
    with psycopg.connect(settings.DATABASE_URL, options=options) as connection:
        wanted = {
            "statement_timeout": "4567ms",
            "lock_timeout": "123ms",
            "DateStyle": "ISO, MDY",
            "IntervalStyle": "postgres",
            "TimeZone": "UTC",
            "standard_conforming_strings": "on",
            "default_transaction_isolation": "read committed",
        }
        found = connection.execute(
            "SELECT name, current_setting(name) FROM unnest(%s::text[]) name", [list(wanted)]
        ).fetchall()
    assert dict(found) == wanted
