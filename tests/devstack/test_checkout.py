import json
import stat
from dataclasses import replace

from kairo.devstack.checkout import LocalState, Services


def test_secrets_are_made_once_and_survive(state: LocalState) -> None:
    first = state.secrets()
    state.keep(replace(first, demo_token="tok"))
    again = LocalState(state.folder).secrets()
    assert again == replace(first, demo_token="tok")
    assert len(first.secret_key) >= 48


def test_services_json_has_exactly_the_promised_keys_and_only_its_owner_reads_it(state: LocalState) -> None:
    services = Services(
        api_url="http://127.0.0.1:8000/graphql",
        database_url="postgresql://x",
        redis_url=None,
        demo_token=None,
        demo_brand_id=None,
    )
    state.announce(services)
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
    state.withdraw()
    assert state.services() is None


def test_the_secrets_file_is_private_too(state: LocalState) -> None:
    state.secrets()
    assert stat.S_IMODE((state.folder / "secrets.json").stat().st_mode) == 0o600


def test_opening_keeps_the_last_runs_logs_beside_the_new_ones(state: LocalState) -> None:
    state.open()
    (state.logs / "web.log").write_text("first run")
    state.open()
    assert not (state.logs / "web.log").exists()
    assert (state.logs / "web.log.1").read_text() == "first run"
    assert stat.S_IMODE(state.folder.stat().st_mode) == 0o700
