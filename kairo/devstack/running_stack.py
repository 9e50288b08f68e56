"""Finds the stack that `up` runs, for manage.py in another terminal."""

from collections.abc import MutableMapping

from kairo.devstack.checkout import LocalState
from kairo.devstack.locking import is_locked


def adopt_running_stack(environ: MutableMapping[str, str], *, state: LocalState | None = None) -> bool:
    """Sets the variables of the running stack, unless DATABASE_URL is set; returns whether there is a database."""
    if environ.get("DATABASE_URL"):
        return True
    state = state or LocalState()
    services = state.services() if is_locked(state.lock) else None
    if services is None:
        return False
    environ["DATABASE_URL"] = services.database_url
    environ["REDIS_URL"] = services.redis_url or ""
    environ.setdefault("KAIRO_SECRET_KEY", state.secrets().secret_key)
    environ.setdefault("KAIRO_ENV", "development")
    return True
