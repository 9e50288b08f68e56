from __future__ import annotations

import logging
from collections.abc import Sequence
from copy import copy
from threading import Lock
from time import monotonic
from typing import NamedTuple

import redis
from limits import RateLimitItemPerMinute
from limits.storage import RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

# What a request may wait for a count. A limit that is late by more than this is worth less than the request.
TIMEOUT_S = 0.1
LEFT_ALONE_S = 5.0
SAID_EVERY_S = 60.0
_AT_A_TIME = 500  # charges that one round trip is for: Redis does nothing else meanwhile
_AT_ONCE_S = 0.001  # refused, and there was room by the time that the store was asked how long it will take


class Charge(NamedTuple):
    """What is to be counted under a name. A cost above the whole limit counts as all of it, so that it has its turn."""

    name: tuple[str, ...]
    cost: int
    most_per_min: int


class RateCounter:
    """What was spent in the last minute, by name: a sliding window in Redis, one for all processes.

    It never raises, and hardly ever makes a request wait: a Redis that does not answer is left alone for
    LEFT_ALONE_S, and everything is let through meanwhile. The log says so once in SAID_EVERY_S.
    """

    def __init__(self, url: str) -> None:
        pool = redis.ConnectionPool.from_url(
            url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S, retry=Retry(NoBackoff(), 0)
        )
        self._redis = redis.Redis(connection_pool=pool)
        self._storage = RedisStorage("redis://", connection_pool=pool, key_prefix="kairo:rate")
        self._limiter = SlidingWindowCounterRateLimiter(self._storage)
        self._outage = _Outage()

    def wait_s(self, *name: str, cost: int, most_per_min: int) -> float:
        """0 where `cost` could be spent and now is; else in how many seconds it could be."""
        return self._waits_s([Charge(name, cost, most_per_min)])[0]

    def waits_s(self, charges: Sequence[Charge]) -> list[float]:
        """What `wait_s` says of each, in few round trips."""
        return [
            wait for at in range(0, len(charges), _AT_A_TIME) for wait in self._waits_s(charges[at : at + _AT_A_TIME])
        ]

    def _waits_s(self, charges: Sequence[Charge]) -> list[float]:
        if not self._outage.may_try(now=monotonic()):
            return [0] * len(charges)
        try:
            waits = [
                0 if spent else self._until_free(charge)
                for charge, spent in zip(charges, self._spent(charges), strict=True)
            ]
        except RedisError as error:
            self._outage.begins(now=monotonic(), why=type(error).__name__)
            return [0] * len(charges)
        self._outage.is_over()
        return waits

    def _spent(self, charges: Sequence[Charge]) -> list[bool]:
        if len(charges) == 1:  # a pipeline would ask first whether Redis knows the script
            return [_hit(self._limiter, charges[0])]
        with self._redis.pipeline(transaction=False) as pipeline:
            storage = copy(self._storage)
            storage.lua_acquire_sliding_window = pipeline.register_script(storage.lua_acquire_sliding_window.script)
            limiter = SlidingWindowCounterRateLimiter(storage)
            for charge in charges:
                _hit(limiter, charge)
            return [bool(spent) for spent in pipeline.execute()]

    def _until_free(self, charge: Charge) -> float:
        """A window weighs less with every second after its end, and nothing a whole window later. Its weight is
        rounded down, so there is room as soon as it is less than one above what would fit.
        """
        item, cost = _item_and_cost(charge)
        window, key = item.get_expiry(), item.key_for(*charge.name)
        before, before_ends_s, current, current_ends_s = self._storage.get_sliding_window(key, window)
        over = current + cost - item.amount
        if over <= 0:
            wait = before_ends_s - (1 - over) * window / max(1, before)
        else:
            # The store counts a window's life to the end of its fading.
            wait = current_ends_s - (item.amount - cost + 1) * window / max(1, current)
        return max(_AT_ONCE_S, wait)


def _hit(limiter: SlidingWindowCounterRateLimiter, charge: Charge) -> bool:
    item, cost = _item_and_cost(charge)
    return limiter.hit(item, *charge.name, cost=cost)


def _item_and_cost(charge: Charge) -> tuple[RateLimitItemPerMinute, int]:
    return RateLimitItemPerMinute(charge.most_per_min), min(charge.cost, charge.most_per_min)


class _Outage:
    """Whether Redis is left alone for now. While it is away, one caller at a time finds out if it is back."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._until: float | None = None
        self._said_at: float | None = None

    def may_try(self, *, now: float) -> bool:
        if self._until is None:
            return True
        with self._lock:
            if self._until is None:
                return True
            if now < self._until:
                return False
            self._until = now + LEFT_ALONE_S
            return True

    def begins(self, *, now: float, why: str) -> None:
        with self._lock:
            self._until = now + LEFT_ALONE_S
            if self._said_at is not None and now - self._said_at < SAID_EVERY_S:
                return
            self._said_at = now
        logger.warning("rate limits are not kept for now: Redis does not answer (%s)", why)

    def is_over(self) -> None:
        self._until = None
