"""Shares a process's executions among tenants, so that one tenant's queue is not another's."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from time import monotonic

from kairo.core.services.rate_limits import RateLimited

MAX_RUNNING = 8
# Of one tenant beside others. Executions share the interpreter's lock: with two of them running, another tenant's one
# takes about three times as long as alone. A tenant alone leaves as many places free, so that another one's first
# execution need not wait for an end: an execution may wait for a source that answers slowly.
SHARE = 2
MAX_WAITING = 100  # of a tenant
MAX_WAIT_S = 10.0
# How long a tenant counts as another one after its last request.
RECENT_S = 2.0


class TooManyExecutions(RateLimited):
    """The tenant has as many operations waiting in this process as it may, or one waited too long."""

    def __init__(self) -> None:
        super().__init__(reason="This tenant has too many operations at once: send fewer at a time.", wait_s=1)


class ExecutionQueue:
    """Bounds the executions that run at once, in all and for each tenant, and serves waiting tenants in turns.

    One of several tenants may use `share` of the places; a tenant alone, all but so many. For one event loop; it uses
    no locks.
    """

    def __init__(
        self,
        *,
        max_running: int = MAX_RUNNING,
        share: int = SHARE,
        max_waiting: int = MAX_WAITING,
        max_wait_s: float = MAX_WAIT_S,
    ) -> None:
        self._max_running, self._share = max_running, share
        self._max_waiting, self._max_wait_s = max_waiting, max_wait_s
        self._running: Counter[Hashable] = Counter()
        self._waiting: OrderedDict[Hashable, deque[asyncio.Future[None]]] = OrderedDict()
        self._seen_at: OrderedDict[Hashable, float] = OrderedDict()

    @asynccontextmanager
    async def turn(self, tenant: Hashable) -> AsyncIterator[None]:
        """Waits for the tenant's turn, and holds a place for the time of the block.

        Raises:
            TooManyExecutions: the tenant's queue is full, or no place was free in time.
        """
        self._note(tenant)
        if tenant not in self._waiting and self._has_place(tenant):
            self._running[tenant] += 1
        else:
            await self._wait(tenant)
        try:
            yield
        finally:
            self._release(tenant)

    async def _wait(self, tenant: Hashable) -> None:
        """Returns once this caller has a place, which `_serve` has counted as running."""
        if len(self._waiting.get(tenant, ())) >= self._max_waiting:
            raise TooManyExecutions
        queue = self._waiting.setdefault(tenant, deque())
        place = asyncio.get_running_loop().create_future()
        queue.append(place)
        try:
            await asyncio.wait_for(asyncio.shield(place), self._max_wait_s)
        except BaseException as error:
            if place.done():  # it was given a place at the same moment
                self._release(tenant)
            else:
                self._leave(tenant, place)
            if isinstance(error, TimeoutError):
                raise TooManyExecutions from None
            raise

    def _leave(self, tenant: Hashable, place: asyncio.Future[None]) -> None:
        place.cancel()
        queue = self._waiting.get(tenant)
        if queue and place in queue:
            queue.remove(place)
            if not queue:
                del self._waiting[tenant]

    def _release(self, tenant: Hashable) -> None:
        self._running[tenant] -= 1
        if not self._running[tenant]:
            del self._running[tenant]
        self._serve()

    def _serve(self) -> None:
        """Gives free places to waiting tenants in turns: who was served goes to the end."""
        served = True
        while served:
            served = False
            for tenant in list(self._waiting):
                if not self._has_place(tenant):
                    continue
                queue = self._waiting[tenant]
                queue.popleft().set_result(None)
                self._running[tenant] += 1
                served = True
                if queue:
                    self._waiting.move_to_end(tenant)
                else:
                    del self._waiting[tenant]

    def _has_place(self, tenant: Hashable) -> bool:
        if self._running.total() >= self._max_running:
            return False
        most = self._share if self._has_others(tenant) else max(self._share, self._max_running - self._share)
        return self._running.get(tenant, 0) < most

    def _has_others(self, tenant: Hashable) -> bool:
        return any(other != tenant for other in (*self._seen_at, *self._running, *self._waiting))

    def _note(self, tenant: Hashable) -> None:
        now = monotonic()
        self._seen_at[tenant] = now
        self._seen_at.move_to_end(tenant)
        while now - next(iter(self._seen_at.values())) > RECENT_S:
            self._seen_at.popitem(last=False)
