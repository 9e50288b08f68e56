from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from itertools import chain

from kairo.hero.services.today_live import Rows, Truth, truths

# While many ask, a statement for fewer than this waits for more of them: it costs about as much for one as for five.
_FEW = 8
_GATHER_S = 0.001

Question = tuple[str, str]  # a token's hash, a brand's id


class Checks:
    """Asks the database what holds, for all requests that wait, in one statement.

    While a statement is under way the next one gathers; nobody who asks alone waits for company. A request joins only
    one that is sent after it has come, so it is told nothing that was true before. With `joined` off, each request
    sends its own.
    """

    def __init__(self, rows: Rows, *, joined: bool) -> None:
        self._rows = rows
        self._joined = joined
        self._waiting: dict[Question, list[asyncio.Future[Truth | None]]] = {}
        self._under_way: asyncio.Task[None] | None = None
        self._many_ask = False  # the last statement was for several requests

    def ask(self, token_hash: str, brand_text: str) -> Awaitable[Truth | None]:
        """What holds now; None for a void token.

        Raises whatever the connection raises.
        """
        question = (token_hash, brand_text)
        if not self._joined:
            return self._alone(question)
        # Each its own: a caller who leaves takes nobody's answer along.
        told: asyncio.Future[Truth | None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(question, []).append(told)
        if self._under_way is None:
            self._under_way = asyncio.create_task(self._send())
        return told

    async def _alone(self, question: Question) -> Truth | None:
        return (await truths(self._rows, [question])).get(question)

    async def _send(self) -> None:
        try:
            while self._waiting:
                if self._many_ask and len(self._waiting) < _FEW:
                    await asyncio.sleep(_GATHER_S)
                sent, self._waiting = self._waiting, {}
                self._many_ask = sum(map(len, sent.values())) > 1
                await self._tell(sent)
        finally:
            self._under_way = None

    async def _tell(self, sent: dict[Question, list[asyncio.Future[Truth | None]]]) -> None:
        try:
            found = await truths(self._rows, sent)
        except Exception as error:
            for told in chain.from_iterable(sent.values()):
                if not told.done():
                    told.set_exception(error)
            return
        for question, everybody in sent.items():
            truth = found.get(question)
            for told in everybody:
                if not told.done():
                    told.set_result(truth)
