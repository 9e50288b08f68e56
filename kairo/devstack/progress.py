"""Prints what runs and for how long, on a terminal and in a log."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

REMINDER_S = 10.0
TICK_S = 0.5


def say(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Step:
    """One line of progress: `note` sets the detail, `done` the outcome."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.detail = ""
        self.outcome = "ready"
        self._since = time.monotonic()
        self._over = threading.Event()
        self._live = sys.stdout.isatty()

    def note(self, detail: str) -> None:
        self.detail = detail

    def done(self, outcome: str) -> None:
        self.outcome = outcome

    def seconds(self) -> float:
        return time.monotonic() - self._since

    def show_progress(self) -> None:
        """Updates the line on a terminal every half second; prints a line every ten seconds in a log."""
        reminded = REMINDER_S
        while not self._over.wait(TICK_S if self._live else 1.0):
            line = f"  {self.title} … {self.detail} ({self.seconds():.0f} s)"
            if self._live:
                sys.stdout.write(f"\r\033[K{line[:110]}")
                sys.stdout.flush()
            elif self.seconds() >= reminded:
                reminded += REMINDER_S
                say(line)

    def stop_showing(self) -> None:
        self._over.set()

    def finish(self, *, failed: bool) -> None:
        if self._live:
            sys.stdout.write("\r\033[K")
        outcome = "failed" if failed else self.outcome
        say(f"  {self.title}: {outcome} ({self.seconds():.1f} s)")


@contextmanager
def step(title: str) -> Iterator[Step]:
    """Shows `title` while the block runs, then its outcome and duration."""
    shown = Step(title)
    teller = threading.Thread(target=shown.show_progress, daemon=True)
    teller.start()
    failed = True
    try:
        yield shown
        failed = False
    finally:
        shown.stop_showing()
        teller.join()
        shown.finish(failed=failed)
