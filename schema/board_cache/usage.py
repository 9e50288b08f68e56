from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from kairo.core.services import rate_limits
from kairo.core.services.access import Caller

FLUSHED_EVERY_S = 1.0
_MUCH = 0.01  # of the smallest limit


class UsageRecorder:
    """Counts what was served from here against the callers' limits, in sums that no request waits for: all each
    FLUSHED_EVERY_S, and a caller's as soon as it is much of a limit.

    So a caller may be served for a moment after a limit is reached. From then on it is left to the ordinary path,
    which refuses it, until there is room again. More often would be no better: talking to Redis about many callers
    takes the interpreter from those who are served.
    """

    def __init__(self) -> None:
        self._much = 0.0
        self._hurry = asyncio.Event()
        # By the token's id as a number: those are compared without a line of Python.
        self._unsaid: dict[int, tuple[Caller, int]] = {}
        self._spent_until: dict[int, float] = {}
        self._flushing: asyncio.Task[None] | None = None

    def has_room(self, caller: Caller) -> bool:
        if not self._spent_until:
            return True
        token = caller.token_id.int
        until = self._spent_until.get(token)
        if until is not None and until <= time.monotonic():
            del self._spent_until[token]
        return token not in self._spent_until

    def note(self, caller: Caller, cost: int) -> None:
        if self._flushing is None:
            if not (limit := rate_limits.smallest_limit()):
                return
            self._much = _MUCH * limit
            self._flushing = asyncio.create_task(self._flush())
        token = caller.token_id.int
        before = self._unsaid.get(token)
        amount = before[1] + cost if before else cost
        self._unsaid[token] = (caller, amount)
        if amount >= self._much:
            self._hurry.set()

    async def _flush(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time() + FLUSHED_EVERY_S
        try:
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout_at(due):
                        await self._hurry.wait()
                self._hurry.clear()
                if loop.time() < due:
                    told = {token: sum_ for token, sum_ in self._unsaid.items() if sum_[1] >= self._much}
                    for token in told:
                        del self._unsaid[token]
                else:
                    if not self._unsaid:
                        return
                    told, self._unsaid = self._unsaid, {}
                    due = loop.time() + FLUSHED_EVERY_S
                waits = await asyncio.to_thread(rate_limits.spend_afterwards, list(told.values()))
                now = time.monotonic()
                self._spent_until.update(
                    {token: now + wait_s for token, wait_s in zip(told, waits, strict=True) if wait_s}
                )
        finally:
            self._flushing = None
