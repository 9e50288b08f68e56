from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest
from pytest_django import Settings

from kairo.core.services.access import Caller
from schema.board_cache import usage
from schema.board_cache.usage import UsageRecorder


@pytest.fixture(autouse=True)
def _short_flush_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage, "FLUSH_INTERVAL_S", 0.1)


def make_caller() -> Caller:
    return Caller(tenant_id=uuid4(), token_id=uuid4(), scopes=frozenset({"read"}))


async def record(recorder: UsageRecorder, caller: Caller, *costs: int) -> bool:
    """Records the costs, waits for the flush and returns whether the caller is within its limits."""
    for cost in costs:
        recorder.record(caller, cost)
    if recorder._flusher is not None:
        await recorder._flusher
    return recorder.is_within_limits(caller)


def test_limit_stops_only_the_caller_who_reached_it(settings: Settings) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 100

    async def run() -> list[bool]:
        recorder, greedy, modest = UsageRecorder(), make_caller(), make_caller()
        return [
            await record(recorder, greedy, 50, 50),
            await record(recorder, modest, 50),
            await record(recorder, greedy, 1),
            recorder.is_within_limits(modest),
        ]

    assert asyncio.run(run()) == [True, True, False, True]


def test_large_usage_is_flushed_before_the_interval_ends(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 1000
    monkeypatch.setattr(usage, "FLUSH_INTERVAL_S", 600)

    async def run() -> None:
        recorder, greedy, modest = UsageRecorder(), make_caller(), make_caller()
        recorder.record(modest, 1)
        async with asyncio.timeout(30):
            while recorder.is_within_limits(greedy):
                recorder.record(greedy, 500)
                await asyncio.sleep(0.01)
        assert modest.token_id.int in recorder._pending

    asyncio.run(run())


@pytest.mark.parametrize("url", ["", "redis://127.0.0.1:1/0"])
def test_limits_are_off_without_redis(settings: Settings, url: str) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 1
    settings.REDIS_URL = url
    assert asyncio.run(record(UsageRecorder(), make_caller(), 1, 1, 1))
