"""Opens the sockets on which the web process listens, on IPv4 and IPv6."""

from __future__ import annotations

import errno
import socket

from django.core.exceptions import ImproperlyConfigured

ALL = frozenset({"", "*", "::"})  # every address of this machine
_MISSING_FAMILY = frozenset({errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL, errno.EPROTONOSUPPORT})


def open_listeners(host: str, port: int, *, backlog: int) -> list[socket.socket]:
    """Returns one listening socket for each address of `host`; `ALL` is every address of both families.

    Each family has a socket of its own: on a socket for both, an IPv4 client's address would read `::ffff:192.0.2.1`,
    and limits by address would have to know both spellings.

    Raises:
        ImproperlyConfigured: the host is unknown or not of this machine, or the port is taken or forbidden.
    """
    sockets: list[socket.socket] = []
    try:
        for family, address in _addresses(host):
            try:
                opened = socket.create_server((address, port), family=family, backlog=backlog)
            except OSError as error:
                if host in ALL and error.errno in _MISSING_FAMILY:
                    continue  # this machine has no such family
                raise
            sockets.append(opened)
            port = port or opened.getsockname()[1]  # both families have the port that the first was given
    except OSError as error:
        for opened in sockets:
            opened.close()
        reason = (error.strerror or str(error)).lower()
        raise ImproperlyConfigured(f"cannot listen on host {host or '*'}, port {port}: {reason}.") from error
    if not sockets:
        raise ImproperlyConfigured("this machine has neither IPv4 nor IPv6.")
    return sockets


def _addresses(host: str) -> list[tuple[socket.AddressFamily, str]]:
    if host in ALL:
        return [(socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")]  # noqa: S104  inside a container
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return list(dict.fromkeys((family, str(address[0])) for family, _, _, _, address in found))
