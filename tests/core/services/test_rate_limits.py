from __future__ import annotations

from uuid import uuid4

import pytest
from pytest_django import Settings

from kairo.core.ids import new_id
from kairo.core.services import rate_limits
from kairo.core.services.access import Caller
from kairo.core.services.rate_limits import RateLimited, check_address, note_failure, spend, spend_afterwards


def caller(tenant: Caller | None = None) -> Caller:
    return Caller(tenant_id=tenant.tenant_id if tenant else new_id(), token_id=new_id(), scopes=frozenset())


def is_limited(caller: Caller, *, cost: int) -> bool:
    try:
        spend(caller=caller, cost=cost)
    except RateLimited:
        return True
    return False


def test_token_limit_is_per_token(settings: Settings) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 10
    one = caller()
    assert [is_limited(one, cost=5) for _ in range(3)] == [False, False, True]
    assert not is_limited(caller(one), cost=5)


def test_tenant_limit_is_shared_by_its_tokens(settings: Settings) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 10
    settings.RATE_LIMIT_TENANT_COST_PER_MIN = 15
    one = caller()
    assert not is_limited(one, cost=10)
    assert is_limited(caller(one), cost=10)
    assert not is_limited(caller(one), cost=5)
    assert not is_limited(caller(), cost=10)


def test_spend_afterwards_charges_token_and_tenant(settings: Settings) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 10
    settings.RATE_LIMIT_TENANT_COST_PER_MIN = 15
    one, another = caller(), caller()
    of_one = caller(one)
    waits = spend_afterwards([(one, 10), (another, 6), (of_one, 6), (another, 6)])
    assert [wait > 0 for wait in waits] == [False, False, True, True]
    assert not is_limited(another, cost=3)
    assert is_limited(caller(another), cost=1)  # it was served, whether or not the token still had room
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = settings.RATE_LIMIT_TENANT_COST_PER_MIN = 0
    assert spend_afterwards([(one, 100)]) == [0]


def test_error_has_retry_after(settings: Settings) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 10
    one = caller()
    spend(caller=one, cost=10)
    with pytest.raises(RateLimited, match=r"The token may ask for 10 values a minute\. Try again in \d+ s\.") as error:
        spend(caller=one, cost=5)
    assert 60 <= error.value.retry_after_s <= 90
    assert error.value.retryable


@pytest.mark.parametrize(("limit", "url"), [(0, None), (1, "")])
def test_limit_of_zero_and_no_redis_mean_no_limit(settings: Settings, limit: int, url: str | None) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = limit
    settings.REDIS_URL = settings.REDIS_URL if url is None else url
    one = caller()
    assert not any(is_limited(one, cost=100) for _ in range(3))


def address() -> str:
    """An address that no other test uses."""
    return f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}::1"


def is_blocked(address: str) -> bool:
    try:
        check_address(address=address)
    except RateLimited:
        return True
    return False


def test_address_is_blocked_after_too_many_failures(settings: Settings) -> None:
    settings.RATE_LIMIT_FAILED_AUTH_PER_MIN = 3
    one, other = address(), address()
    for _ in range(3):
        note_failure(address=one)
        assert not is_blocked(one)
    note_failure(address=one)
    assert is_blocked(one)
    assert not is_blocked(other)


def test_ipv6_network_counts_as_one_address(settings: Settings) -> None:
    settings.RATE_LIMIT_FAILED_AUTH_PER_MIN = 3
    one = address()
    for n in range(4):
        note_failure(address=one.removesuffix("1") + str(n))
    assert is_blocked(one)


def test_ipv4_mapped_address_counts_as_ipv4(settings: Settings) -> None:
    settings.RATE_LIMIT_FAILED_AUTH_PER_MIN = 1
    one = f"10.{uuid4().int % 250}.{uuid4().int % 250}.7"
    for _ in range(2):
        note_failure(address=f"::ffff:{one}")
    assert is_blocked(one)
    assert not is_blocked(one.removesuffix("7") + "8")


def test_empty_address_is_never_blocked(settings: Settings) -> None:
    settings.RATE_LIMIT_FAILED_AUTH_PER_MIN = 1
    for _ in range(3):
        note_failure(address="")
    assert not is_blocked("")


def test_blocked_addresses_are_limited(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RATE_LIMIT_FAILED_AUTH_PER_MIN = 1
    monkeypatch.setattr(rate_limits, "MAX_BLOCKED", 3)
    monkeypatch.setattr(rate_limits, "_blocked_until", {})
    addresses = [address() for _ in range(5)]
    for one in addresses:
        note_failure(address=one)
        note_failure(address=one)
    assert [is_blocked(one) for one in addresses] == [False, False, True, True, True]
