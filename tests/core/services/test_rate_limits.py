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


def test_a_token_has_its_own_limit(settings: Settings) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 10
    one = caller()
    assert [is_limited(one, cost=5) for _ in range(3)] == [False, False, True]
    assert not is_limited(caller(one), cost=5)


def test_the_tokens_of_a_tenant_share_a_limit(settings: Settings) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 10
    settings.RATE_LIMIT_TENANT_COST_PER_MIN = 15
    one = caller()
    assert not is_limited(one, cost=10)
    assert is_limited(caller(one), cost=10)
    assert not is_limited(caller(one), cost=5)
    assert not is_limited(caller(), cost=10)


def test_what_was_served_already_counts_against_token_and_tenant(settings: Settings) -> None:
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


def test_the_error_says_when_to_come_again(settings: Settings) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 10
    one = caller()
    spend(caller=one, cost=10)
    with pytest.raises(RateLimited, match=r"The token may ask for 10 values a minute\. Try again in \d+ s\.") as caught:
        spend(caller=one, cost=5)
    assert 60 <= caught.value.retry_after_s <= 90
    assert caught.value.retryable


@pytest.mark.parametrize(("most", "url"), [(0, None), (1, "")])
def test_a_limit_of_nought_and_no_redis_are_no_limit(settings: Settings, most: int, url: str | None) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = most
    settings.REDIS_URL = settings.REDIS_URL if url is None else url
    one = caller()
    assert not any(is_limited(one, cost=100) for _ in range(3))


def address() -> str:
    """One that no other test has."""
    return f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}::1"


def is_blocked(address: str) -> bool:
    try:
        check_address(address=address)
    except RateLimited:
        return True
    return False


def test_an_address_is_blocked_after_too_many_failures_and_no_other(settings: Settings) -> None:
    settings.RATE_LIMIT_FAILED_AUTH_PER_MIN = 3
    one, other = address(), address()
    for _ in range(3):
        note_failure(address=one)
        assert not is_blocked(one)
    note_failure(address=one)
    assert is_blocked(one)
    assert not is_blocked(other)


def test_a_network_of_ipv6_is_one_address(settings: Settings) -> None:
    settings.RATE_LIMIT_FAILED_AUTH_PER_MIN = 3
    one = address()
    for n in range(4):
        note_failure(address=one.removesuffix("1") + str(n))
    assert is_blocked(one)


def test_ipv4_is_the_same_address_inside_ipv6(settings: Settings) -> None:
    settings.RATE_LIMIT_FAILED_AUTH_PER_MIN = 1
    one = f"10.{uuid4().int % 250}.{uuid4().int % 250}.7"
    for _ in range(2):
        note_failure(address=f"::ffff:{one}")
    assert is_blocked(one)
    assert not is_blocked(one.removesuffix("7") + "8")


def test_a_peer_without_address_is_never_blocked(settings: Settings) -> None:
    settings.RATE_LIMIT_FAILED_AUTH_PER_MIN = 1
    for _ in range(3):
        note_failure(address="")
    assert not is_blocked("")


def test_a_process_remembers_no_more_addresses_than_it_says(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RATE_LIMIT_FAILED_AUTH_PER_MIN = 1
    monkeypatch.setattr(rate_limits, "MOST_BLOCKED", 3)
    monkeypatch.setattr(rate_limits, "_blocked_until", {})
    addresses = [address() for _ in range(5)]
    for one in addresses:
        note_failure(address=one)
        note_failure(address=one)
    assert [is_blocked(one) for one in addresses] == [False, False, True, True, True]
