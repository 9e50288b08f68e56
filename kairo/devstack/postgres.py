"""A PostgreSQL of our own: made, started, and reached over TCP on loopback with a password."""

import contextlib
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from kairo.devstack.account import Account, unprivileged_account
from kairo.devstack.binaries import MINIMUM_POSTGRES, PostgresPrograms, choose_postgres, reachable_by
from kairo.devstack.disk_space import require_space
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
    """What it takes to run one PostgreSQL."""

    home: Path  # of this server alone; the data directory is in it
    programs_home: Path  # where the programs are copied to if the account cannot reach them
    log: Path
    password: str
    throwaway: bool = False  # faster, and lost when the machine stops

    @property
    def data(self) -> Path:
        return self.home / "data"

    def url(self, port: int, database: str = NAME) -> str:
        return f"postgresql://{NAME}:{self.password}@{LOOPBACK}:{port}/{database}"


def start_postgres(cluster: Cluster, *, supervisor: Supervisor, shown: Step) -> str:
    """The url of a database that answers. Data that are there already are kept."""
    account = unprivileged_account()
    programs = choose_postgres(data=cluster.data)
    programs = reachable_by(account, programs=programs, home=cluster.programs_home)
    is_new = not cluster.data.exists()
    open_home(cluster, account=account)
    require_space(at=cluster.home, megabytes=SPACE_NEW_MB if is_new else SPACE_MB, purpose="PostgreSQL's files")
    if is_new:
        shown.note("making the database")
        initialise(cluster, programs=programs, account=account, supervisor=supervisor)
    clear_pidfile(cluster.data)
    url = launch(cluster, programs=programs, account=account, supervisor=supervisor)
    shown.done(f"{programs.label}, port {urlsplit(url).port}" + (f", as {account.name}" if account else ""))
    return url


def open_home(cluster: Cluster, *, account: Account | None) -> None:
    cluster.home.mkdir(parents=True, exist_ok=True)
    if account:
        cluster.home.parent.chmod(0o755)
        account.own(cluster.home, mode=0o755)


def initialise(
    cluster: Cluster, *, programs: PostgresPrograms, account: Account | None, supervisor: Supervisor
) -> None:
    """Into a draft that is renamed when complete: a half-made cluster never looks like one."""
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
        if programs.major >= 17
        else ["--locale=C.UTF-8"]
    )
    command: list[str | Path] = [
        programs.folder / "initdb",
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
    """Makes way where a killed server left its postmaster.pid: the server itself refuses to start when that
    number belongs to any process of the same account by now."""
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


def launch(cluster: Cluster, *, programs: PostgresPrograms, account: Account | None, supervisor: Supervisor) -> str:
    end = time.monotonic() + ANSWERS_WITHIN_S
    while True:
        port = free_port()
        child = supervisor.start(
            "PostgreSQL",
            [programs.folder / "postgres", *arguments(cluster, port=port)],
            log=cluster.log,
            extra={},
            stage=STAGE,
            patience_s=30,
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
    """True when the database is there to be used; False when another try may do better."""
    while True:
        with contextlib.suppress(psycopg.OperationalError):
            make_database(cluster, port=port)
            return True
        tail = tail_of(child.log)
        if child.ending() and any(mark in tail for mark in RETRY_MARKS) and time.monotonic() < end - 40:
            supervisor.pause(0.5)  # backends of a killed server are still on their way out, or the port went
            return False
        if "password authentication failed" in tail:
            raise DevstackError(
                f"The local database in {cluster.data} has another password than .kairo remembers: "
                "drop the local data with ./dev reset."
            )
        if child.ending() or time.monotonic() > end:
            raise supervisor.failure(child)
        supervisor.pause(0.03)


def make_database(cluster: Cluster, *, port: int) -> None:
    with psycopg.connect(cluster.url(port, "postgres"), autocommit=True, connect_timeout=5) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if not known:
            connection.execute(f"CREATE DATABASE {NAME}")


def require_postgres(url: str) -> str:
    """What a server of someone else's says it is; it is asked, and nothing more."""
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
