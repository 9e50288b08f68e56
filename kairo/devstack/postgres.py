"""Makes and starts a PostgreSQL that listens on loopback with a password.

The wheel's own PostgresServer is not used: it trusts every local connection, listens on a socket file alone, and
leaves its server running when its process is killed (docs/decisions/0014-development-servers.md).
"""

import contextlib
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from kairo.devstack.account import Account, unprivileged_account
from kairo.devstack.binaries import MINIMUM_POSTGRES, PostgresBinaries, choose_postgres, reachable_by
from kairo.devstack.checkout import COMMAND
from kairo.devstack.disk_space import require_disk_space
from kairo.devstack.errors import DevstackError
from kairo.devstack.ports import LOOPBACK, free_port
from kairo.devstack.processes import command_line, is_alive
from kairo.devstack.progress import Step
from kairo.devstack.supervisor import Child, Supervisor, tail_of

NAME = "kairo"
STAGE = 2  # stopped after everything that talks to it
ANSWERS_WITHIN_S = 60.0
SPACE_NEW_MB = 250
SPACE_MB = 60
RETRY_MARKS = ("shared memory block", "could not bind", "could not create any TCP/IP sockets")
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300")


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """The files and the password of one PostgreSQL."""

    home: Path  # contains the data directory
    binaries_home: Path  # where the binaries are copied to if the account cannot reach them
    log: Path
    password: str
    throwaway: bool = False  # faster, and lost when the machine stops

    @property
    def data(self) -> Path:
        return self.home / "data"

    def url(self, port: int, database: str = NAME) -> str:
        return f"postgresql://{NAME}:{self.password}@{LOOPBACK}:{port}/{database}"


def start_postgres(cluster: Cluster, *, supervisor: Supervisor, shown: Step) -> str:
    """Returns the URL of a database that answers. Existing data are kept."""
    account = unprivileged_account()
    binaries = choose_postgres(data=cluster.data)
    binaries = reachable_by(account, binaries=binaries, home=cluster.binaries_home)
    is_new = not cluster.data.exists()
    open_home(cluster, account=account)
    require_disk_space(at=cluster.home, megabytes=SPACE_NEW_MB if is_new else SPACE_MB, purpose="PostgreSQL's files")
    if is_new:
        shown.note("making the database")
        initialise(cluster, binaries=binaries, account=account, supervisor=supervisor)
    clear_pidfile(cluster.data)
    url = launch(cluster, binaries=binaries, account=account, supervisor=supervisor)
    shown.done(f"{binaries.label}, port {urlsplit(url).port}" + (f", as {account.name}" if account else ""))
    return url


def open_home(cluster: Cluster, *, account: Account | None) -> None:
    cluster.home.mkdir(parents=True, exist_ok=True)
    if account:
        cluster.home.parent.chmod(0o755)
        account.own(cluster.home, mode=0o755)


def initialise(
    cluster: Cluster, *, binaries: PostgresBinaries, account: Account | None, supervisor: Supervisor
) -> None:
    """Runs initdb in a draft folder and renames it when complete, so that a half-made cluster is never used."""
    draft = cluster.home / "draft"
    shutil.rmtree(draft, ignore_errors=True)
    password_file = cluster.home / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(cluster.password)
    if account:
        account.own(password_file, mode=0o600)
    # Plain C would break lower() and ILIKE beyond ASCII; the built-in provider came with 17.
    locale = (
        ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if binaries.major >= 17
        else ["--locale=C.UTF-8"]
    )
    command: list[str | Path] = [
        binaries.folder / "initdb",
        "-D",
        draft,
        "-U",
        NAME,
        "-E",
        "UTF8",
        "--no-sync",
        *locale,
    ]
    command += ["-A", "scram-sha-256", f"--pwfile={password_file}"]
    try:
        supervisor.run("initdb", command, log=cluster.log, extra={}, account=account, cwd=Path("/"))
    finally:
        password_file.unlink()
    draft.rename(cluster.data)


def clear_pidfile(data: Path) -> None:
    """Deletes the postmaster.pid of a killed server: PostgreSQL refuses to start while any process of the same account
    has that id."""
    pidfile = data / "postmaster.pid"
    try:
        pid = int(pidfile.read_text().split()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return
    if is_alive(pid) and str(data) in command_line(pid):
        raise DevstackError(
            f"A PostgreSQL that this checkout did not start (process {pid}) runs on {data}: "
            f"stop it (kill -INT {pid}) and run this again."
        )
    pidfile.unlink()


def launch(cluster: Cluster, *, binaries: PostgresBinaries, account: Account | None, supervisor: Supervisor) -> str:
    end = time.monotonic() + ANSWERS_WITHIN_S
    while True:
        port = free_port()
        child = supervisor.start(
            "PostgreSQL",
            [binaries.folder / "postgres", *arguments(cluster, port=port)],
            log=cluster.log,
            extra={},
            stage=STAGE,
            grace_s=30,
            stop_signal=signal.SIGINT,  # fast shutdown: does not wait for clients
            account=account,
            cwd=Path("/"),
        )
        if wait_for_answer(cluster, port=port, child=child, supervisor=supervisor, end=end):
            return cluster.url(port)
        supervisor.stop([child])


def arguments(cluster: Cluster, *, port: int) -> list[str]:
    settings = [f"listen_addresses={LOOPBACK}", f"port={port}", "unix_socket_directories="]
    if cluster.throwaway:
        settings += THROWAWAY
    return ["-D", str(cluster.data), *(word for setting in settings for word in ("-c", setting))]


def wait_for_answer(cluster: Cluster, *, port: int, child: Child, supervisor: Supervisor, end: float) -> bool:
    """Returns True when the database answers; False when another start may succeed."""
    while True:
        with contextlib.suppress(psycopg.OperationalError):
            make_database(cluster, port=port)
            return True
        tail = tail_of(child.log)
        if child.exit_reason() and any(run_id in tail for run_id in RETRY_MARKS) and time.monotonic() < end - 40:
            supervisor.pause(0.5)  # backends of a killed server are still on their way out, or the port went
            return False
        if "password authentication failed" in tail:
            raise DevstackError(
                f"The local database in {cluster.data} has another password than .kairo remembers: "
                f"drop the local data with {COMMAND} reset."
            )
        if child.exit_reason() or time.monotonic() > end:
            raise supervisor.failure(child)
        supervisor.pause(0.03)


def make_database(cluster: Cluster, *, port: int) -> None:
    with psycopg.connect(cluster.url(port, "postgres"), autocommit=True, connect_timeout=5) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if not known:
            connection.execute(f"CREATE DATABASE {NAME}")


def require_postgres(url: str) -> str:
    """Returns the version and address of the server that DATABASE_URL names. Changes nothing on it."""
    place = f"{urlsplit(url).hostname or 'local socket'}:{urlsplit(url).port or 5432}"
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            major = connection.info.server_version // 10000
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[-1]
        raise DevstackError(f"DATABASE_URL names a server at {place} that cannot be used: {reason}") from None
    if major < MINIMUM_POSTGRES:
        raise DevstackError(f"DATABASE_URL names a PostgreSQL {major}; Kairo needs {MINIMUM_POSTGRES} or newer.")
    return f"PostgreSQL {major} at {place} (DATABASE_URL)"
