"""Counters for events that need attention. Each count is a log line with a stable name, for a log store to sum up."""

from __future__ import annotations

import logging

logger = logging.getLogger("kairo.observability.metrics")


def count(name: str, *, amount: int = 1) -> None:
    """Adds to the counter `name`; the log line carries the ids bound to the log context."""
    logger.warning("metric %s +%d", name, amount, extra={"metric": name, "amount": amount})
