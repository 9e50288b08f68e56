"""Counters of what must not go unseen. A count is a log line with a stable name, which any log store adds up."""

from __future__ import annotations

import logging

logger = logging.getLogger("kairo.observability.metrics")


def count(name: str, *, amount: int = 1) -> None:
    """Adds to the counter `name`; the line carries the ids bound to the log context."""
    logger.warning("metric %s +%d", name, amount, extra={"metric": name, "amount": amount})
