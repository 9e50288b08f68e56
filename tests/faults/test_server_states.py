"""PostgreSQL and Redis that accept connections and cannot do their work: each state, one site for all of them."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis

from tests.faults import invariants
from tests.faults.site import REGENERATE, TODAY, Answer, Postgres, Site, running_site
from tests.faults.world import eventually
from tests.flows.test_pgbouncer import running_pgbouncer

pytestmark = pytest.mark.slow

BUSY_S = 6.0  # more than the promised two seconds, for a busy machine; libpq and redis-py alone wait for minutes
RECOVERS_WITHIN_S = 10.0
READ_ONLY = "ALTER SYSTEM SET default_transaction_read_only = on"


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    folder = Path(tempfile.mkdtemp(prefix="kairo-faults-", dir="/var/tmp" if os.geteuid() == 0 else None))
    folder.chmod(0o711)
    failed_before = request.session.testsfailed
    try:
        with running_site(folder) as site:
            yield site
            if request.session.testsfailed == failed_before:
                site.world.await_all(within_s=60)
                invariants.check(site.world)
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def shown(site: Site) -> str:
    """A brand with a board."""
    brand = site.brand()
    site.world.await_status(_job(site, brand), "succeeded", within_s=20)
    return brand


def _job(site: Site, brand: str) -> str:
    answer = site.ask(REGENERATE, brand)
    assert answer.status == 200, answer
    return _job_of(answer)


def _job_of(answer: Answer) -> str:
    """The id of the job's row."""
    global_id = answer.body["data"]["regenerateTodayBoard"]["job"]["id"]
    return base64.b64decode(global_id).decode().partition(":")[2]


@dataclass(frozen=True, kw_only=True)
class DatabaseState:
    """`check` is the check of /readyz that names the state; `reads` is whether boards are shown meanwhile.

    None where only a board that the board cache can answer is.
    """

    name: str
    enter: Callable[[Postgres], object]
    leave: Callable[[Postgres], object]
    reason: str
    check: str = "database"
    said: str = ""  # by the check, where it is not the reason
    reads: bool | None = False


def _to_app(*statements: str) -> Callable[[Postgres], object]:
    """Runs the statements as administrator and closes Kairo's connections."""

    def run(postgres: Postgres) -> None:
        for statement in statements:
            postgres.admin(statement, database="app" if "{app}" in statement else "postgres")
        postgres.hang_up()

    return run


def _in_app(*statements: str) -> Callable[[Postgres], object]:
    return lambda postgres: [postgres.admin(statement, database="app") for statement in statements]


def _as_standby(*settings: str) -> Callable[[Postgres], object]:
    def run(postgres: Postgres) -> None:
        postgres.stop()
        postgres.start(*settings, standby=True)

    return run


def _as_primary(postgres: Postgres) -> None:
    postgres.stop()
    postgres.start()


