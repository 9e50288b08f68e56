"""The clients at their locked versions: npm's in node_modules, Python's in a virtual environment of their own."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NODE_MODULES = HERE / "node_modules"
PYTHON_HOME = HERE / ".venv"  # gql and ariadne-codegen want another graphql-core than we do
OLDEST_NODE = 20


def missing() -> str | None:
    """One sentence that says what the machine lacks, or nothing."""
    needed = f"The client tests need Node.js {OLDEST_NODE} or newer with npm"
    if not shutil.which("node") or not shutil.which("npm"):
        return f"{needed}; there is none on PATH (Debian, Ubuntu: apt-get install nodejs npm)."
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    major = re.match(r"v(\d+)\.", version)
    return None if major and int(major[1]) >= OLDEST_NODE else f"{needed}; this is {version}."


def install_node_modules() -> Path:
    """The folder, with exactly what the lock names; a moment's work where it is there already."""
    if not _is_stamped(NODE_MODULES, lock := HERE / "package-lock.json"):
        _run("npm", "ci")
        _stamp(NODE_MODULES, lock)
    return NODE_MODULES


def install_python_clients() -> Path:
    """The folder of the environment's programs."""
    if not _is_stamped(PYTHON_HOME, lock := HERE / "python-requirements.lock"):
        python = PYTHON_HOME / "bin" / "python"
        if uv := shutil.which("uv"):
            _run(uv, "venv", "--quiet", "--clear", "--no-project", "--python", sys.executable, str(PYTHON_HOME))
            _run(
                uv,
                "pip",
                "install",
                "--quiet",
                "--python",
                str(python),
                "--require-hashes",
                "--no-deps",
                "-r",
                str(lock),
            )
        else:
            _run(sys.executable, "-m", "venv", "--clear", str(PYTHON_HOME))
            _run(
                str(python),
                "-m",
                "pip",
                "install",
                "-qq",
                "--require-hashes",
                "--no-deps",
                "--no-compile",
                "-r",
                str(lock),
            )
        _stamp(PYTHON_HOME, lock)
    return PYTHON_HOME / "bin"


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


def _is_stamped(folder: Path, lock: Path) -> bool:
    stamp = folder / ".made-for"
    return stamp.exists() and stamp.read_text() == _digest(lock)


def _stamp(folder: Path, lock: Path) -> None:
    (folder / ".made-for").write_text(_digest(lock))


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes() + sys.executable.encode()).hexdigest()
