"""Starts PostgreSQL and Valkey for a stack or for tests, unless the environment names servers."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kairo.devstack.account import postgres_home
from kairo.devstack.binaries import find_valkey
from kairo.devstack.checkout import LocalState
from kairo.devstack.errors import DevstackError
from kairo.devstack.postgres import Cluster, require_postgres, start_postgres
from kairo.devstack.progress import step
from kairo.devstack.supervisor import Supervisor
from kairo.devstack.valkey import require_redis, start_valkey


@dataclass(frozen=True, kw_only=True)
class Servers:
    database_url: str
    redis_url: str | None  # None: runs without Redis

    def as_environment(self) -> dict[str, str]:
        """Returns the environment variables; an empty REDIS_URL means no Redis."""
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url or ""}


def stack_servers(state: LocalState, *, supervisor: Supervisor) -> Servers:
    """Starts the servers of `up`, which keep their data from run to run."""
    return Servers(
        database_url=stack_postgres(state, supervisor=supervisor),
        redis_url=stack_redis(state, supervisor=supervisor),
    )


def stack_postgres(state: LocalState, *, supervisor: Supervisor) -> str:
    with step("PostgreSQL") as shown:
        if url := os.environ.get("DATABASE_URL"):
            shown.done(require_postgres(url))
            return url
        home = postgres_home(state)
        cluster = Cluster(
            home=home / "postgres",
            binaries_home=home,
            log=state.logs / "postgres.log",
            password=state.secrets().server_password,
        )
        return start_postgres(cluster, supervisor=supervisor, shown=shown)


def stack_redis(state: LocalState, *, supervisor: Supervisor) -> str | None:
    url = os.environ.get("REDIS_URL")
    program = find_valkey() if url is None else None
    with step("Valkey") as shown:
        if url:
            shown.done(require_redis(url))
            return url
        if program is None:
            why = "REDIS_URL is empty" if url == "" else "no Valkey or Redis was found"
            shown.done(f"{why}, so jobs are run by `manage.py opportunities_worker`")
            return None
        return start_valkey(
            program,
            folder=state.folder / "valkey",
            log=state.logs / "valkey.log",
            password=state.secrets().server_password,
            throwaway=False,
            supervisor=supervisor,
            shown=shown,
        )


@contextmanager
def throwaway_servers() -> Iterator[Servers]:
    """Starts empty servers for tests and removes them at the end, even if this process is killed."""
    folder = throwaway_folder()
    password = secrets.token_hex(16)
    with Supervisor(run_id=folder) as supervisor:
        supervisor.remove_at_end(folder)
        yield Servers(
            database_url=os.environ.get("KAIRO_TEST_DATABASE_URL")
            or throwaway_postgres(folder, password=password, supervisor=supervisor),
            redis_url=os.environ.get("KAIRO_TEST_REDIS_URL")
            or throwaway_redis(folder, password=password, supervisor=supervisor),
        )


def throwaway_folder() -> Path:
    """Makes a temporary folder; for root in /var/tmp, which PostgreSQL's account can enter whatever TMPDIR is."""
    is_root = os.geteuid() == 0
    folder = Path(tempfile.mkdtemp(prefix="kairo-", dir="/var/tmp" if is_root else None))  # noqa: S108 - made fresh
    folder.chmod(0o711)
    return folder


def throwaway_postgres(folder: Path, *, password: str, supervisor: Supervisor) -> str:
    with step("throw-away PostgreSQL") as shown:
        cluster = Cluster(
            home=folder / "postgres",
            binaries_home=postgres_home(LocalState()),
            log=folder / "postgres.log",
            password=password,
            throwaway=True,
        )
        return start_postgres(cluster, supervisor=supervisor, shown=shown)


def throwaway_redis(folder: Path, *, password: str, supervisor: Supervisor) -> str:
    with step("throw-away Valkey") as shown:
        program = find_valkey()
        if program is None:
            raise DevstackError(
                "The tests need Valkey or Redis and none was found: install one (Debian, Ubuntu: "
                "apt-get install redis-server; macOS: brew install valkey), or set KAIRO_TEST_REDIS_URL."
            )
        return start_valkey(
            program,
            folder=folder / "valkey",
            log=folder / "valkey.log",
            password=password,
            throwaway=True,
            supervisor=supervisor,
            shown=shown,
        )
