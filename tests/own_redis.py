"""A pytest plugin: processes that share the tests out each get a database of Redis of their own, as of Postgres.

Loaded by `-p`, because Django's settings read REDIS_URL before any conftest is imported.
"""

import os

_SHARE = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_SERVER = os.environ.get("REDIS_URL", "").rpartition("/")[0]

# For the processes that a test starts: they must not take the messages of the test itself, nor it theirs.
OTHER_REDIS_URL = f"{_SERVER}/{8 + _SHARE}"

if _SERVER:
    os.environ["REDIS_URL"] = f"{_SERVER}/{_SHARE}"
