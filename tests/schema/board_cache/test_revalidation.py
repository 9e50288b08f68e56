from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from schema.board_cache import revalidation as checks_module
from schema.board_cache.revalidation import Revalidator

WHO = f"{UUID(int=1)} {UUID(int=2)} read"


class Slow:
    """A database whose revision is another with each statement, each of which takes until it is let go."""

    def __init__(self) -> None:
        self.statements: list[int] = []  # how many questions each had
        self.go = asyncio.Event()

    async def __call__(self, sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
        count = str(params[0]).count(",") + 1
        self.statements.append(count)
        revision = len(self.statements)
        await self.go.wait()
        return [(n, WHO, revision, 0.0) for n in range(1, count + 1)]


def test_nobody_is_told_by_a_statement_that_was_sent_before_he_came() -> None:
    async def told() -> tuple[list[int | None], list[int]]:
        database = Slow()
        checks = Revalidator(database, joined=True)
        first = checks.ask("token", "brand")
        await asyncio.sleep(0.01)  # it is under way
        later = [checks.ask("token", brand) for brand in ("brand", "brand", "another")]
        database.go.set()
        validities = await asyncio.gather(first, *later)
        return [truth.revision if truth else None for truth in validities], database.statements

    assert asyncio.run(told()) == ([1, 2, 2, 2], [1, 2])


def test_who_leaves_takes_nobody_elses_answer_along() -> None:
    async def told() -> int | None:
        database = Slow()
        checks = Revalidator(database, joined=True)

        async def ask() -> int | None:
            truth = await checks.ask("token", "brand")
            return truth.revision if truth else None

        leaving, staying = asyncio.create_task(ask()), asyncio.create_task(ask())
        await asyncio.sleep(0.01)
        leaving.cancel()
        database.go.set()
        return await staying

    assert asyncio.run(told()) == 1


def test_while_many_ask_a_statement_waits_for_more_of_them() -> None:
    async def asked() -> list[int]:
        database = Slow()
        database.go.set()
        checks = Revalidator(database, joined=True)
        await asyncio.gather(*(checks.ask("token", brand) for brand in ("a", "b")))
        first = checks.ask("token", "c")
        await asyncio.sleep(0)  # it could be sent by now
        await asyncio.gather(first, checks.ask("token", "d"))
        await checks.ask("token", "e")
        alone = checks.ask("token", "f")
        await asyncio.sleep(0)
        await asyncio.gather(alone, checks.ask("token", "g"))
        return database.statements

    assert asyncio.run(asked()) == [2, 2, 1, 1, 1]


def test_many_who_come_at_once_are_asked_about_in_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that one half is answered while the database works on the other. The first is sent when it is there."""
    monkeypatch.setattr(checks_module, "_GATHER_S", 60)

    async def asked() -> list[int]:
        database = Slow()
        database.go.set()
        checks = Revalidator(database, joined=True)
        await asyncio.gather(*(checks.ask("token", str(n)) for n in range(20)))
        first = checks.ask("token", "0")
        await asyncio.sleep(0)  # it gathers
        async with asyncio.timeout(10):
            await asyncio.gather(first, *(checks.ask("token", str(n)) for n in range(1, 20)))
        return database.statements

    assert asyncio.run(asked()) == [20, 11, 9]
