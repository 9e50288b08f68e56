"""What the settings refuse, in a process per environment: the module is read once."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kairo.devstack.checkout import ROOT


def load(expression: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", f"from kairo import settings; print({expression})"]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"KAIRO_ENV": "staging"}, "KAIRO_ENV must be development, test or production"),
        ({"KAIRO_ENV": "production", "KAIRO_SECRET_KEY": ""}, "KAIRO_SECRET_KEY must be set in production"),
        ({"KAIRO_ENV": "production", "KAIRO_SECRET_KEY": "k" * 31}, "32 or more random characters"),
        ({"DATABASE_URL": "mysql://localhost/kairo"}, "must look like postgresql://"),
        ({"KAIRO_DATABASE_POOL_MAX_SIZE": "many"}, "must be a number; it is 'many'"),
        ({"KAIRO_JOB_LEASE_S": "10", "KAIRO_JOB_HEARTBEAT_S": "6"}, "at least two heartbeats"),
        ({"KAIRO_EVIDENCE_RETENTION_DAYS": "7"}, "must be 0, which keeps all, or 30 or more"),
        ({"KAIRO_PERSISTED_ONLY": "true", "KAIRO_PERSISTED_OPERATIONS": ""}, "needs KAIRO_PERSISTED_OPERATIONS"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_invalid_environment_is_refused(environment: dict[str, str], message: str) -> None:
    result = load("settings.DEBUG", **{"DATABASE_URL": "postgresql://kairo@127.0.0.1/kairo", **environment})
    assert result.returncode == 1
    error = result.stderr.splitlines()[-1]
    assert error.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert message in error


def test_database_url_is_decoded_and_its_query_becomes_options() -> None:
    url = "postgresql://k%40iro:p%2Fw@db.example:6543/ka%20iro?sslmode=require"
    expression = "{k: settings.DATABASES['default'][k] for k in ('USER', 'PASSWORD', 'HOST', 'PORT', 'NAME')}"
    expected = {"USER": "k@iro", "PASSWORD": "p/w", "HOST": "db.example", "PORT": "6543", "NAME": "ka iro"}
    assert load(expression, DATABASE_URL=url).stdout.strip() == str(expected)
    assert load("settings.DATABASES['default']['OPTIONS']['sslmode']", DATABASE_URL=url).stdout == "require\n"


def test_transaction_pooling_leaves_no_session_state() -> None:
    expression = (
        "'options' in settings.DATABASES['default']['OPTIONS'], settings.DATABASE_ROLE,"
        " settings.DATABASE_PREPARED_STATEMENTS"
    )
    pooled = {"KAIRO_DATABASE_ROLE": "kairo_worker", "KAIRO_DATABASE_TRANSACTION_POOLING": "true"}
    assert load(expression, **pooled).stdout.strip() == "False  False"


class TestRenamedVariable:
    def test_old_name_works_and_is_logged_once_at_start(self) -> None:
        environment = {"KAIRO_JOB_CEILING_S": "77", "KAIRO_INGEST_CEILING_S": "99", "KAIRO_ENV": "test"}
        command = "import django; django.setup(); from django.conf import settings as s; print(s.JOB_DEADLINE_S)"
        result = subprocess.run(
            [sys.executable, "-c", command],
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "kairo.settings", **environment},
            capture_output=True,
            text=True,
            check=True,
        )
        assert result.stdout.strip() == "77.0"
        (line,) = [line for line in result.stderr.splitlines() if "CEILING" in line]
        assert "WARNING" in line
        assert "KAIRO_JOB_CEILING_S is now KAIRO_JOB_DEADLINE_S" in line
        assert "KAIRO_INGEST_CEILING_S is now KAIRO_INGEST_DEADLINE_S" in line

    def test_new_name_wins(self) -> None:
        result = load("settings.JOB_DEADLINE_S", KAIRO_JOB_CEILING_S="77", KAIRO_JOB_DEADLINE_S="88")
        assert result.stdout.strip() == "88.0"
