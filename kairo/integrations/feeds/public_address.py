from __future__ import annotations

import ipaddress
import socket

from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.ports import SourceError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# The ipaddress modules of Python 3.11 to 3.14 differ in is_global and is_private, so these are refused by name.
_NOT_PUBLIC_NETWORKS = [
    ipaddress.ip_network(name)
    for name in (
        "168.63.129.16/32",  # a cloud's metadata service, which trusts every client
        "192.0.0.0/24",  # IETF protocol assignments, and another cloud's metadata service
        "192.88.99.0/24",  # relays of 6to4, deprecated
        "2001::/23",  # IETF protocol assignments
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
    )
]
_IPV6_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")  # the only part of IPv6 that IANA has given out for it
_IPV4_EMBEDDING_NETWORKS = [
    ipaddress.ip_network(name) for name in ("64:ff9b::/96", "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96")
]


def public_addresses(host: str, *, port: int, allow_loopback: bool) -> list[str]:
    """Resolves a host to its IP addresses and checks that all are public, which prevents server-side request forgery.

    Raises:
        SourceError: REFUSED, if one is not public; UNAVAILABLE, if the name does not resolve.
    """
    try:
        results = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise SourceError(IngestionErrorCode.UNAVAILABLE, "its host has no address", retryable=True) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in results))
    for address in addresses:
        ip = ipaddress.ip_address(address.partition("%")[0])
        if not is_public(ip) and not (allow_loopback and ip.is_loopback):
            raise SourceError(IngestionErrorCode.REFUSED, "its host is not on the public internet")
    return addresses


def is_public(ip: IPAddress) -> bool:
    """Returns whether the address is global unicast, or embeds an IPv4 address that is (6to4, Teredo, NAT64)."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and any(ip in network for network in _IPV4_EMBEDDING_NETWORKS):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if ip not in _IPV6_GLOBAL_UNICAST:
            return False
    if ip.is_multicast or ip.is_reserved or ip.is_private or ip.is_link_local or ip.is_loopback:
        return False
    return ip.is_global and not any(ip in network for network in _NOT_PUBLIC_NETWORKS)
