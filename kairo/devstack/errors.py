"""The errors of the commands. Each message is one sentence: what failed, and what helps."""

import errno
import getpass
from pathlib import Path

DISK_FULL_MARKS = ("No space left on device", "Disk quota exceeded", "ENOSPC", "os error 28")


class DevstackError(Exception):
    """Ends the command with its message and exit code 1."""


class Interrupted(Exception):
    """A stop signal arrived; the supervisor stops what it has started."""


class DiskFull(DevstackError):
    def __init__(self, *, where: Path, detail: str = "") -> None:
        super().__init__(f"The disk is full at {where}{detail}: make room and run this again.")


class DidNotStart(DevstackError):
    """A process of the stack ended or did not answer; the message has the end of its log."""

    def __init__(self, *, what: str, how: str, log: Path | None, tail: str) -> None:
        shown = f"\n--- the end of {log or 'its output'} ---\n{tail}" if tail else ""
        super().__init__(f"{what} {how}.{shown}")


def sentence_for(error: OSError) -> str | None:
    """Returns the message for an operating system error that a person can mend; None for other errors."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return str(DiskFull(where=Path(error.filename or ".").resolve()))
    if isinstance(error, PermissionError):
        return (
            f"{error.filename} is closed to {getpass.getuser()}: if an earlier run as another user made it, "
            "run as that user again, or remove it."
        )
    return None


def explain(*, what: str, how: str, log: Path | None, tail: str, where: Path) -> DevstackError:
    """Returns the error for a failed process: DiskFull, or its last lines."""
    if any(run_id in tail for run_id in DISK_FULL_MARKS):
        return DiskFull(where=where, detail=f" ({what} could not write)")
    return DidNotStart(what=what, how=how, log=log, tail=tail)
