"""How much may be asked for in a minute: by a token, by a tenant, and by an address that has no valid token.

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

MOST_BLOCKED = 10_000  # addresses remembered by one process
_IPV6_NETWORK_BITS = 64  # what one customer of a provider has to himself

_counter = lru_cache(maxsize=2)(RateCounter)
_blocked_until: dict[str, float] = {}


class RateLimited(KairoError):
    """The caller has used up a limit; in `retry_after_s` seconds, a whole number above 0, there is room again."""

    code = "RATE_LIMITED"
    retryable = True

    def __init__(self, *, why: str, wait_s: float) -> None:
        self.retry_after_s = max(1, ceil(wait_s))
        super().__init__(f"{why} Try again in {self.retry_after_s} s.")


def spend(*, caller: Caller, cost: int) -> None:
    """Counts an operation of this cost for the caller's token and tenant.

    Raises:
        RateLimited: one of the two has spent its limit; the operation is not to be run.
    """
    for whose, id_, most in _limits_of(caller):
        if wait_s := _wait_s(whose, id_, cost=cost, most_per_min=most):
            raise RateLimited(why=f"The {whose} may ask for {most} values a minute.", wait_s=wait_s)


def spend_afterwards(costs: Sequence[tuple[Caller, int]]) -> list[float]:
    """Counts what each of these callers was served already; in how many seconds each has room again, 0 for now.

    All of them in few round trips.
    """
    charges = [
        (at, Charge((whose, id_), cost, most))
        for at, (caller, cost) in enumerate(costs)
        for whose, id_, most in _limits_of(caller)
        if most
    ]
    waits = [0.0] * len(costs)
    if settings.REDIS_URL:
        found = _counter(settings.REDIS_URL).waits_s([charge for _, charge in charges])
        for (at, _), wait_s in zip(charges, found, strict=True):
            waits[at] = max(waits[at], wait_s)
    return waits


def smallest_limit() -> int:
    """The smaller of the limits on what a caller may ask for in a minute; 0 where nothing is counted."""
    if not settings.REDIS_URL:
        return 0
    limits = (settings.RATE_LIMIT_TOKEN_COST_PER_MIN, settings.RATE_LIMIT_TENANT_COST_PER_MIN)
    return min(filter(None, limits), default=0)


def are_addresses_blocked() -> bool:
    """Whether any ever was: who asks often need not find out where each request comes from."""
    return bool(_blocked_until)


def check_address(*, address: str) -> None:
    """Asked before a token is looked up. Costs nothing: an address is blocked by each process that saw it fail.

    Raises:
        RateLimited: too many authentications from this address failed.
    """
    until = _blocked_until.get(_network(address))
    if until is not None and (wait_s := until - monotonic()) > 0:
        raise RateLimited(why="Too many requests from this address had no valid token.", wait_s=wait_s)


def note_failure(*, address: str) -> None:
    """Counts a failed authentication, and blocks the address when it was one too many. An unknown one never is."""
    network = _network(address)
    most = settings.RATE_LIMIT_FAILED_AUTH_PER_MIN
    if network and (wait_s := _wait_s("address", network, cost=1, most_per_min=most)):
        _block(network, until=monotonic() + wait_s)


def _limits_of(caller: Caller) -> tuple[tuple[str, str, int], ...]:
    """Whose limits an operation counts against: what they are called, their ids, and the most in a minute."""
    return (
        ("token", str(caller.token_id), settings.RATE_LIMIT_TOKEN_COST_PER_MIN),
        ("tenant", str(caller.tenant_id), settings.RATE_LIMIT_TENANT_COST_PER_MIN),
    )


def _wait_s(*name: str, cost: int, most_per_min: int) -> float:
    if not settings.REDIS_URL or not most_per_min:
        return 0
    return _counter(settings.REDIS_URL).wait_s(*name, cost=cost, most_per_min=most_per_min)


def _block(network: str, *, until: float) -> None:
    while len(_blocked_until) >= MOST_BLOCKED:
        _blocked_until.pop(next(iter(_blocked_until)), None)
    _blocked_until[network] = until


def _network(address: str) -> str:
    """What is counted as one: an IPv4 address, a network of IPv6, or whatever else the server calls its peer."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:100]
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ip_network((int(found), _IPV6_NETWORK_BITS), strict=False))
