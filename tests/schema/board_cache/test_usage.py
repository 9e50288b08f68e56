from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest
from pytest_django import Settings

from kairo.core.services.access import Caller
from schema.board_cache import usage as module
from schema.board_cache.usage import UsageRecorder


@pytest.fixture(autouse=True)
def sums_are_told_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FLUSHED_EVERY_S", 0.1)


def a_caller() -> Caller:
    return Caller(tenant_id=uuid4(), token_id=uuid4(), scopes=frozenset({"read"}))


async def spent(spending: UsageRecorder, caller: Caller, *costs: int) -> bool:
    """Whether the caller has room left once these were counted."""
    for cost in costs:
        spending.note(caller, cost)
    if spending._flushing is not None:  # it ends once all is said
        await spending._flushing
    return spending.has_room(caller)


def test_a_limit_that_is_reached_stops_who_reached_it(settings: Settings) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 100

    async def run() -> list[bool]:
        spending, greedy, modest = UsageRecorder(), a_caller(), a_caller()
        return [
            await spent(spending, greedy, 50, 50),
            await spent(spending, modest, 50),
            await spent(spending, greedy, 1),
            spending.has_room(modest),
        ]

    assert asyncio.run(run()) == [True, True, False, True]


def test_a_sum_that_is_much_of_a_limit_is_told_at_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 1000
    monkeypatch.setattr(module, "FLUSHED_EVERY_S", 600)

    async def run() -> None:
        spending, greedy, modest = UsageRecorder(), a_caller(), a_caller()
        spending.note(modest, 1)
        async with asyncio.timeout(30):
            while spending.has_room(greedy):
                spending.note(greedy, 500)
                await asyncio.sleep(0.01)
        assert modest.token_id.int in spending._unsaid

    asyncio.run(run())


@pytest.mark.parametrize("url", ["", "redis://127.0.0.1:1/0"])
def test_without_redis_nobody_is_stopped(settings: Settings, url: str) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 1
    settings.REDIS_URL = url
    assert asyncio.run(spent(UsageRecorder(), a_caller(), 1, 1, 1))
