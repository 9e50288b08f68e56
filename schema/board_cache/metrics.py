from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from kairo.observability import metrics

TOLD_EVERY_S = 60.0


@dataclass
class CacheMetrics:
    """How often answers were served from memory, made here, left to the ordinary path, and not given, since the
    database did not answer in time. Told as metrics in sums."""

    memory_bytes: Callable[[], int]
    hits: int = 0
    misses: int = 0
    bypasses: int = 0
    late: int = 0
    _telling: asyncio.TimerHandle | None = None

    def note(self) -> None:
        """Sees to it that what was counted is told."""
        if self._telling is None:
            self._telling = asyncio.get_running_loop().call_later(TOLD_EVERY_S, self.complete)

    def complete(self) -> None:
        self._telling = None
        for name in ("hits", "misses", "bypasses", "late"):
            if amount := getattr(self, name):
                metrics.count(f"hot_path_{name}", amount=amount)
                setattr(self, name, 0)
        metrics.count("hot_path_held_bytes", amount=self.memory_bytes())
