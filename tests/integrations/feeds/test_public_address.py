from __future__ import annotations

import ipaddress

import pytest

from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.ports import SourceError
from kairo.integrations.feeds.public_address import is_public, public_addresses


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "192.0.0.192", "198.18.0.1", "203.0.113.5", "168.63.129.16", "240.0.0.1", "::1", "::",
     "fe80::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
     "2002:7f00:1::", "::7f00:1",
     "2001:0:ffff:ffff:0:0:80ff:fffe", "2001:db8::1",
     "fec0::1", "feff::1", "3fff::1", "3fff:fff::1", "4000::1", "5f00::1", "8000::1", "100::1", "100:0:0:1::1",
     "64:ff9b:1::101:101", "2001:2::1", "2001:10::1", "2001:20::1", "2001:1::1", "192.88.99.1", "192.0.0.9",
     "::ffff:0:10.0.0.1", "2002:a9fe:a9fe::1", "64:ff9b::a9fe:a9fe", "64:ff9b::6440:1"],
)  # fmt: skip
def test_private_addresses_are_not_public(number: str) -> None:
    assert not is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize(
    "number",
    ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "64:ff9b::101:101", "2a00:1450::1", "2002:101:101::1", "3ffe::1"],
)
def test_global_addresses_are_public(number: str) -> None:
    assert is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "::1", "169.254.169.254"])
def test_host_with_a_private_address_is_refused_in_every_spelling(host: str) -> None:
    with pytest.raises(SourceError) as fault:
        public_addresses(host, port=80, allow_loopback=False)
    assert fault.value.code is IngestionErrorCode.REFUSED


def test_loopback_is_allowed_only_on_request() -> None:
    assert public_addresses("127.0.0.1", port=80, allow_loopback=True) == ["127.0.0.1"]
    with pytest.raises(SourceError):
        public_addresses("10.0.0.1", port=80, allow_loopback=True)


def test_host_that_does_not_resolve_is_unavailable() -> None:
    for name in ("nothing.invalid", "x" * 70 + ".example"):
        with pytest.raises(SourceError) as fault:
            public_addresses(name, port=80, allow_loopback=True)
        assert fault.value.code is IngestionErrorCode.UNAVAILABLE
