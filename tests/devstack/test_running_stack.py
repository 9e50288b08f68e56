import os

from kairo.devstack.checkout import LocalState, Services
from kairo.devstack.locking import try_lock
from kairo.devstack.running_stack import adopt_running_stack

SERVICES = Services(
    api_url="http://127.0.0.1:8000/graphql",
    database_url="postgresql://theirs",
    redis_url=None,
    demo_token=None,
    demo_brand_id=None,
)


def test_database_url_of_the_environment_is_kept(state: LocalState) -> None:
    environ = {"DATABASE_URL": "postgresql://mine"}
    assert adopt_running_stack(environ, state=state)
    assert environ == {"DATABASE_URL": "postgresql://mine"}


def test_running_stack_sets_urls_and_key(state: LocalState) -> None:
    state.write_state(SERVICES)
    lock = try_lock(state.lock)
    assert lock is not None
    environ: dict[str, str] = {}
    assert adopt_running_stack(environ, state=state)
    os.close(lock)
    assert environ == {
        "DATABASE_URL": "postgresql://theirs",
        "REDIS_URL": "",
        "KAIRO_SECRET_KEY": state.secrets().secret_key,
        "KAIRO_ENV": "development",
    }


def test_state_of_a_killed_stack_is_ignored(state: LocalState) -> None:
    state.write_state(SERVICES)
    environ: dict[str, str] = {}
    assert not adopt_running_stack(environ, state=state)
    assert environ == {}