_FULL_DISK = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON hero_opportunitiesjob EXECUTE FUNCTION full_disk()
"""

DATABASE_STATES = [
    DatabaseState(
        name="read-only",
        enter=lambda postgres: [postgres.admin(line) for line in (READ_ONLY, "SELECT pg_reload_conf()")],
        leave=lambda postgres: [
            postgres.admin(line)
            for line in ("ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()")
        ],
        reason="read_only",
        reads=True,
    ),
    DatabaseState(
        name="disk full",  # a trigger says so: a test cannot fill a disk
        enter=_in_app(_FULL_DISK),
        leave=_in_app("DROP TRIGGER full_disk ON hero_opportunitiesjob", "DROP FUNCTION full_disk"),
        reason="disk_full",
        reads=True,
    ),
    DatabaseState(
        name="too many connections",
        enter=_to_app("ALTER ROLE app CONNECTION LIMIT 0"),
        leave=_to_app("ALTER ROLE app CONNECTION LIMIT -1"),
        reason="too_many_connections",
    ),
    DatabaseState(
        name="password changed",
        enter=_to_app("ALTER ROLE app PASSWORD 'another'"),
        leave=_to_app("ALTER ROLE app PASSWORD 'secret'"),
        reason="access_refused",
    ),
    DatabaseState(
        name="user may not log in",
        enter=_to_app("ALTER ROLE app NOLOGIN"),
        leave=_to_app("ALTER ROLE app LOGIN"),
        reason="access_refused",
    ),
    DatabaseState(
        name="database gone",
        enter=_to_app("ALTER DATABASE app ALLOW_CONNECTIONS off"),
        leave=_to_app("ALTER DATABASE app ALLOW_CONNECTIONS on"),
        reason="no_such_database",
    ),
    DatabaseState(
        name="schema missing",
        enter=_in_app("ALTER SCHEMA public RENAME TO away", "CREATE SCHEMA public AUTHORIZATION app"),
        leave=_in_app("DROP SCHEMA public CASCADE", "ALTER SCHEMA away RENAME TO public"),
        reason="not_migrated",
        check="migrations",
        said="not applied",
    ),
    DatabaseState(
        name="role of the web lost",
        enter=_in_app("ALTER ROLE kairo_web RENAME TO kairo_web_away"),
        leave=_in_app("ALTER ROLE kairo_web_away RENAME TO kairo_web"),
        reason="role_missing",
        check="rowSecurity",
        reads=None,
    ),
    DatabaseState(
        name="frozen",
        enter=lambda postgres: postgres.signal(signal.SIGSTOP),
        leave=lambda postgres: postgres.signal(signal.SIGCONT),
        reason="timed_out",
    ),
    DatabaseState(
        name="accepts and says nothing",
        enter=lambda postgres: postgres.switch.turn(b""),
        leave=lambda postgres: postgres.switch.turn(None),
        reason="timed_out",
    ),
    DatabaseState(
        name="another protocol",
        enter=lambda postgres: postgres.switch.turn(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        leave=lambda postgres: postgres.switch.turn(None),
        reason="not_postgresql",
    ),
    DatabaseState(name="hot standby", enter=_as_standby(), leave=_as_primary, reason="standby"),
    DatabaseState(
        name="starting up", enter=_as_standby("hot_standby=off"), leave=_as_primary, reason="starting_or_stopping"
    ),
    DatabaseState(
        name="stopped",
        enter=lambda postgres: postgres.stop(),
        leave=lambda postgres: postgres.start(),
        reason="unreachable",
    ),
]


@pytest.mark.parametrize("state", DATABASE_STATES, ids=lambda state: state.name)
def test_state_of_postgresql(site: Site, shown: str, state: DatabaseState) -> None:
    fresh, asked = site.brand(), site.brand()
    logged = len(site.log())
    state.enter(site.postgres)
    try:
        if state.reads:
            assert site.ask(TODAY, shown).body["data"]["todayBoard"]["__typename"] != "TodayBoardError"
            board = site.ask(TODAY, fresh).body["data"]["todayBoard"]
            assert board["__typename"] == "TodayBoardNotGeneratedYet"
            assert "the next reading tries again" in board["remediation"]
        elif state.reads is False:
            answer = site.ask(TODAY, shown)
            assert (answer.status, answer.code) == (503, "SERVICE_UNAVAILABLE"), answer
            assert answer.took_s < BUSY_S
        refused = site.ask(REGENERATE, asked)
        assert (refused.status, refused.code) == (503, "SERVICE_UNAVAILABLE"), refused
        assert refused.body["errors"][0]["extensions"]["retryable"]
        assert int(refused.headers["retry-after"]) > 0
        assert refused.took_s < BUSY_S
        status, ready = eventually(
            site.readyz, lambda seen: (state.said or state.reason) in str(seen[1]["checks"]), within_s=5
        )
        assert (status, ready["status"]) == (503, "unavailable")
        assert (state.said or state.reason) in ready["checks"][state.check]
        # A server that is being brought into the state may refuse for another reason at first.
        counted = f"metric database_unavailable_{state.reason} "
        eventually(lambda: site.ask(REGENERATE, asked).status == 503 and counted in site.log()[logged:], within_s=10)
    finally:
        state.leave(site.postgres)
    back = time.monotonic()
    answer = eventually(
        lambda: site.ask(REGENERATE, asked), lambda seen: seen.status == 200, within_s=RECOVERS_WITHIN_S
    )
    job = _job_of(answer)
    eventually(lambda: site.world.kinds(job), lambda kinds: "claimed" in kinds, within_s=RECOVERS_WITHIN_S)
    print(f"{state.name}: refused in {refused.took_s:.2f} s, back in {time.monotonic() - back:.1f} s")  # noqa: T201  the figure is the point
    eventually(lambda: site.readyz()[0], lambda status: status == 200, within_s=15)
    log = site.log()[logged:]
    assert "Traceback" not in log, log[-3000:]
    assert site.worker.alive
    assert site.web.alive


@dataclass(frozen=True, kw_only=True)
class RedisState:
    name: str
    enter: Callable[[Site, redis.Redis], object]
    leave: Callable[[Site, redis.Redis], object]
    reason: str


def _config(**values: object) -> Callable[[Site, redis.Redis], object]:
    def run(site: Site, admin: redis.Redis) -> None:
        for name, value in values.items():
            admin.config_set(name.replace("_", "-"), str(value))

    return run


def _hang_up(site: Site, admin: redis.Redis) -> None:
    site.redis.turn(None)


def _both(*steps: Callable[[Site, redis.Redis], object]) -> Callable[[Site, redis.Redis], object]:
    return lambda site, admin: [step(site, admin) for step in steps]


def _without_disk(site: Site, admin: redis.Redis) -> None:
    folder = site.world.valkey.folder
    admin.config_set("save", "3600 1")
    shutil.rmtree(folder)
    admin.bgsave()
    eventually(lambda: admin.info("persistence")["rdb_last_bgsave_status"], lambda seen: seen == "err", within_s=10)


def _scripted(answer: bytes) -> Callable[[Site, redis.Redis], object]:
    return lambda site, admin: site.redis.turn(answer)


def _valkey(number: int) -> Callable[[Site, redis.Redis], object]:
    return lambda site, admin: site.world.valkey.signal(number)


REDIS_STATES = [
    RedisState(
        name="replica",
        enter=lambda site, admin: admin.replicaof("127.0.0.1", "1"),
        leave=lambda site, admin: admin.replicaof("NO", "ONE"),
        reason="read_only",
    ),
    RedisState(
        name="replica without its primary",
        enter=_both(
            _config(replica_serve_stale_data="no"),
            lambda site, admin: admin.replicaof("127.0.0.1", "1"),
        ),
        leave=lambda site, admin: admin.replicaof("NO", "ONE"),
        reason="primary_away",
    ),
    RedisState(
        name="out of memory",
        enter=_config(maxmemory_policy="noeviction", maxmemory=1),
        leave=_config(maxmemory=0),
        reason="out_of_memory",
    ),
    RedisState(
        name="cannot save", enter=_without_disk, leave=_config(stop_writes_on_bgsave_error="no"), reason="no_disk"
    ),
    RedisState(
        name="password set",
        enter=_both(_config(requirepass="secret"), _hang_up),
        leave=_config(requirepass=""),
        reason="access_refused",
    ),
    RedisState(
        name="may not write",
        enter=lambda site, admin: admin.acl_setuser("default", enabled=True, nopass=True, commands=["-@write"]),
        leave=lambda site, admin: admin.acl_setuser("default", enabled=True, nopass=True, commands=["+@all"]),
        reason="no_permission",
    ),
    RedisState(
        name="too many clients",
        enter=_both(_config(maxclients=1), _hang_up),
        leave=_config(maxclients=10000),
        reason="too_many_connections",
    ),
    RedisState(name="frozen", enter=_valkey(signal.SIGSTOP), leave=_valkey(signal.SIGCONT), reason="timed_out"),
    *(
        RedisState(name=name, enter=_scripted(answer), leave=_hang_up, reason=reason)
        for name, answer, reason in (
            ("accepts and says nothing", b"", "timed_out"),
            ("loading", b"-LOADING Redis is loading the dataset in memory\r\n", "loading"),
            ("of a cluster", b"-MOVED 866 127.0.0.1:1\r\n", "cluster"),
            ("protected", b"-DENIED Redis is running in protected mode.\r\n", "protected_mode"),
            ("another protocol", b"HTTP/1.1 400 Bad Request\r\n\r\n", "not_redis"),
            ("binary protocol", b"\xff\xfe\x00\r\n", "not_redis"),
        )
    ),
]


@pytest.mark.parametrize("state", REDIS_STATES, ids=lambda state: state.name)
def test_state_of_redis(site: Site, shown: str, state: RedisState) -> None:
    admin = redis.Redis.from_url(site.world.valkey.url, socket_timeout=5, single_connection_client=True)
    admin.ping()
    logged = len(site.log())
    first, second = site.brand(), site.brand()
    state.enter(site, admin)
    try:
        status, ready = eventually(site.readyz, lambda seen: state.reason in str(seen[1]["checks"]), within_s=5)
        assert (status, ready["status"]) == (200, "degraded")
        assert ready["checks"]["redis"] == f"failed: {state.reason}"
        answer = site.ask(TODAY, shown)
        assert (answer.status, answer.took_s < BUSY_S) == (200, True), answer
        began = time.monotonic()
        jobs = [_job(site, first), _job(site, second)]
        took_s = (time.monotonic() - began) / 2
        assert took_s < BUSY_S
        # The second starts while the first runs: by polling, as if Redis were away.
        started = eventually(lambda: [site.world.job(job)["started_at"] for job in jobs], all, within_s=5)
        polled_s = max(started[n] - site.world.job(jobs[n])["created_at"] for n in range(2)).total_seconds()
    finally:
        state.leave(site, admin)
    eventually(lambda: site.readyz()[1]["status"], lambda status: status == "ok", within_s=RECOVERS_WITHIN_S)
    for job in jobs:
        site.world.await_status(job, "succeeded", within_s=20)
    # By a message again: the poller logs each job that it finds.
    print(f"{state.name}: asked in {took_s:.2f} s, started after {polled_s:.1f} s")  # noqa: T201  the figure is the point
    worker_log = site.world.folder / f"worker-{site.worker.handle.pid}.log"
    eventually(lambda: _hears(site, worker_log), within_s=RECOVERS_WITHIN_S)
    log = site.log()[logged:]
    assert f"unavailable_{state.reason}" in log, log[-3000:]
    assert "Traceback" not in log, log[-3000:]
    assert site.worker.alive
    admin.close()


def _hears(site: Site, log: Path) -> bool:
    """Whether a new job was started by a message: no line says that it was found by polling."""
    before = log.read_text().count("found by polling")
    job = _job(site, site.brand())
    site.world.await_status(job, "succeeded", within_s=20)
    return log.read_text().count("found by polling") == before


def test_pooler_whose_server_is_away_or_behind(site: Site, shown: str) -> None:
    """It keeps its clients' connections meanwhile. Last, as another web process answers from here on."""
    with running_pgbouncer(site.postgres.switched_url) as address:
        pooled = f"postgresql://app:secret@{address}/app"
        site.serve(DATABASE_URL=pooled, KAIRO_DATABASE_TRANSACTION_POOLING="true")
        names = ("accepts and says nothing", "stopped", "hot standby")
        for state in (state for state in DATABASE_STATES if state.name in names):
            assert site.ask(TODAY, shown).status == 200
            state.enter(site.postgres)
            try:
                for query in (TODAY, REGENERATE):
                    answer = site.ask(query, shown)
                    assert (answer.status, answer.code) == (503, "SERVICE_UNAVAILABLE"), answer
                    assert answer.took_s < BUSY_S
                eventually(lambda: site.readyz()[0], lambda status: status == 503, within_s=5)
                if state.reason == "standby":
                    eventually(lambda: _is_refused_as_standby(site, shown), within_s=20)
            finally:
                state.leave(site.postgres)
            eventually(lambda: site.ask(TODAY, shown).status, lambda status: status == 200, within_s=30)


def _is_refused_as_standby(site: Site, brand: str) -> bool:
    """Whether the pooler has come to lead to the standby; no board is read from there."""
    assert site.ask(TODAY, brand).status == 503
    return "metric database_unavailable_standby " in site.log()
