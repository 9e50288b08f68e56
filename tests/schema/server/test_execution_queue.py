from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from schema.server.execution_queue import ExecutionQueue, TooManyExecutions


class Executions:
    """Executions that last until they are ended, in the order in which they began."""

    def __init__(self, queue: ExecutionQueue) -> None:
        self.queue = queue
        self.began: list[str] = []
        self._ends: list[tuple[str, asyncio.Event]] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def start(self, tenant: str, times: int = 1) -> None:
        self.tasks += [asyncio.create_task(self._run(tenant)) for _ in range(times)]
        await settle()

    async def _run(self, tenant: str) -> None:
        async with self.queue.turn(tenant):
            end = asyncio.Event()
            self.began.append(tenant)
            self._ends.append((tenant, end))
            await end.wait()

    async def end_one(self, tenant: str) -> None:
        found = next(entry for entry in self._ends if entry[0] == tenant)
        self._ends.remove(found)
        found[1].set()
        await settle()

    async def end_all(self) -> None:
        while self._ends:
            await self.end_one(self._ends[0][0])

    def running(self, tenant: str) -> int:
        return sum(name == tenant for name, _ in self._ends)


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(test)


def test_tenant_alone_uses_all_places_but_a_share() -> None:
    async def test() -> None:
        executions = Executions(ExecutionQueue(max_running=6, share=2))
        await executions.start("greedy", 12)
        assert executions.running("greedy") == 4
        await executions.end_all()
        assert executions.began == ["greedy"] * 12

    run(test())


def test_other_tenant_is_served_at_once_though_no_execution_ends() -> None:
    async def test() -> None:
        executions = Executions(ExecutionQueue(max_running=6, share=2))
        await executions.start("greedy", 12)
        await executions.start("other")
        assert (executions.running("greedy"), executions.running("other")) == (4, 1)
        await executions.end_one("greedy")
        await executions.end_one("greedy")
        await executions.end_one("greedy")
        assert executions.running("greedy") == 2  # beside another tenant it has its share, and not more
        await executions.end_one("other")
        for _ in range(5):
            await executions.start("other")
            assert executions.running("other") == 1  # with the greedy tenant's queue as long as it is
            await executions.end_one("other")
        await executions.end_all()
        assert executions.began.count("greedy") == 12

    run(test())


def test_waiting_tenants_are_served_in_turns() -> None:
    async def test() -> None:
        executions = Executions(ExecutionQueue(max_running=1, share=1))
        await executions.start("a")
        await executions.start("b", 3)
        await executions.start("c", 3)
        await executions.end_all()
        assert "".join(executions.began) == "abcbcbc"

    run(test())


def test_full_queue_refuses_its_own_tenant_alone() -> None:
    async def test() -> None:
        executions = Executions(ExecutionQueue(max_running=2, share=1, max_waiting=3))
        await executions.start("greedy", 5)
        assert [task.done() for task in executions.tasks] == [False] * 4 + [True]
        with pytest.raises(TooManyExecutions, match="Try again in 1 s"):
            executions.tasks[-1].result()
        await executions.start("other")
        assert not executions.tasks[-1].done()
        await executions.end_all()

    run(test())


def test_execution_that_waits_too_long_is_refused_and_leaves_the_queue() -> None:
    async def test() -> None:
        executions = Executions(ExecutionQueue(max_running=1, share=1, max_wait_s=0.01))
        await executions.start("a", 2)
        with pytest.raises(TooManyExecutions):
            await executions.tasks[1]
        await executions.end_all()
        await executions.start("a")
        assert executions.running("a") == 1
        await executions.end_all()

    run(test())


def test_client_that_leaves_frees_its_place_in_the_queue() -> None:
    async def test() -> None:
        executions = Executions(ExecutionQueue(max_running=1, share=1))
        await executions.start("a", 3)
        executions.tasks[1].cancel()
        await settle()
        await executions.end_one("a")
        assert executions.running("a") == 1
        await executions.end_all()
        assert len(executions.began) == 2

    run(test())


def test_place_given_to_a_client_that_leaves_at_that_moment_goes_to_the_next() -> None:
    async def test() -> None:
        executions = Executions(ExecutionQueue(max_running=1, share=1))
        await executions.start("a", 3)
        executions._ends.pop()[1].set()
        while not executions.tasks[0].done():
            await asyncio.sleep(0)
        executions.tasks[1].cancel()
        await settle()
        assert executions.running("a") == 1
        await executions.end_all()

    run(test())
