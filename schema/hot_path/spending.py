from __future__ import annotations

import asyncio
import time
from uuid import UUID

from kairo.core.services import rate_limits
from kairo.core.services.access import Caller

FLUSHED_EVERY_S = 0.2


class Spending:
    """Counts what was served from here against the callers' limits, in sums: one round trip to Redis a caller and
    FLUSHED_EVERY_S, which no request waits for.

    So a caller may be served for that long after a limit is reached. From then on it is left to the ordinary path,
    which refuses it, until there is room again.
    """

    def __init__(self) -> None:
        self._unsaid: dict[UUID, tuple[Caller, int]] = {}
        self._spent_until: dict[UUID, float] = {}
        self._flushing: asyncio.Task[None] | None = None

    def has_room(self, caller: Caller) -> bool:
        if not self._spent_until:
            return True
        until = self._spent_until.get(caller.token_id)
        if until is not None and until <= time.monotonic():
            del self._spent_until[caller.token_id]
        return caller.token_id not in self._spent_until

    def note(self, caller: Caller, cost: int) -> None:
        if not rate_limits.are_kept():
            return
        _, before = self._unsaid.get(caller.token_id, (caller, 0))
        self._unsaid[caller.token_id] = (caller, before + cost)
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())

    async def _flush(self) -> None:
        try:
            while True:
                await asyncio.sleep(FLUSHED_EVERY_S)
                if not self._unsaid:
                    return
                told, self._unsaid = self._unsaid, {}
                full = await asyncio.to_thread(_spend, list(told.values()))
                self._spent_until.update({token_id: time.monotonic() + wait_s for token_id, wait_s in full.items()})
        finally:
            self._flushing = None


def _spend(sums: list[tuple[Caller, int]]) -> dict[UUID, float]:
    """The tokens that have no room left, and for how many seconds."""
    full = {}
    for caller, cost in sums:
        try:
            rate_limits.spend(caller=caller, cost=cost)
        except rate_limits.RateLimited as refused:
            full[caller.token_id] = float(refused.retry_after_s)
    return full
