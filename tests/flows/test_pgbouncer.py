"""The Procfile's processes behind PgBouncer in transaction mode, with two server connections in all."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests.flows.conftest import PATIENCE_S, REGENERATE, Stack, eventually, running_stack, served
from tests.flows.test_board_over_http import import_everything, post

PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
CONNECTIONS = 2
EVERYTHING = """query($mine: ID!, $other: [ID!]!) {
  brands { id } opportunities(brandId: $mine) { nodes { id } } nodes(ids: $other) { id }
}"""


@contextmanager
def running_pgbouncer(database_url: str = "") -> Iterator[str]:
    """Starts PgBouncer in front of the databases of DATABASE_URL's, or another, server; yields its host and port."""
    if PGBOUNCER is None:
        pytest.skip("PgBouncer is not installed (Debian: apt-get install pgbouncer)")
    server = urlsplit(database_url or os.environ["DATABASE_URL"])
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="kairo-pgbouncer-") as made:
        home = Path(made)
        home.chmod(0o755)
        user, password = (unquote(part or "") for part in (server.username, server.password))
        (home / "users.txt").write_text(f'"{user}" "{password}"\n')
        (home / "pgbouncer.ini").write_text(
            f"[databases]\n* = host={server.hostname} port={server.port or 5432}\n[pgbouncer]\n"
            f"listen_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = trust\n"
            f"auth_file = {home}/users.txt\npool_mode = transaction\nmax_client_conn = 200\n"
            f"default_pool_size = {CONNECTIONS}\nmax_db_connections = {CONNECTIONS}\n"
            "server_login_retry = 1\n"
        )
        as_nobody = ["-u", "nobody"] if os.geteuid() == 0 else []  # it refuses to be root
        with (home / "log").open("wb") as log:
            process = subprocess.Popen([PGBOUNCER, *as_nobody, str(home / "pgbouncer.ini")], stdout=log, stderr=log)
        address = f"127.0.0.1:{port}"
        try:
            url = server._replace(netloc=f"{server.netloc.rpartition('@')[0]}@{address}").geturl()
            eventually(lambda: _connects(url) or process.poll() is not None, bool, within_s=PATIENCE_S)
            assert process.poll() is None, (home / "log").read_text()
            yield address
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def _connects(url: str) -> bool:
    with suppress(psycopg.OperationalError), psycopg.connect(url, connect_timeout=2):
        return True
    return False


@pytest.fixture(scope="class")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    # Thirty requests wait for two connections; those that time out get 503 and retry.
    environment = {"KAIRO_DATABASE_TRANSACTION_POOLING": "true", "KAIRO_DATABASE_CONNECT_TIMEOUT_S": "60"}
    with (
        running_pgbouncer() as address,
        running_stack(tmp_path_factory.mktemp("logs"), environment, pooler=address) as stack,
    ):
        yield stack


@pytest.mark.board_cache
class TestPgBouncer:
    def test_pgbouncer_serves_thirty_requests_of_two_tenants(self, stack: Stack, tmp_path: Path) -> None:
        now = datetime.now(tz=UTC)
        ours = import_everything(stack, tmp_path, [post(n, now=now) for n in range(10)])
        theirs = import_everything(stack, tmp_path, [post(n, now=now) for n in range(10)], tenant="other")
        tokens = {ours: stack.token("demo"), theirs: stack.token("other")}
        ideas = {}
        for brand_id, token in tokens.items():
            served(partial(stack.ask, token, REGENERATE, i={"brandId": brand_id}))
            board = served(partial(stack.await_today, token, brand_id))
            assert board["state"] == "READY"
            ideas[brand_id] = {idea["id"] for idea in board["opportunities"]}
        assert ideas[ours].isdisjoint(ideas[theirs])

        def read(number: int) -> None:
            mine, other = (ours, theirs) if number % 2 else (theirs, ours)
            for _ in range(5):
                data = served(lambda: stack.ask(tokens[mine], EVERYTHING, mine=mine, other=[other]))
                assert [brand["id"] for brand in data["brands"]] == [mine]
                assert {idea["id"] for idea in data["opportunities"]["nodes"]} >= ideas[mine]
                assert data["nodes"] == [None]
                board = served(lambda: stack.today(tokens[mine], mine))
                assert {idea["id"] for idea in board["opportunities"]} == ideas[mine]

        with ThreadPoolExecutor(30) as pool:
            list(pool.map(read, range(30)))
        assert self._connections(stack) <= CONNECTIONS

    @staticmethod
    def _connections(stack: Stack) -> int:
        name = urlsplit(stack.environment["DATABASE_URL"]).path.lstrip("/")
        with psycopg.connect(os.environ["DATABASE_URL"]) as server:
            row = server.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [name]).fetchone()
        assert row
        return int(row[0])
