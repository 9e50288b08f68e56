import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from kairo.devstack.checkout import LocalState, Services, state_folder


def test_secrets_are_made_once_and_survive(state: LocalState) -> None:
    first = state.secrets()
    state.keep(replace(first, demo_token="tok"))
    again = LocalState(state.folder).secrets()
    assert again == replace(first, demo_token="tok")
    assert len(first.secret_key) >= 48


def test_services_json_has_the_documented_keys_and_is_private(state: LocalState) -> None:
    services = Services(
        api_url="http://127.0.0.1:8000/graphql",
        database_url="postgresql://x",
        redis_url=None,
        demo_token=None,
        demo_brand_id=None,
    )
    state.write_state(services)
    path = state.folder / "services.json"
    assert sorted(json.loads(path.read_text())) == [
        "api_url",
        "database_url",
        "demo_brand_id",
        "demo_token",
        "redis_url",
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert state.services() == services
    state.clear_state()
    assert state.services() is None


def test_secrets_json_is_private(state: LocalState) -> None:
    state.secrets()
    assert stat.S_IMODE((state.folder / "secrets.json").stat().st_mode) == 0o600


def test_open_keeps_the_last_runs_logs(state: LocalState) -> None:
    state.open()
    (state.logs / "web.log").write_text("first run")
    state.open()
    assert not (state.logs / "web.log").exists()
    assert (state.logs / "web.log.1").read_text() == "first run"
    assert stat.S_IMODE(state.folder.stat().st_mode) == 0o700


def test_state_folder_of_a_checkout_lies_in_it(tmp_path: Path) -> None:
    assert state_folder(root=tmp_path, is_checkout=True) == tmp_path / ".kairo"


@pytest.mark.parametrize(
    ("variable", "base"), [("/state", "/state"), ("", "~/.local/state"), ("here", "~/.local/state")]
)
def test_state_folder_of_an_installation_is_the_users(
    variable: str, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", variable)
    assert state_folder(is_checkout=False) == Path(base).expanduser() / "kairo"
