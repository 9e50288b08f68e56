"""Rate limits per minute: the cost of operations per token and tenant, and failed authentications per client address.

Without Redis, or with a limit of 0 in the settings, nothing is limited.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import ip_address, ip_network
from math import ceil
from time import monotonic

from django.conf import settings

from kairo.core.errors import KairoError
from kairo.core.rate_counter import Charge, RateCounter
from kairo.core.services.access import Caller

MAX_BLOCKED = 10_000  # addresses per process; the oldest are unblocked first
_IPV6_NETWORK_BITS = 64  # the usual prefix of one customer

_counter = lru_cache(maxsize=2)(RateCounter)
_blocked_until: dict[str, float] = {}


class RateLimited(KairoError):
    """A limit is exceeded; `retry_after_s` is a whole number of seconds, at least 1."""

    code = "RATE_LIMITED"
    retryable = True

    def __init__(self, *, reason: str, wait_s: float) -> None:
        self.retry_after_s = max(1, ceil(wait_s))
        super().__init__(f"{reason} Try again in {self.retry_after_s} s.")


def spend(*, caller: Caller, cost: int) -> None:
    """Charges an operation's cost to the caller's token and tenant, before the operation runs.

    Raises:
        RateLimited: the cost exceeds what is left of a limit.
    """
    for subject, id_, limit in _limits_of(caller):
        if wait_s := _wait_s(subject, id_, cost=cost, max_per_min=limit):
            raise RateLimited(reason=f"The {subject} may ask for {limit} values a minute.", wait_s=wait_s)


def spend_afterwards(costs: Sequence[tuple[Caller, int]]) -> list[float]:
    """Charges each caller for operations that it was served already, in few round trips.

    Returns per caller the seconds until it may be served again, 0 for at once.
    """
    charges = [
        (index, Charge((subject, id_), cost, limit))
        for index, (caller, cost) in enumerate(costs)
        for subject, id_, limit in _limits_of(caller)
        if limit
    ]
    waits = [0.0] * len(costs)
    if settings.REDIS_URL:
        charge_waits = _counter(settings.REDIS_URL).waits_s([charge for _, charge in charges])
        for (index, _), wait_s in zip(charges, charge_waits, strict=True):
            waits[index] = max(waits[index], wait_s)
    return waits


def smallest_limit() -> int:
    """The smaller of the token's and the tenant's limit; 0 without limits."""
    if not settings.REDIS_URL:
        return 0
    limits = (settings.RATE_LIMIT_TOKEN_COST_PER_MIN, settings.RATE_LIMIT_TENANT_COST_PER_MIN)
    return min(filter(None, limits), default=0)


def are_addresses_blocked() -> bool:
    """Whether this process has blocked any; if not, a caller need not resolve the client's address."""
    return bool(_blocked_until)


def check_address(*, address: str) -> None:
    """Refuses a blocked client address before its token is looked up. Each process keeps its own list of them.

    Raises:
        RateLimited: too many authentications from this address failed.
    """
    until = _blocked_until.get(_network(address))
    if until is not None and (wait_s := until - monotonic()) > 0:
        raise RateLimited(reason="Too many requests from this address had no valid token.", wait_s=wait_s)


def note_failure(*, address: str) -> None:
    """Counts a failed authentication, and blocks the address above the limit. An empty address is never blocked."""
    network = _network(address)
    limit = settings.RATE_LIMIT_FAILED_AUTH_PER_MIN
    if network and (wait_s := _wait_s("address", network, cost=1, max_per_min=limit)):
        _block(network, until=monotonic() + wait_s)


def _limits_of(caller: Caller) -> tuple[tuple[str, str, int], ...]:
    """The limits of a caller's operations: subject, its id, and the maximum cost per minute."""
    return (
        ("token", str(caller.token_id), settings.RATE_LIMIT_TOKEN_COST_PER_MIN),
        ("tenant", str(caller.tenant_id), settings.RATE_LIMIT_TENANT_COST_PER_MIN),
    )


def _wait_s(*name: str, cost: int, max_per_min: int) -> float:
    if not settings.REDIS_URL or not max_per_min:
        return 0
    return _counter(settings.REDIS_URL).wait_s(*name, cost=cost, max_per_min=max_per_min)


def _block(network: str, *, until: float) -> None:
    while len(_blocked_until) >= MAX_BLOCKED:
        _blocked_until.pop(next(iter(_blocked_until)), None)
    _blocked_until[network] = until


def _network(address: str) -> str:
    """The key of an address: an IPv4 address, the /64 network of an IPv6 address, or any other peer name."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:100]
    if parsed.version == 4:
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((int(parsed), _IPV6_NETWORK_BITS), strict=False))
