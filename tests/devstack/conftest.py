"""Real processes and servers, each test's own, in folders that an unprivileged account can enter."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kairo.devstack.checkout import LocalState
from kairo.devstack.postgres import Cluster
from kairo.devstack.supervisor import Supervisor


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not tmp_path: as root that lies below a folder which the account that runs PostgreSQL may not enter."""
    made = Path(tempfile.mkdtemp(prefix="kairo-devstack-test-", dir="/var/tmp" if os.geteuid() == 0 else None))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def state(folder: Path) -> LocalState:
    return LocalState(folder / ".kairo")


@pytest.fixture
def supervisor(folder: Path) -> Iterator[Supervisor]:
    with Supervisor(run_id=folder) as running:
        yield running


@pytest.fixture
def cluster(folder: Path) -> Cluster:
    return Cluster(
        home=folder / "postgres", binaries_home=folder, log=folder / "postgres.log", password="secret", throwaway=True
    )
