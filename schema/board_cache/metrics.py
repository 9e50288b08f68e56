from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from kairo.observability import metrics

REPORT_INTERVAL_S = 60.0


@dataclass
class CacheMetrics:
    """Counts hits, misses, requests passed to Django (`bypasses`) and database timeouts (`late`), and reports them."""

    memory_bytes: Callable[[], int]
    hits: int = 0
    misses: int = 0
    bypasses: int = 0
    late: int = 0
    _timer: asyncio.TimerHandle | None = None

    def schedule_report(self) -> None:
        """Schedules the next report, unless one is scheduled."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(REPORT_INTERVAL_S, self.report)

    def report(self) -> None:
        """Adds the counts to the metrics and resets them."""
        self._timer = None
        for name in ("hits", "misses", "bypasses", "late"):
            if amount := getattr(self, name):
                metrics.count(f"hot_path_{name}", amount=amount)
                setattr(self, name, 0)
        metrics.count("hot_path_held_bytes", amount=self.memory_bytes())
