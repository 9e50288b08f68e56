from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from kairo.hero.services.board_lookup import Rows, Validity, validities

# Under load a statement for fewer requests waits for more of them: it costs about as much for one as for five.
_MIN_BATCH = 8
_MAX_WAIT_S = 0.001

ValidityKey = tuple[str, str]  # a token's hash, a brand's id
_Pending = asyncio.Future[Validity | None]


class Revalidator:
    """Reads the validity of tokens and revisions for all waiting requests in one statement.

    While a statement runs, the next batch collects requests; a single request never waits for others. A request only
    joins a statement that is sent after the request arrived, so its result is never older. Without `batched`, each
    request sends its own statement.
    """

    def __init__(self, rows: Rows, *, batched: bool) -> None:
        self._rows = rows
        self._batched = batched
        self._waiting: list[tuple[ValidityKey, _Pending]] = []
        self._sender: asyncio.Task[None] | None = None
        self._last_size = 0  # requests in the last statement
        self._wanted_size = 0  # requests that end the wait for a batch early
        self._batch_ready: asyncio.Future[None] | None = None

    def validate(self, token_hash: str, brand_text: str) -> Awaitable[Validity | None]:
        """Returns the current validity; None for an invalid token. Raises as the connection does."""
        key = (token_hash, brand_text)
        if not self._batched:
            return self._validate_alone(key)
        # One future for each request: cancelling one leaves the others' results intact.
        pending: _Pending = asyncio.get_running_loop().create_future()
        self._waiting.append((key, pending))
        if self._sender is None:
            self._sender = asyncio.create_task(self._send_batches())
        elif self._batch_ready is not None and len(self._waiting) >= self._wanted_size:
            _resolve(self._batch_ready)
        return pending

    async def _validate_alone(self, key: ValidityKey) -> Validity | None:
        return (await validities(self._rows, [key])).get(key)

    async def _send_batches(self) -> None:
        try:
            while self._waiting:
                size = count = len(self._waiting)
                if self._last_size > 1 and count < _MIN_BATCH:
                    # Clients answered together send their next requests together. Half of them make a batch, so that
                    # the database works on one half while this process answers the other.
                    size = max(_MIN_BATCH, (self._last_size + count + 1) // 2)
                    await self._wait_for_batch(size)
                batch, self._waiting = self._waiting[:size], self._waiting[size:]
                self._last_size = len(batch)
                await self._send(batch)
        finally:
            self._sender = None

    async def _wait_for_batch(self, size: int) -> None:
        """Waits until `size` requests are waiting, at most _MAX_WAIT_S."""
        loop = asyncio.get_running_loop()
        self._wanted_size, self._batch_ready = size, loop.create_future()
        timer = loop.call_later(_MAX_WAIT_S, _resolve, self._batch_ready)
        try:
            await self._batch_ready
        finally:
            timer.cancel()
            self._batch_ready = None

    async def _send(self, batch: list[tuple[ValidityKey, _Pending]]) -> None:
        try:
            results = await validities(self._rows, dict.fromkeys(key for key, _ in batch))
        except Exception as error:
            for _, pending in batch:
                if not pending.done():
                    pending.set_exception(error)
            return
        for key, pending in batch:
            if not pending.done():
                pending.set_result(results.get(key))


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
