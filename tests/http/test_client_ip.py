from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from kairo.http.client_ip import request_client_ip

PEER = "10.0.0.1"


@pytest.mark.parametrize(
    ("hops", "forwarded", "address"),
    [
        (0, None, PEER),
        (0, "203.0.113.7", PEER),
        (1, None, PEER),
        (1, "", PEER),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "made up, 127.0.0.1, 203.0.113.7", "203.0.113.7"),
        (1, "203.0.113.7,", PEER),
        (2, "made up, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", PEER),
    ],
)
def test_client_ip_is_the_entry_of_our_own_proxies(
    hops: int, forwarded: str | None, address: str, settings: Settings
) -> None:
    settings.PROXY_HOPS = hops
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    assert request_client_ip(RequestFactory().get("/", REMOTE_ADDR=PEER, headers=headers)) == address
