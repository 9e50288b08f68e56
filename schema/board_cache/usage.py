from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from kairo.core.services import rate_limits
from kairo.core.services.access import Caller

FLUSH_INTERVAL_S = 1.0
_FLUSH_AT_SHARE = 0.01  # of the smallest limit


class UsageRecorder:
    """Counts the cost of cached responses against the callers' rate limits.

    Usage is buffered and flushed every FLUSH_INTERVAL_S, or at once when a caller reaches 1 % of its limit; no request
    waits for Redis. A caller may exceed a limit for that long. Then Django answers it, and refuses it, until the window
    has passed. Flushing more often costs more processor time than it gains precision.
    """

    def __init__(self) -> None:
        self._flush_threshold = 0.0
        self._flush_now = asyncio.Event()
        # By the token's id as an integer, which is compared without Python code.
        self._pending: dict[int, tuple[Caller, int]] = {}
        self._limited_until: dict[int, float] = {}
        self._flusher: asyncio.Task[None] | None = None

    def is_within_limits(self, caller: Caller) -> bool:
        if not self._limited_until:
            return True
        token = caller.token_id.int
        until = self._limited_until.get(token)
        if until is not None and until <= time.monotonic():
            del self._limited_until[token]
        return token not in self._limited_until

    def record(self, caller: Caller, cost: int) -> None:
        """Adds the cost to the caller's pending usage."""
        if self._flusher is None:
            if not (limit := rate_limits.smallest_limit()):
                return
            self._flush_threshold = _FLUSH_AT_SHARE * limit
            self._flusher = asyncio.create_task(self._flush())
        token = caller.token_id.int
        previous = self._pending.get(token)
        amount = previous[1] + cost if previous else cost
        self._pending[token] = (caller, amount)
        if amount >= self._flush_threshold:
            self._flush_now.set()

    async def _flush(self) -> None:
        """Flushes until an interval ends without pending usage."""
        loop = asyncio.get_running_loop()
        due = loop.time() + FLUSH_INTERVAL_S
        try:
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout_at(due):
                        await self._flush_now.wait()
                self._flush_now.clear()
                if loop.time() < due:
                    threshold = self._flush_threshold
                    batch = {token: usage for token, usage in self._pending.items() if usage[1] >= threshold}
                    for token in batch:
                        del self._pending[token]
                else:
                    if not self._pending:
                        return
                    batch, self._pending = self._pending, {}
                    due = loop.time() + FLUSH_INTERVAL_S
                waits = await asyncio.to_thread(rate_limits.spend_afterwards, list(batch.values()))
                now = time.monotonic()
                self._limited_until.update(
                    {token: now + wait_s for token, wait_s in zip(batch, waits, strict=True) if wait_s}
                )
        finally:
            self._flusher = None
