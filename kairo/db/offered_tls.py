"""Refuses a connection without TLS to a server that offers it: libpq's default drops TLS in silence when it fails."""

from __future__ import annotations

import logging
import socket
import struct
from ipaddress import ip_address

import psycopg
from psycopg.pq.abc import PGconn

logger = logging.getLogger("kairo.db")

_SSL_REQUEST = struct.pack("!ii", 8, 80877103)  # its answer is S or N
_TIMEOUT_S = 1.0
_unencrypted: set[tuple[bytes, bytes]] = set()  # servers that offered none, once in this process


def require_offered_tls(connection: PGconn) -> None:
    """Returns if the connection uses TLS or need not: where libpq did without, the server is asked if it offers any.

    A URL with sslmode says what is wanted, and libpq does that. One without lets libpq try TLS, and try again without:
    where the server has none, but also where its certificate or the handshake failed.

    Raises:
        OperationalError: the server offers TLS.
    """
    if connection.ssl_in_use or connection.host.startswith(b"/"):
        return
    server = (connection.hostaddr or connection.host, connection.port)
    if server in _unencrypted or _mode(connection) != b"prefer":
        return
    if _offers_tls(server):
        connection.finish()
        raise psycopg.OperationalError(
            "the server offers TLS, and no connection with it was made: see its certificate and pg_hba.conf, or allow"
            " connections without by sslmode=disable"
        )
    _unencrypted.add(server)
    if not _is_local(server[0]):
        logger.warning(
            "the connection to PostgreSQL at %s is not encrypted: the server offers no TLS", server[0].decode()
        )


def _mode(connection: PGconn) -> bytes | None:
    return next((option.val for option in connection.info if option.keyword == b"sslmode"), None)


def _offers_tls(server: tuple[bytes, bytes]) -> bool:
    try:
        with socket.create_connection((server[0].decode(), int(server[1])), timeout=_TIMEOUT_S) as probe:
            probe.sendall(_SSL_REQUEST)
            return probe.recv(1) == b"S"
    except OSError:
        return False  # the connection that was made says that the server is there; the next one asks again


def _is_local(host: bytes) -> bool:
    try:
        return ip_address(host.decode()).is_loopback
    except ValueError:
        return host == b"localhost"
