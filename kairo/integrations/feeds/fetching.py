"""Asks for one page on the public internet: bounded in time, size and redirects, and never anything inside."""

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
_TIMEOUT_S = 10.0  # of one step
_DEADLINE_S = 30.0  # of all of it
_MAX_ADDRESSES = 3  # of one host
_PIECE = 64 * 1024
_REDIRECTS = {301, 302, 303, 307, 308}
_HEADERS = {
    "Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
    "Accept-Encoding": "identity",
    "User-Agent": "Kairo feed reader",
    "Connection": "close",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What was found, and at which address in the end."""

    address: str
    content_type: str
    body: bytes


def fetch(address: str, *, allow_loopback: bool = False) -> Answer:
    """What lies at an http(s) address.

    Each host on the way must be public, and is asked at the very number that was looked at: a name that means
    something else a moment later leads nowhere else. No proxy, cookie or credential is used.

    Raises:
        SourceError: a code for each way in which it can fail.
    """
    deadline = _Deadline()
    try:
        for _ in range(MAX_REDIRECTS + 1):
            answer = _asked(address, deadline=deadline, allow_loopback=allow_loopback)
            if isinstance(answer, Answer):
                return answer
            address = answer
        raise SourceError(IngestionErrorCode.INVALID_ANSWER, f"it redirects more than {MAX_REDIRECTS} times")
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        raise _fault(error, is_late=deadline.is_over) from error
    finally:
        deadline.end()


class _Deadline:
    """Ends whatever connection is open when the time is up, so that no trickle of bytes outlasts it."""

    def __init__(self) -> None:
        self.is_over = False
        self._connection: socket.socket | None = None
        self._timer = threading.Timer(_DEADLINE_S, self._pass)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, connection: socket.socket) -> None:
        self._connection = connection
        if self.is_over:
            raise TimeoutError

    def end(self) -> None:
        self._timer.cancel()

    def _pass(self) -> None:
        self.is_over = True
        if self._connection is not None:
            try:
                self._connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it is closed already


def _asked(address: str, *, deadline: _Deadline, allow_loopback: bool) -> Answer | str:
    """The answer, or the address that it sends to."""
    parts = urlsplit(address)
    host = parts.hostname
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise SourceError(IngestionErrorCode.REFUSED, "it leads to what is no plain http(s) address")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    numbers = public_addresses(host, port=port, allow_loopback=allow_loopback)
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT_S)
    try:
        connection.sock = _connected(numbers, port=port, host=host, secure=parts.scheme == "https", deadline=deadline)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={**_HEADERS, "Host": parts.netloc})
        response = connection.getresponse()
        if response.status in _REDIRECTS and (location := response.headers.get("Location")):
            return urljoin(address, location)
        _refuse_status(response)
        return Answer(
            address=address, content_type=response.headers.get("Content-Type") or "", body=_body(response, deadline)
        )
    finally:
        connection.close()


def _connected(numbers: list[str], *, port: int, host: str, secure: bool, deadline: _Deadline) -> socket.socket:
    """A connection to the first number that takes one. TLS is asked for the host by its name."""
    plain = _first_that_answers(numbers[:_MAX_ADDRESSES], port=port)
    deadline.watch(plain)
    if not secure:
        return plain
    wrapped = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    deadline.watch(wrapped)
    return wrapped


def _first_that_answers(numbers: list[str], *, port: int) -> socket.socket:
    for number in numbers[:-1]:
        try:
            return socket.create_connection((number, port), timeout=_TIMEOUT_S / 2)
        except OSError:
            continue
    return socket.create_connection((numbers[-1], port), timeout=_TIMEOUT_S)


def _body(response: http.client.HTTPResponse, deadline: _Deadline) -> bytes:
    pieces: list[bytes] = []
    size = 0
    encoding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if encoding not in {"identity", "gzip", "x-gzip"}:
        raise SourceError(IngestionErrorCode.INVALID_ANSWER, "it is packed in a way that was not asked for")
    unpacking = zlib.decompressobj(31) if encoding != "identity" else None
    while piece := response.read(_PIECE):
        unpacked = unpacking.decompress(piece, MAX_BYTES + 1 - size) if unpacking else piece
        pieces.append(unpacked)
        size += len(unpacked)
        if size > MAX_BYTES:
            raise SourceError(IngestionErrorCode.INVALID_ANSWER, f"it is larger than {MAX_BYTES:,} bytes")
    if deadline.is_over:
        raise TimeoutError
    if response.length or (unpacking is not None and not unpacking.eof):
        raise SourceError(IngestionErrorCode.INCOMPLETE_ANSWER, "it ended early", retryable=True)
    return b"".join(pieces)


_CODES = {
    401: IngestionErrorCode.UNAUTHORIZED,
    402: IngestionErrorCode.PAYMENT_REQUIRED,
    404: IngestionErrorCode.NOT_FOUND,
    410: IngestionErrorCode.NOT_FOUND,
    429: IngestionErrorCode.RATE_LIMITED,
}


def _refuse_status(response: http.client.HTTPResponse) -> None:
    if response.status == 200:
        return
    code = _CODES.get(response.status)
    if code is None:
        code = IngestionErrorCode.UNAVAILABLE if response.status >= 500 else IngestionErrorCode.REFUSED
    retryable = code in {IngestionErrorCode.UNAVAILABLE, IngestionErrorCode.RATE_LIMITED}
    wait = _retry_after_s(response.headers.get("Retry-After")) if retryable else None
    raise SourceError(code, f"it answers with HTTP status {response.status}", retryable=retryable, retry_after_s=wait)


def _retry_after_s(given: str | None) -> float | None:
    """Seconds, from either of the two forms of the header; None for what is neither."""
    if given is None:
        return None
    if given.strip().isascii() and given.strip().isdigit():
        return float(min(int(given.strip()[:9]), 86_400))
    try:
        moment = parsedate_to_datetime(given)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0.0), 86_400.0)


def _fault(error: Exception, *, is_late: bool) -> SourceError:
    if is_late or isinstance(error, TimeoutError):
        return SourceError(IngestionErrorCode.TIMED_OUT, "it took too long to answer", retryable=True)
    if isinstance(error, http.client.IncompleteRead | ConnectionResetError | http.client.RemoteDisconnected):
        return SourceError(IngestionErrorCode.INCOMPLETE_ANSWER, "it ended early", retryable=True)
    if isinstance(error, http.client.HTTPException | ValueError | zlib.error):
        return SourceError(IngestionErrorCode.INVALID_ANSWER, f"it does not speak HTTP: {type(error).__name__}")
    return SourceError(IngestionErrorCode.UNAVAILABLE, f"it cannot be reached: {type(error).__name__}", retryable=True)
