"""What can go wrong while a stack is set up; each says in one sentence what it is and what helps."""

import errno
from pathlib import Path

DISK_FULL_MARKS = ("No space left on device", "Disk quota exceeded", "ENOSPC", "os error 28")
DISK_FULL_ERRNOS = (errno.ENOSPC, errno.EDQUOT)


class DevstackError(Exception):
    """Ends the command with its sentence and exit code 1."""


class Interrupted(Exception):
    """A stop signal came while the stack was being built; what was started gets stopped."""


class DiskFull(DevstackError):
    def __init__(self, *, where: Path, detail: str = "") -> None:
        super().__init__(f"The disk is full at {where}{detail}: make room and run this again.")


class DidNotStart(DevstackError):
    """A process of the stack ended, or never answered; carries the end of its log."""

    def __init__(self, *, what: str, how: str, log: Path | None, tail: str) -> None:
        shown = f"\n--- the end of {log or 'its output'} ---\n{tail}" if tail else ""
        super().__init__(f"{what} {how}.{shown}")


def explain(*, what: str, how: str, log: Path | None, tail: str, where: Path) -> DevstackError:
    """The error for a process that failed: a full disk is called so, anything else shows its last lines."""
    if any(mark in tail for mark in DISK_FULL_MARKS):
        return DiskFull(where=where, detail=f" ({what} could not write)")
    return DidNotStart(what=what, how=how, log=log, tail=tail)
