import os
import socket

import pytest

from kairo.devstack.checkout import LocalState, Services
from kairo.devstack.errors import DevstackError
from kairo.devstack.locking import try_lock
from kairo.devstack.options import DEFAULT_PORT, Options
from kairo.devstack.up import chosen_port, require_free_port, show_addresses, take_lock

SERVICES = Services(
    api_url="http://127.0.0.1:8000/graphql",
    database_url="postgresql://x",
    redis_url=None,
    demo_token="kairo_demo",
    demo_brand_id="QnJhbmQ6MQ",
)


@pytest.mark.parametrize(
    ("option", "variable", "port"), [(9001, "9002", 9001), (None, "9002", 9002), (None, "", DEFAULT_PORT)]
)
def test_port_is_the_options_then_the_environments(
    option: int | None, variable: str, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", variable)
    assert chosen_port(Options(command="up", port=option)) == port


def test_invalid_port_of_the_environment_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "http")
    with pytest.raises(DevstackError, match=r"PORT: .*'http'"):
        chosen_port(Options(command="up"))


def test_second_up_is_refused_with_the_address_of_the_first(state: LocalState) -> None:
    lock = try_lock(state.lock)
    assert lock is not None
    state.write_state(SERVICES)
    try:
        with pytest.raises(DevstackError, match=rf"process {os.getpid()}\) at http://127.0.0.1:8000/graphql"):
            take_lock(state)
    finally:
        os.close(lock)


def test_taken_port_is_refused() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(DevstackError, match=f"Port {port} is taken"):
            require_free_port(port)


def test_addresses_are_written_and_printed(state: LocalState, capsys: pytest.CaptureFixture[str]) -> None:
    show_addresses(SERVICES, state=state)
    printed = capsys.readouterr().out
    assert state.services() == SERVICES
    assert "http://127.0.0.1:8000/graphql#token=kairo_demo" in printed
    assert "curl -s http://127.0.0.1:8000/graphql" in printed
