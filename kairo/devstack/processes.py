"""Whether a process runs, and whether it is the same one: process ids are reused."""

import os
import subprocess
from pathlib import Path

PROC = Path("/proc")


def is_alive(pid: int) -> bool:
    """Whether the process runs. A zombie does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    fields = _stat_fields(pid)
    return not fields or fields[0] not in ("Z", "X")


def identity(pid: int) -> str | None:
    """Returns a value that no other process of this machine ever has; None when the process does not run."""
    if not is_alive(pid):
        return None
    if fields := _stat_fields(pid):
        boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{pid}/{fields[19]}"
    return _ps(pid, "lstart=") and f"{pid}/{_ps(pid, 'lstart=')}"


def command_line(pid: int) -> str:
    """Returns the arguments, joined by blanks; empty when the process is gone or cannot be read."""
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return _ps(pid, "args=") or ""


def _stat_fields(pid: int) -> list[str]:
    """Returns the fields of /proc/PID/stat from the state on (field 3 of proc(5)); empty where there is no /proc."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _ps(pid: int, column: str) -> str | None:
    if PROC.joinpath("self/stat").exists():
        return None
    answer = subprocess.run(  # noqa: S603 - a number and a column name of our own
        ["ps", "-p", str(pid), "-o", column],  # noqa: S607 - ps has no fixed place across systems
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip() or None
