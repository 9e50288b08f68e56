import os
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from kairo.devstack import postgres
from kairo.devstack.account import unprivileged_account
from kairo.devstack.errors import DevstackError, DidNotStart
from kairo.devstack.postgres import Cluster, clear_pidfile, require_postgres, start_postgres
from kairo.devstack.progress import Step
from kairo.devstack.supervisor import Supervisor
from tests.devstack.begun import begun


def start(cluster: Cluster, supervisor: Supervisor) -> str:
    return start_postgres(cluster, supervisor=supervisor, shown=Step("PostgreSQL"))


def test_postgres_lowers_letters_beyond_ascii_and_requires_the_password(
    cluster: Cluster, supervisor: Supervisor
) -> None:
    url = start(cluster, supervisor)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT 'ÀÉ' ILIKE 'àé', lower('ÖÑ')").fetchone() == (True, "öñ")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url.replace("secret", "guess"))
    assert require_postgres(url).startswith("PostgreSQL ")


def test_postgres_data_survive_kill_9_with_clients_connected(cluster: Cluster, folder: Path) -> None:
    durable = replace(cluster, throwaway=False)
    with Supervisor(run_id=folder) as supervisor:
        url = start(durable, supervisor)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (word text)")
            connection.execute("INSERT INTO kept VALUES ('still here')")
            (child,) = supervisor.children
            os.kill(child.process.pid, signal.SIGKILL)
            child.handle.wait()
            supervisor.children.clear()
            url = start(durable, supervisor)
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT word FROM kept").fetchone() == ("still here",)


def test_unfinished_initdb_is_repeated(cluster: Cluster, supervisor: Supervisor) -> None:
    cluster.home.mkdir(parents=True)
    (cluster.home / "draft").mkdir()
    (cluster.home / "draft/PG_VERSION").write_text("18\n")
    with psycopg.connect(start(cluster, supervisor)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_postgres_that_does_not_start_shows_the_end_of_its_log(cluster: Cluster, folder: Path) -> None:
    with Supervisor(run_id=folder) as supervisor:
        start(cluster, supervisor)
    with (cluster.data / "postgresql.conf").open("a") as configuration:
        configuration.write("\nno_such_setting = 1\n")
    with Supervisor(run_id=folder) as supervisor, pytest.raises(DidNotStart, match="no_such_setting"):
        start(cluster, supervisor)


def test_postgres_data_of_another_major_version_are_left_alone(cluster: Cluster, supervisor: Supervisor) -> None:
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(DevstackError, match=r"made by PostgreSQL 12, and only .* is here: .*\./dev reset"):
        start(cluster, supervisor)
    assert (cluster.data / "PG_VERSION").read_text() == "12\n"


def test_stale_postmaster_pid_of_another_process_is_removed(cluster: Cluster, folder: Path) -> None:
    with Supervisor(run_id=folder) as supervisor:
        start(cluster, supervisor)
    account = unprivileged_account()
    stranger = subprocess.Popen(
        ["sleep", "600"],
        cwd="/",
        **(account.as_popen_arguments() if account else {}),
    )
    try:
        (cluster.data / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster.data}\n1\n5432\n")
        with Supervisor(run_id=folder) as supervisor:
            start(cluster, supervisor)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_foreign_server_on_the_data_is_named_and_left_running(cluster: Cluster, folder: Path) -> None:
    cluster.data.mkdir(parents=True)
    other = begun("-D", str(cluster.data))
    (cluster.data / "postmaster.pid").write_text(f"{other.pid}\n{cluster.data}\n")
    with pytest.raises(DevstackError, match=rf"process {other.pid}\) runs on .*kill -INT {other.pid}"):
        clear_pidfile(cluster.data)
    assert other.poll() is None
    other.communicate(b"\n")


def test_changed_password_is_named_as_the_reason(cluster: Cluster, folder: Path) -> None:
    with Supervisor(run_id=folder) as supervisor:
        start(cluster, supervisor)
    began = time.monotonic()
    with Supervisor(run_id=folder) as supervisor, pytest.raises(DevstackError, match=r"another password.*\./dev reset"):
        start(replace(cluster, password="other"), supervisor)
    assert time.monotonic() - began < postgres.ANSWERS_WITHIN_S / 2


def test_unusable_database_url_is_named_without_its_password() -> None:
    with pytest.raises(DevstackError, match=r"DATABASE_URL names a server at 127\.0\.0\.1:1 that cannot") as refusal:
        require_postgres("postgresql://me:hidden@127.0.0.1:1/kairo")
    assert "hidden" not in str(refusal.value)
