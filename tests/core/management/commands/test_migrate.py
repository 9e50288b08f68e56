"""`migrate` as a release command runs it: what it refuses, it refuses by one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from kairo.devstack.checkout import ROOT


def migrate(url: str) -> tuple[int, str]:
    """The exit code and what the command wrote to standard error."""
    ended = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--noinput"],
        cwd=ROOT,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("KAIRO_")},
            "DATABASE_URL": url,
            "KAIRO_ENV": "test",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stderr


@pytest.fixture
def latin_database() -> Iterator[str]:
    """The url of an empty database whose encoding is not UTF-8."""
    name = f"latin_{uuid4().hex[:12]}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(
            f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'"
        )
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_wrong_password_is_one_sentence() -> None:
    url = urlsplit(os.environ["DATABASE_URL"])
    place = url.netloc.rpartition("@")[2]
    code, said = migrate(url._replace(netloc=f"{url.username}:hunter2@{place}").geturl())
    assert code == 1
    (line,) = said.strip().splitlines()
    assert line.startswith("CommandError: The database cannot be migrated (access_refused): ")
    assert "password authentication failed" in line
    assert "hunter2" not in line


def test_database_that_is_not_utf8_is_refused(latin_database: str) -> None:
    code, said = migrate(latin_database)
    assert code == 1
    (line,) = said.strip().splitlines()
    assert "the database's encoding is SQL_ASCII, and Kairo stores UTF8" in line
    with psycopg.connect(latin_database) as connection:
        assert connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,)


def test_url_that_cannot_be_read_is_one_sentence() -> None:
    code, said = migrate("postgresql://h/db?sslmod=require")
    assert (code, said) == (1, 'kairo: DATABASE_URL cannot be read: invalid URI query parameter: "sslmod".\n')
