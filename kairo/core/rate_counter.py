"""Rate limit counters in Redis, shared by all processes."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple

import redis
from limits import RateLimitItemPerMinute
from limits.storage import RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from redis.client import Pipeline
from redis.exceptions import RedisError

from kairo.db.failures import redis_failure
from kairo.db.redis_url import connection_pool
from kairo.observability import metrics

logger = logging.getLogger(__name__)

TIMEOUT_S = 0.1  # of a Redis call; a limit is not worth a longer wait of the request
OPEN_S = 5.0
WARNING_INTERVAL_S = 60.0
_BATCH_SIZE = 500  # charges per pipeline; their scripts block Redis for other clients
_MIN_WAIT_S = 0.001  # for a refused charge that would fit by now

_KEY_PREFIX = "kairo:rate"
PROBE_KEY = f"{_KEY_PREFIX}:probe"  # among the counters, which an ACL may allow alone


class Charge(NamedTuple):
    """A cost to count under a name. A cost above the limit counts as the whole limit, or it would never fit."""

    name: tuple[str, ...]
    cost: int
    max_per_min: int


class RateCounter:
    """Counts costs by name in a sliding window of a minute.

    It raises nothing. Redis calls time out after `TIMEOUT_S`; after a failure a circuit breaker allows every charge
    without a Redis call for `OPEN_S`.

    `SlidingWindowCounterRateLimiter.get_window_stats` cannot give the wait: it says when a single unit is free, which
    at millions a minute is microseconds. `_wait_for_room_s` computes from the same counters when the whole cost fits.
    """

    def __init__(self, url: str) -> None:
        pool = connection_pool(url, timeout_s=TIMEOUT_S)
        self._redis = redis.Redis(connection_pool=pool)
        self._storage = RedisStorage("redis://", connection_pool=pool, key_prefix=_KEY_PREFIX)
        self._limiter = SlidingWindowCounterRateLimiter(self._storage)
        self._breaker = _CircuitBreaker()

    def wait_s(self, *name: str, cost: int, max_per_min: int) -> float:
        """Counts the cost and returns 0, or returns in how many seconds it fits. One round trip while it fits."""
        return self._charge([Charge(name, cost, max_per_min)])[0]

    def waits_s(self, charges: Sequence[Charge]) -> list[float]:
        """As `wait_s` for each charge, in one pipeline per 500 of them."""
        batches = (charges[start : start + _BATCH_SIZE] for start in range(0, len(charges), _BATCH_SIZE))
        return [wait for batch in batches for wait in self._charge(batch)]

    def _charge(self, charges: Sequence[Charge]) -> list[float]:
        if not self._breaker.allows_call(now=monotonic()):
            return [0] * len(charges)
        try:
            waits = [
                0 if fits else self._wait_for_room_s(charge)
                for charge, fits in zip(charges, self._hits(charges), strict=True)
            ]
        except (RedisError, OSError, UnicodeError) as error:
            self._breaker.open(now=monotonic(), reason=redis_failure(error))
            return [0] * len(charges)
        self._breaker.close()
        return waits

    def _hits(self, charges: Sequence[Charge]) -> list[bool]:
        if len(charges) == 1:  # a pipeline sends SCRIPT EXISTS first, a second round trip
            return [_hit(self._limiter, charges[0])]
        with self._redis.pipeline(transaction=False) as pipeline:
            limiter = SlidingWindowCounterRateLimiter(_PipelinedStorage(pipeline))
            for charge in charges:
                _hit(limiter, charge)
            return [bool(result) for result in pipeline.execute()]

    def _wait_for_room_s(self, charge: Charge) -> float:
        """The window's count is the current minute's plus the previous minute's, weighted by its remaining lifetime.

        The weighted count is rounded down, so the cost fits once it is less than one above the room for it.
        """
        item, cost = _item_and_cost(charge)
        window_s, key = item.get_expiry(), item.key_for(*charge.name)
        previous, previous_expires_s, current, current_expires_s = self._storage.get_sliding_window(key, window_s)
        excess = current + cost - item.amount
        if excess <= 0:
            wait = previous_expires_s - (1 - excess) * window_s / max(1, previous)
        else:
            # The current minute's key expires after it has served as the previous minute.
            wait = current_expires_s - (item.amount - cost + 1) * window_s / max(1, current)
        return max(_MIN_WAIT_S, wait)


class _PipelinedStorage(RedisStorage):
    """Queues the limiter's script calls in a pipeline; `pipeline.execute()` has their results."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        super().__init__("redis://", connection_pool=pipeline.connection_pool, key_prefix=_KEY_PREFIX)

    def get_connection(self, readonly: bool = False) -> Any:
        return self._pipeline


def _hit(limiter: SlidingWindowCounterRateLimiter, charge: Charge) -> bool:
    item, cost = _item_and_cost(charge)
    return limiter.hit(item, *charge.name, cost=cost)


def _item_and_cost(charge: Charge) -> tuple[RateLimitItemPerMinute, int]:
    return RateLimitItemPerMinute(charge.max_per_min), min(charge.cost, charge.max_per_min)


class _CircuitBreaker:
    """Open after a failure for `OPEN_S`; then one caller at a time tries again. Warns once in `WARNING_INTERVAL_S`."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open_until: float | None = None
        self._warned_at: float | None = None

    def allows_call(self, *, now: float) -> bool:
        if self._open_until is None:
            return True
        with self._lock:
            if self._open_until is None:
                return True
            if now < self._open_until:
                return False
            self._open_until = now + OPEN_S
            return True

    def open(self, *, now: float, reason: str) -> None:
        with self._lock:
            self._open_until = now + OPEN_S
            if self._warned_at is not None and now - self._warned_at < WARNING_INTERVAL_S:
                return
            self._warned_at = now
        logger.warning("rate limits are not kept for now: Redis cannot count (%s)", reason)
        metrics.count(f"redis_unavailable_{reason}")

    def close(self) -> None:
        self._open_until = None
