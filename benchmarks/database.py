"""PostgreSQL and Valkey for the benchmark, with one database for each size, kept from run to run."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from benchmarks.sizes import Size
from kairo.devstack.account import postgres_home
from kairo.devstack.checkout import ROOT, LocalState
from kairo.devstack.postgres import Cluster, start_postgres
from kairo.devstack.progress import step
from kairo.devstack.servers import throwaway_redis
from kairo.devstack.supervisor import Supervisor

# What is kept from run to run: the databases, the logs and the last results.
STATE = Path(os.environ.get("KAIRO_BENCHMARK_STATE") or Path(__file__).parent / ".state")
# The same for every database, so that the tokens of a kept one stay valid.
SECRET_KEY = "the key of a benchmark, and of nothing else"  # noqa: S105  it guards invented rows on loopback


@dataclass(frozen=True, kw_only=True)
class Servers:
    """The URLs of PostgreSQL (its database `postgres`) and of Valkey."""

    admin_url: str
    redis_url: str

    def database_url(self, name: str) -> str:
        return urlsplit(self.admin_url)._replace(path=f"/{name}").geturl()


@contextmanager
def servers(state_folder: Path = STATE) -> Iterator[Servers]:
    """Yields the servers of KAIRO_BENCHMARK_DATABASE_URL (its user may create databases) and
    KAIRO_BENCHMARK_REDIS_URL, or starts its own.

    Its own PostgreSQL keeps its databases from run to run and does not sync to disk.
    """
    state = LocalState(state_folder)
    state_folder.mkdir(parents=True, exist_ok=True)
    with (state_folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"benchmarks: another run is at work in {state_folder}.")
        yield from _servers(state, state_folder)


def _servers(state: LocalState, state_folder: Path) -> Iterator[Servers]:
    state.open()
    with Supervisor(run_id=state_folder) as supervisor:
        yield Servers(
            admin_url=os.environ.get("KAIRO_BENCHMARK_DATABASE_URL") or _postgres(state, supervisor),
            redis_url=os.environ.get("KAIRO_BENCHMARK_REDIS_URL")
            or throwaway_redis(state_folder, password=state.secrets().server_password, supervisor=supervisor),
        )


def _postgres(state: LocalState, supervisor: Supervisor) -> str:
    with step("PostgreSQL") as shown:
        home = postgres_home(state)
        cluster = Cluster(
            home=home / "postgres",
            binaries_home=home,
            log=state.logs / "postgres.log",
            password=state.secrets().server_password,
            throwaway=True,
        )
        return start_postgres(cluster, supervisor=supervisor, shown=shown)


def environment(servers: Servers, name: str, *, redis_database: int | None = None) -> dict[str, str]:
    """Returns the environment of Kairo's processes, as in production."""
    redis_url = urlsplit(servers.redis_url)
    if redis_database is not None:
        redis_url = redis_url._replace(path=f"/{redis_database}")
    return {
        "DATABASE_URL": servers.database_url(name),
        "REDIS_URL": redis_url.geturl(),
        "DJANGO_SETTINGS_MODULE": "kairo.settings",
        "KAIRO_ENV": "production",
        "KAIRO_SECRET_KEY": SECRET_KEY,
        "KAIRO_ALLOWED_HOSTS": "127.0.0.1",
        "KAIRO_LOG_LEVEL": "INFO",
        "KAIRO_DATABASE_POOL_MAX_SIZE": str(POOL),
        # Counted as ever, and far out of reach.
        "KAIRO_RATE_LIMIT_TOKEN_COST_PER_MIN": "1000000000000",
        "KAIRO_RATE_LIMIT_TENANT_COST_PER_MIN": "1000000000000",
    }


POOL = 8  # connections to PostgreSQL: the same for every server measured


def is_prepared(servers: Servers, size: Size) -> bool:
    with psycopg.connect(servers.admin_url) as connection:
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [_name(size)]).fetchone()
        return found is not None


def _name(size: Size) -> str:
    return f"bench_{size.name}_{_fingerprint()}"


def prepared_database(servers: Servers, size: Size) -> tuple[str, dict[str, float]]:
    """The name of a database of that size, migrated and filled, and the seconds each step took; {} if it was kept."""
    name = _name(size)
    with psycopg.connect(servers.admin_url, autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"bench_{size.name}_%"])
        known = {row[0] for row in rows}
        if name in known:
            return name, {}
        # Of this size: on a server that is not ours, another run may be filling one of another.
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"draft_{size.name}_%"])
        for other in {*known, *(row[0] for row in rows)}:  # outdated, or left by a run that was stopped
            connection.execute(f'DROP DATABASE "{other}" WITH (FORCE)')  # pyright: ignore
        draft = f"draft_{size.name}_{secrets.token_hex(4)}"
        connection.execute(f'CREATE DATABASE "{draft}"')
        took = _fill(servers, draft, size)
        connection.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
    _times(name).write_text(json.dumps(took), encoding="utf-8")
    return name, took


def time_taken(name: str) -> dict[str, float]:
    """The seconds that each step took when this database was filled; {} where that is not known any more."""
    times = _times(name)
    found: dict[str, float] = json.loads(times.read_text(encoding="utf-8")) if times.exists() else {}
    return found


def _times(name: str) -> Path:
    return STATE / f"{name}.json"


@contextmanager
def run_database(servers: Servers, template: str) -> Iterator[str]:
    """A copy for one run to write in, dropped at its end."""
    name = f"run_{secrets.token_hex(4)}"
    with psycopg.connect(servers.admin_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield name
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _fill(servers: Servers, draft: str, size: Size) -> dict[str, float]:
    settings = {**os.environ, **environment(servers, draft)}
    began = time.perf_counter()
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=settings, check=True)
    migrated = time.perf_counter()
    words = [sys.executable, "-m", "benchmarks.seed", size.as_argument()]
    subprocess.run(words, cwd=ROOT, env=settings, check=True)  # noqa: S603  our own words
    return {"migrate": migrated - began, "seed": time.perf_counter() - migrated}


def _fingerprint() -> str:
    """Of all that a filled database follows from: another one is made when any of it changed."""
    digest = sha256()
    sources = [*ROOT.glob("kairo/*/migrations/*.py"), *(Path(__file__).parent / part for part in FILLS)]
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


FILLS = ("seed.py", "seed_template.py", "peers.sql", "sizes.py")
