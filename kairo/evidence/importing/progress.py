"""Progress of an import on a terminal or in a log."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self, TextIO

from tqdm import tqdm

INTERVAL_S = 1
_BAR = "{percentage:3.0f}% |{bar}| {postfix}, {elapsed} so far, {remaining} left"


class ImportProgress:
    """Prints the share of the file, rows, rows per second and time left: a bar on a terminal, else a line a second."""

    def __init__(self, out: TextIO, *, size: int, shown: bool) -> None:
        self._out, self._size = out, size
        self._shown, self._is_terminal = shown, out.isatty()
        self._bar = tqdm(
            total=size,
            file=out,
            bar_format=_BAR,
            disable=not (shown and self._is_terminal),
            leave=False,
            mininterval=0.2,
        )
        self._started_at = self._printed_at = time.monotonic()
        self._rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()

    def add(self, *, rows: int, position: int) -> None:
        """Adds stored rows. `position` is the byte up to which the file was read, a batch or two ahead of them."""
        self._rows += rows
        now = time.monotonic()
        rate = self._rows / max(now - self._started_at, 1e-6)
        self._bar.set_postfix_str(f"{self._rows:,} rows, {rate:,.0f}/s", refresh=False)
        self._bar.update(position - self._bar.n)
        if self._shown and not self._is_terminal and now - self._printed_at >= INTERVAL_S:
            self._printed_at = now
            remaining_s = (now - self._started_at) * (self._size - position) / max(position, 1)
            share = position / max(self._size, 1)
            self._out.write(
                f"{share:.0%}, {self._rows:,} rows, {rate:,.0f} rows/s, {tqdm.format_interval(remaining_s)} left\n"
            )
