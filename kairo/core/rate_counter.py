from __future__ import annotations

import logging
from threading import Lock
from time import monotonic

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
_AT_ONCE_S = 0.001  # refused, and there was room by the time that the store was asked how long it will take


class RateCounter:
    """What was spent in the last minute, by name: a sliding window in Redis, one for all processes.

    It never raises, and hardly ever makes a request wait: a Redis that does not answer is left alone for
    LEFT_ALONE_S, and everything is let through meanwhile. The log says so once in SAID_EVERY_S.
    """

    def __init__(self, url: str) -> None:
        pool = redis.ConnectionPool.from_url(
            url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S, retry=Retry(NoBackoff(), 0)
        )
        self._storage = RedisStorage("redis://", connection_pool=pool, key_prefix="kairo:rate")
        self._limiter = SlidingWindowCounterRateLimiter(self._storage)
        self._outage = _Outage()

    def wait_s(self, *name: str, cost: int, most_per_min: int) -> float:
        """0 where `cost` could be spent and now is; else in how many seconds it could be.

        A cost above the whole limit counts as all of it, so that it has its turn as well.
        """
        if not self._outage.may_try(now=monotonic()):
            return 0
        item, cost = RateLimitItemPerMinute(most_per_min), min(cost, most_per_min)
        try:
            spent = self._limiter.hit(item, *name, cost=cost)
            wait = 0 if spent else self._until_free(item, *name, cost=cost)
        except RedisError as error:
            self._outage.begins(now=monotonic(), why=type(error).__name__)
            return 0
        self._outage.is_over()
        return wait

    def _until_free(self, item: RateLimitItemPerMinute, *name: str, cost: int) -> float:
        """A window weighs less with every second after its end, and nothing a whole window later. Its weight is
        rounded down, so there is room as soon as it is less than one above what would fit.
        """
        window = item.get_expiry()
        before, before_ends_s, current, current_ends_s = self._storage.get_sliding_window(item.key_for(*name), window)
        over = current + cost - item.amount
        if over <= 0:
            wait = before_ends_s - (1 - over) * window / max(1, before)
        else:
            # The store counts a window's life to the end of its fading.
            wait = current_ends_s - (item.amount - cost + 1) * window / max(1, current)
        return max(_AT_ONCE_S, wait)


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
