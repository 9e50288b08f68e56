"""The machine the figures are of: its cores, what a process costs on it, and what it is."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, kw_only=True)
class Cores:
    """The cores of the measured server, and those of everything else; empty where they cannot be separated."""

    server: frozenset[int]
    others: frozenset[int]

    @property
    def sentence(self) -> str:
        if not self.server:
            return "Nothing was pinned to a core: this system or its single core does not allow it."
        return (
            f"The measured server had core {min(self.server)} to itself; the load generator, PostgreSQL and Valkey "
            f"shared {'core' if len(self.others) == 1 else 'cores'} {', '.join(map(str, sorted(self.others)))}. "
            "The worker that writes what is read back ran on any core."
        )


def divide_cores() -> Cores:
    """Moves this process, and so whatever it starts, off the core that the measured server gets."""
    if not hasattr(os, "sched_setaffinity") or len(os.sched_getaffinity(0)) < 2:
        return Cores(server=frozenset(), others=frozenset())
    first, *others = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, others)
    return Cores(server=frozenset([first]), others=frozenset(others))


def pinned(cores: frozenset[int]) -> Callable[[], None]:
    """What a child runs before its program, so that all its threads are on these cores."""
    return lambda: os.sched_setaffinity(0, cores) if cores else None


def cpu_s(pid: int) -> float:
    """Processor seconds that this process and its living and waited-for children have used."""
    return sum(_cpu_s(one) for one in family(pid))


def memory_mb(pid: int) -> float:
    """Resident memory of this process and its children, in MiB; pages they share count for each."""
    return sum(_resident(one) for one in family(pid)) / 2**20


def connections(pid: int) -> int:
    """Open sockets of the process."""
    try:
        return sum("socket:" in str(entry.readlink()) for entry in (PROC / str(pid) / "fd").iterdir())
    except OSError:
        return 0


def family(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in PROC.glob("[0-9]*/stat"):
        if fields := _stat(entry):
            children.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def described() -> str:
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in _text(PROC / "cpuinfo").splitlines()
            if line.startswith(("model name", "Model"))
        ),
        platform.processor() or platform.machine(),
    )
    memory = next((line.split()[1] for line in _text(PROC / "meminfo").splitlines()), "0")
    return f"{os.cpu_count()} cores, {model}, {int(memory) / 2**20:.0f} GiB, {platform.system()} {platform.release()}"


def busy_share() -> float:
    """The load average of the last minute over the cores: how much else went on before a measurement began."""
    return os.getloadavg()[0] / (os.cpu_count() or 1)


def _cpu_s(pid: int) -> float:
    fields = _stat(PROC / str(pid) / "stat")
    return sum(map(int, fields[11:15])) / TICKS if fields else 0.0


def _resident(pid: int) -> int:
    words = _text(PROC / str(pid) / "statm").split()
    return int(words[1]) * PAGE if words else 0


def _stat(path: Path) -> list[str]:
    """The fields from the state on: a program's name may hold spaces and brackets."""
    return _text(path).rpartition(")")[2].split()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
