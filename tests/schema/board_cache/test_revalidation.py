from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from schema.board_cache import revalidation
from schema.board_cache.revalidation import Revalidator

WHO = f"{UUID(int=1)} {UUID(int=2)} read"


class BlockingRows:
    """Returns a higher revision for each statement, and blocks until `released`."""

    def __init__(self) -> None:
        self.statements: list[int] = []  # the number of keys of each
        self.released = asyncio.Event()

    async def __call__(self, sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
        count = str(params[0]).count(",") + 1
        self.statements.append(count)
        revision = len(self.statements)
        await self.released.wait()
        return [(n, WHO, revision, 0.0) for n in range(1, count + 1)]


def test_validate_never_joins_a_statement_sent_before_it() -> None:
    async def run() -> tuple[list[int | None], list[int]]:
        database = BlockingRows()
        revalidator = Revalidator(database, batched=True)
        first = revalidator.validate("token", "brand")
        await asyncio.sleep(0.01)  # the statement is sent
        later = [revalidator.validate("token", brand) for brand in ("brand", "brand", "another")]
        database.released.set()
        validities = await asyncio.gather(first, *later)
        return [validity.revision if validity else None for validity in validities], database.statements

    assert asyncio.run(run()) == ([1, 2, 2, 2], [1, 2])


def test_cancelled_request_does_not_affect_the_others() -> None:
    async def run() -> int | None:
        database = BlockingRows()
        revalidator = Revalidator(database, batched=True)

        async def validate() -> int | None:
            validity = await revalidator.validate("token", "brand")
            return validity.revision if validity else None

        cancelled, waiting = asyncio.create_task(validate()), asyncio.create_task(validate())
        await asyncio.sleep(0.01)
        cancelled.cancel()
        database.released.set()
        return await waiting

    assert asyncio.run(run()) == 1


def test_batch_waits_for_more_requests_under_load() -> None:
    async def run() -> list[int]:
        database = BlockingRows()
        database.released.set()
        revalidator = Revalidator(database, batched=True)
        await asyncio.gather(*(revalidator.validate("token", brand) for brand in ("a", "b")))
        first = revalidator.validate("token", "c")
        await asyncio.sleep(0)  # the sender runs
        await asyncio.gather(first, revalidator.validate("token", "d"))
        await revalidator.validate("token", "e")
        alone = revalidator.validate("token", "f")
        await asyncio.sleep(0)
        await asyncio.gather(alone, revalidator.validate("token", "g"))
        return database.statements

    assert asyncio.run(run()) == [2, 2, 1, 1, 1]


def test_batch_takes_half_of_simultaneous_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revalidation, "_MAX_WAIT_S", 60)

    async def run() -> list[int]:
        database = BlockingRows()
        database.released.set()
        revalidator = Revalidator(database, batched=True)
        await asyncio.gather(*(revalidator.validate("token", str(n)) for n in range(20)))
        first = revalidator.validate("token", "0")
        await asyncio.sleep(0)  # the sender waits for the batch
        async with asyncio.timeout(10):
            await asyncio.gather(first, *(revalidator.validate("token", str(n)) for n in range(1, 20)))
        return database.statements

    assert asyncio.run(run()) == [20, 11, 9]
