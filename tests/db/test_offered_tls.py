from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from kairo.db import offered_tls
from kairo.db.health_checked_connection import HealthCheckedConnection

_SSL_REQUEST_LENGTH = 8
Serve = Callable[[bytes], str]


@pytest.fixture
def behind() -> Iterator[Serve]:
    """Starts a proxy before PostgreSQL that answers requests for TLS with this byte; returns the url through it."""
    with contextlib.ExitStack() as listeners:

        def serve(answer: bytes) -> str:
            listener = listeners.enter_context(contextlib.closing(socket.create_server(("127.0.0.1", 0))))
            url = urlsplit(settings.DATABASE_URL)
            upstream = (url.hostname or "", url.port or 5432)
            threading.Thread(target=_accept, args=(listener, upstream, answer), daemon=True).start()
            user = url.netloc.rpartition("@")[0]
            return url._replace(netloc=f"{user}@127.0.0.1:{listener.getsockname()[1]}").geturl()

        yield serve


def _accept(listener: socket.socket, upstream: tuple[str, int], answer: bytes) -> None:
    with contextlib.suppress(OSError):
        while True:
            client, _ = listener.accept()
            threading.Thread(target=_serve, args=(client, upstream, answer), daemon=True).start()


def _serve(client: socket.socket, upstream: tuple[str, int], answer: bytes) -> None:
    """After S libpq expects a handshake, and gets none."""
    with contextlib.suppress(OSError), client:
        head = client.recv(1 << 12)
        if len(head) == _SSL_REQUEST_LENGTH:
            client.sendall(answer)
            if answer == b"S":
                return
            head = client.recv(1 << 12)
        with socket.create_connection(upstream) as server:
            server.sendall(head)
            threading.Thread(target=_forward, args=(client, server), daemon=True).start()
            _forward(server, client)


def _forward(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := one.recv(1 << 16):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)


def test_tls_that_is_offered_and_fails_is_not_dropped_in_silence(behind: Serve) -> None:
    url = behind(b"S")
    with psycopg.connect(url) as connection:  # as libpq would have it
        assert not connection.pgconn.ssl_in_use
    with pytest.raises(psycopg.OperationalError, match="the server offers TLS, and no connection with it was made"):
        HealthCheckedConnection.connect(url)


def test_url_may_allow_connections_without_tls(behind: Serve) -> None:
    with HealthCheckedConnection.connect(behind(b"S"), sslmode="disable") as connection:
        assert not connection.pgconn.ssl_in_use


def test_server_without_tls_is_used_and_one_elsewhere_is_named_once(
    behind: Serve, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offered_tls, "_is_local", lambda host: False)
    url = behind(b"N")
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            HealthCheckedConnection.connect(url).close()
    (record,) = caplog.records
    assert "is not encrypted: the server offers no TLS" in record.getMessage()
