"""The account that runs PostgreSQL, which refuses to run as root, and the folder of its files."""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kairo.devstack.checkout import LocalState
from kairo.devstack.errors import DevstackError

SHARED_HOME = Path("/var/lib/kairo-dev")


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account of this machine that can run a server. initdb requires one with a name."""

    name: str
    uid: int
    gid: int

    def as_popen_arguments(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path, *, mode: int) -> None:
        path.chmod(mode)
        os.chown(path, self.uid, self.gid)

    def can_run(self, program: Path) -> bool:
        """Whether the account can execute the file: its libraries and every folder above must be readable."""
        try:
            answer = subprocess.run(  # noqa: S603 - a server program that was found
                [program, "--version"], capture_output=True, check=False, cwd="/", **self.as_popen_arguments()
            )
        except OSError:
            return False
        return answer.returncode == 0


def unprivileged_account() -> Account | None:
    """Returns the account to run PostgreSQL as; None when this process is not root."""
    if os.geteuid() != 0:
        return None
    for name in (os.environ.get("SUDO_USER"), "postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name or "")
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)
    raise DevstackError(
        "PostgreSQL does not run as root and this machine has no account `postgres` or `nobody` to run it as: "
        "use an ordinary user, or set DATABASE_URL."
    )


def postgres_home(state: LocalState) -> Path:
    """Returns the folder of this checkout's PostgreSQL.

    For root it lies outside the checkout, because the unprivileged account may not be allowed to enter that. The name
    is derived from the checkout's id and path.
    """
    if os.geteuid() != 0:
        return state.folder
    key = hashlib.sha256(f"{state.secrets().checkout_id} {state.folder}".encode()).hexdigest()[:16]
    return SHARED_HOME / key


def drop_shared_home(state: LocalState) -> None:
    """Deletes the folder that root's PostgreSQL keeps outside the checkout, if there is one."""
    home = postgres_home(state)
    if home.parent == SHARED_HOME and home.exists():
        shutil.rmtree(home)
        if not any(SHARED_HOME.iterdir()):
            SHARED_HOME.rmdir()
