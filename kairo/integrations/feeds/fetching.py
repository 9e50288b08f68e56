"""Fetches one URL on the public internet, with limits on time, size and redirects; never an internal address."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.ports import SourceError
from kairo.integrations.feeds.public_address import public_addresses

MAX_BYTES = 5_000_000
MAX_REDIRECTS = 5
_TIMEOUT_S = 10.0  # of one socket operation
_DEADLINE_S = 30.0  # of the whole call, with redirects
_MAX_ADDRESSES = 3  # tried per host
_CHUNK_BYTES = 64 * 1024
_REDIRECT_STATUSES = {301, 302, 303, 307, 308}
_HEADERS = {
    "Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
    "Accept-Encoding": "identity",
    "User-Agent": "Kairo feed reader",
    "Connection": "close",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """A successful response; `url` is the last one after redirects."""

    url: str
    content_type: str
    body: bytes


def fetch(url: str, *, allow_loopback: bool = False) -> Response:
    """Fetches an http(s) URL and follows redirects.

    Every host must resolve to public addresses only. The connection goes to an address that was checked, so a DNS
    change after the check has no effect (DNS rebinding). No proxy, cookie or credential is used.

    Raises:
        SourceError
    """
    deadline = _Deadline()
    try:
        for _ in range(MAX_REDIRECTS + 1):
            result = _request(url, deadline=deadline, allow_loopback=allow_loopback)
            if isinstance(result, Response):
                return result
            url = result
        raise SourceError(IngestionErrorCode.INVALID_ANSWER, f"the URL redirects more than {MAX_REDIRECTS} times")
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        raise _to_source_error(error, is_late=deadline.is_over) from error
    finally:
        deadline.cancel()


class _Deadline:
    """Shuts the open connection down at the deadline: a slow trickle of bytes would never trigger a socket timeout."""

    def __init__(self) -> None:
        self.is_over = False
        self._connection: socket.socket | None = None
        self._timer = threading.Timer(_DEADLINE_S, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, connection: socket.socket) -> None:
        self._connection = connection
        if self.is_over:
            raise TimeoutError

    def cancel(self) -> None:
        self._timer.cancel()

    def _expire(self) -> None:
        self.is_over = True
        if self._connection is not None:
            try:
                self._connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # already closed


def _request(url: str, *, deadline: _Deadline, allow_loopback: bool) -> Response | str:
    """Sends one request; returns the response, or the URL that it redirects to."""
    parts = urlsplit(url)
    host = parts.hostname
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise SourceError(IngestionErrorCode.REFUSED, "the URL is not a plain http(s) URL")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    addresses = public_addresses(host, port=port, allow_loopback=allow_loopback)
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT_S)
    try:
        connection.sock = _connect(addresses, port=port, host=host, secure=parts.scheme == "https", deadline=deadline)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={**_HEADERS, "Host": parts.netloc})
        response = connection.getresponse()
        if response.status in _REDIRECT_STATUSES and (location := response.headers.get("Location")):
            return urljoin(url, location)
        _raise_for_status(response)
        content_type = response.headers.get("Content-Type") or ""
        return Response(url=url, content_type=content_type, body=_read_body(response, deadline))
    finally:
        connection.close()


def _connect(addresses: list[str], *, port: int, host: str, secure: bool, deadline: _Deadline) -> socket.socket:
    """Connects to the first address that accepts, and checks the TLS certificate against the host name."""
    plain = _connect_to_first(addresses[:_MAX_ADDRESSES], port=port)
    deadline.watch(plain)
    if not secure:
        return plain
    wrapped = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    deadline.watch(wrapped)
    return wrapped


def _connect_to_first(addresses: list[str], *, port: int) -> socket.socket:
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), timeout=_TIMEOUT_S / 2)
        except OSError:
            continue
    return socket.create_connection((addresses[-1], port), timeout=_TIMEOUT_S)


def _read_body(response: http.client.HTTPResponse, deadline: _Deadline) -> bytes:
    chunks: list[bytes] = []
    size = 0
    encoding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if encoding not in {"identity", "gzip", "x-gzip"}:
        raise SourceError(IngestionErrorCode.INVALID_ANSWER, "the response has an unsupported Content-Encoding")
    decompressor = zlib.decompressobj(31) if encoding != "identity" else None
    while chunk := response.read(_CHUNK_BYTES):
        data = decompressor.decompress(chunk, MAX_BYTES + 1 - size) if decompressor else chunk
        chunks.append(data)
        size += len(data)
        if size > MAX_BYTES:
            raise SourceError(IngestionErrorCode.INVALID_ANSWER, f"the response is larger than {MAX_BYTES:,} bytes")
    if deadline.is_over:
        raise TimeoutError
    if response.length or (decompressor is not None and not decompressor.eof):
        raise SourceError(IngestionErrorCode.INCOMPLETE_ANSWER, "the response ended early", retryable=True)
    return b"".join(chunks)


_CODES = {
    401: IngestionErrorCode.UNAUTHORIZED,
    402: IngestionErrorCode.PAYMENT_REQUIRED,
    404: IngestionErrorCode.NOT_FOUND,
    410: IngestionErrorCode.NOT_FOUND,
    429: IngestionErrorCode.RATE_LIMITED,
}


def _raise_for_status(response: http.client.HTTPResponse) -> None:
    if response.status == 200:
        return
    code = _CODES.get(response.status)
    if code is None:
        code = IngestionErrorCode.UNAVAILABLE if response.status >= 500 else IngestionErrorCode.REFUSED
    retryable = code in {IngestionErrorCode.UNAVAILABLE, IngestionErrorCode.RATE_LIMITED}
    retry_after_s = _parse_retry_after(response.headers.get("Retry-After")) if retryable else None
    detail = f"the response has HTTP status {response.status}"
    raise SourceError(code, detail, retryable=retryable, retry_after_s=retry_after_s)


def _parse_retry_after(value: str | None) -> float | None:
    """Returns the header's seconds, from a number or a date, at most a day; None for an invalid header."""
    if value is None:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(min(int(value.strip()[:9]), 86_400))
    try:
        retry_at = parsedate_to_datetime(value)
    except ValueError:
        return None
    retry_at = retry_at if retry_at.tzinfo else retry_at.replace(tzinfo=UTC)
    return min(max((retry_at - datetime.now(UTC)).total_seconds(), 0.0), 86_400.0)


def _to_source_error(error: Exception, *, is_late: bool) -> SourceError:
    if is_late or isinstance(error, TimeoutError):
        return SourceError(IngestionErrorCode.TIMED_OUT, "the response took too long", retryable=True)
    if isinstance(error, http.client.IncompleteRead | ConnectionResetError | http.client.RemoteDisconnected):
        return SourceError(IngestionErrorCode.INCOMPLETE_ANSWER, "the response ended early", retryable=True)
    if isinstance(error, http.client.HTTPException | ValueError | zlib.error):
        return SourceError(IngestionErrorCode.INVALID_ANSWER, f"the response is not valid HTTP: {type(error).__name__}")
    return SourceError(
        IngestionErrorCode.UNAVAILABLE, f"the host cannot be reached: {type(error).__name__}", retryable=True
    )
