from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from kairo.hero.services.board_lookup import Rows, Validity, validities

# While many ask, a statement for fewer than this waits for more of them: it costs about as much for one as for five.
_FEW = 8
_GATHER_S = 0.001

Question = tuple[str, str]  # a token's hash, a brand's id
_Told = asyncio.Future[Validity | None]


class Revalidator:
    """Asks the database what holds, for all requests that wait, in one statement.

    While a statement is under way the next one gathers; nobody who asks alone waits for company. A request joins only
    one that is sent after it has come, so it is told nothing that was true before. With `joined` off, each request
    sends its own.
    """

    def __init__(self, rows: Rows, *, joined: bool) -> None:
        self._rows = rows
        self._joined = joined
        self._waiting: list[tuple[Question, _Told]] = []
        self._under_way: asyncio.Task[None] | None = None
        self._last = 0  # how many requests the last statement was for
        self._wanted = 0  # how many have to wait for the gathering to be over
        self._gathered: asyncio.Future[None] | None = None

    def ask(self, token_hash: str, brand_text: str) -> Awaitable[Validity | None]:
        """What holds now; None for a void token.

        Raises whatever the connection raises.
        """
        question = (token_hash, brand_text)
        if not self._joined:
            return self._alone(question)
        # Each its own: a caller who leaves takes nobody's answer along.
        told: _Told = asyncio.get_running_loop().create_future()
        self._waiting.append((question, told))
        if self._under_way is None:
            self._under_way = asyncio.create_task(self._send())
        elif self._gathered is not None and len(self._waiting) >= self._wanted:
            _end(self._gathered)
        return told

    async def _alone(self, question: Question) -> Validity | None:
        return (await validities(self._rows, [question])).get(question)

    async def _send(self) -> None:
        try:
            while self._waiting:
                most = count = len(self._waiting)
                if self._last > 1 and count < _FEW:
                    # Everybody's next request may come at once, since everybody was answered at once. They are asked
                    # about in halves: the database works on one while the other is answered.
                    most = max(_FEW, (self._last + count + 1) // 2)
                    await self._gather(most)
                sent, self._waiting = self._waiting[:most], self._waiting[most:]
                self._last = len(sent)
                await self._tell(sent)
        finally:
            self._under_way = None

    async def _gather(self, wanted: int) -> None:
        """Until so many wait, for a millisecond at most."""
        loop = asyncio.get_running_loop()
        self._wanted, self._gathered = wanted, loop.create_future()
        over = loop.call_later(_GATHER_S, _end, self._gathered)
        try:
            await self._gathered
        finally:
            over.cancel()
            self._gathered = None

    async def _tell(self, sent: list[tuple[Question, _Told]]) -> None:
        try:
            found = await validities(self._rows, dict.fromkeys(question for question, _ in sent))
        except Exception as error:
            for _, told in sent:
                if not told.done():
                    told.set_exception(error)
            return
        for question, told in sent:
            if not told.done():
                told.set_result(found.get(question))


def _end(gathered: asyncio.Future[None]) -> None:
    if not gathered.done():
        gathered.set_result(None)
