import os
from pathlib import Path

import pytest

from kairo.devstack.account import SHARED_HOME, Account, drop_shared_home, postgres_home, unprivileged_account
from kairo.devstack.checkout import LocalState

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has another account run PostgreSQL")
as_user = pytest.mark.skipif(os.geteuid() == 0, reason="root has another account run PostgreSQL")


@as_root
def test_root_uses_an_unprivileged_account_that_can_run_programs() -> None:
    account = unprivileged_account()
    assert account is not None
    assert account.uid != 0
    assert account.can_run(Path("/bin/sh").resolve()) or account.can_run(Path("/usr/bin/env"))


@as_root
def test_account_cannot_run_what_is_closed_to_it(folder: Path) -> None:
    program = folder / "closed" / "program"
    program.parent.mkdir(mode=0o700)
    program.write_text("#!/bin/sh\necho 1\n")
    program.chmod(0o755)
    account = unprivileged_account()
    assert isinstance(account, Account)
    assert not account.can_run(program)


@as_root
def test_postgres_home_of_root_lies_outside_the_checkout_and_is_its_own(state: LocalState, folder: Path) -> None:
    home = postgres_home(state)
    other = LocalState(folder / "other")
    assert home.parent == SHARED_HOME
    assert home == postgres_home(state) != postgres_home(other)
    home.mkdir(parents=True)
    drop_shared_home(state)
    assert not home.exists()


@as_user
def test_postgres_home_of_a_user_is_the_state_folder(state: LocalState) -> None:
    assert unprivileged_account() is None
    assert postgres_home(state) == state.folder
