"""What can go wrong while a stack is set up; each says in one sentence what it is and what helps."""

import errno
import getpass
from pathlib import Path

DISK_FULL_MARKS = ("No space left on device", "Disk quota exceeded", "ENOSPC", "os error 28")


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


def sentence_for(error: OSError) -> str | None:
    """What to say of an error of the operating system that a person can do something about; None of others."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return str(DiskFull(where=Path(error.filename or ".").resolve()))
    if isinstance(error, PermissionError):
        return (
            f"{error.filename} is closed to {getpass.getuser()}: if an earlier run as another user made it, "
            "run as that user again, or remove it."
        )
    return None


def explain(*, what: str, how: str, log: Path | None, tail: str, where: Path) -> DevstackError:
    """The error for a process that failed: a full disk is called so, anything else shows its last lines."""
    if any(mark in tail for mark in DISK_FULL_MARKS):
        return DiskFull(where=where, detail=f" ({what} could not write)")
    return DidNotStart(what=what, how=how, log=log, tail=tail)
