import pytest

from kairo.devstack.checkout import LocalState
from kairo.devstack.servers import Servers
from kairo.devstack.stack import child_environment

SERVERS = Servers(database_url="postgresql://x", redis_url=None)


def test_child_environment_names_servers_port_and_the_stored_key(
    state: LocalState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KAIRO_SECRET_KEY", raising=False)
    environment = child_environment(SERVERS, port=9001, state=state)
    assert environment["DATABASE_URL"] == "postgresql://x"
    assert environment["REDIS_URL"] == ""
    assert environment["PORT"] == "9001"
    assert environment["KAIRO_ENV"] == "development"
    assert environment["KAIRO_SECRET_KEY"] == state.secrets().secret_key


def test_child_environment_stores_the_callers_key(state: LocalState, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAIRO_SECRET_KEY", "k" * 50)
    environment = child_environment(SERVERS, port=9001, state=state)
    assert environment["KAIRO_SECRET_KEY"] == state.secrets().secret_key == "k" * 50
