"""A pytest plugin: one database with every migration, made once for all processes that share the tests out.

Whoever needs a database of its own copies it, which takes a tenth of a second in place of all migrations.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from functools import cache
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from kairo.devstack.checkout import ROOT
from kairo.devstack.procfile import procfile_commands

_RUN = "KAIRO_TEST_RUN"
_LOCK = 4151  # none of Kairo's own: those are taken in other databases
_IS_FIRST = _RUN not in os.environ
os.environ.setdefault(_RUN, uuid4().hex)


@cache
def migrated() -> str:
    """Its name. It was made by the Procfile's release command, and nobody is connected to it."""
    name = f"migrated_{os.environ[_RUN]}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(f"CREATE DATABASE {name}")
            migrate(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl())
    return name


def migrate(url: str) -> None:
    """Brings the database to the newest release."""
    release = [*procfile_commands()["release"], "--verbosity", "0"]
    subprocess.run(release, cwd=ROOT, env={**os.environ, "DATABASE_URL": url, "KAIRO_ENV": "test"}, check=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The tests' own database is a copy too."""
    if "DATABASE_URL" in os.environ:
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = migrated()


def pytest_unconfigure() -> None:
    if _IS_FIRST and (url := os.environ.get("DATABASE_URL")):
        with suppress(psycopg.OperationalError), psycopg.connect(url, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS migrated_{os.environ[_RUN]} WITH (FORCE)")
