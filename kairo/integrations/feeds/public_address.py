from __future__ import annotations

import ipaddress
import socket

from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.ports import SourceError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Public by number, but a cloud's own: what answers there trusts whoever can ask.
_OF_A_CLOUD = [ipaddress.ip_network(name) for name in ("168.63.129.16/32", "192.0.0.0/24")]
_IPV4_BEHIND = [ipaddress.ip_network(name) for name in ("64:ff9b::/96", "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96")]


def public_addresses(host: str, *, port: int, allow_loopback: bool) -> list[str]:
    """The addresses of a host, all of them public: who connects to one of these connects to nothing inside.

    Raises:
        SourceError: REFUSED: one is not public; or UNAVAILABLE: the name has no address now.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise SourceError(IngestionErrorCode.UNAVAILABLE, "its host has no address", retryable=True) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        number = ipaddress.ip_address(address.partition("%")[0])
        if not is_public(number) and not (allow_loopback and number.is_loopback):
            raise SourceError(IngestionErrorCode.REFUSED, "its host is not on the public internet")
    return addresses


def is_public(number: IPAddress) -> bool:
    """Whether the address is one that anybody on the internet could ask, and no way round to one that is not."""
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.sixtofour or (number.teredo[1] if number.teredo else None)
        if inner is None and any(number in network for network in _IPV4_BEHIND):
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    if number.is_multicast or number.is_reserved or number.is_private or number.is_link_local or number.is_loopback:
        return False
    return number.is_global and not any(number in network for network in _OF_A_CLOUD)
