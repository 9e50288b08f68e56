"""Limits on a connection until a request's head is complete: bytes, seconds, and how many such connections there are.

uvicorn has none of them: a head of 100 MB was held in memory, and 2,000 half-sent heads used every connection.
"""

from __future__ import annotations

from asyncio import TimerHandle, Transport
from collections import Counter
from ipaddress import ip_address, ip_network

from django.conf import settings
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD_BYTES = 32_768
HEAD_TIMEOUT_S = 10.0
MAX_HALF_OPEN = 500  # a quarter of the connections that the server accepts; the oldest are closed first
MAX_PER_ADDRESS = 500  # except loopback, and addresses behind our own proxies, which all look alike

_TOO_LARGE = (431, b"Request Header Fields Too Large")
_TOO_LATE = (408, b"Request Timeout")


class _HeadTooLarge(Exception):
    pass


class _Trailers(list[tuple[bytes, bytes]]):
    """Takes the place of the headers once they are complete: the trailers of a body are not kept."""

    def append(self, _: tuple[bytes, bytes]) -> None:
        pass


class LimitedHttpProtocol(HttpToolsProtocol):
    """uvicorn's protocol with these limits. Its cost for a request that arrives at once is a few attributes."""

    half_open: dict[LimitedHttpProtocol, None] = {}  # of this process, the oldest first
    per_address: Counter[str] = Counter()

    _timer: TimerHandle | None = None
    _unparsed = 0  # bytes since the last complete head or part of a body
    _is_in_head = False
    _is_too_large = False
    _counted_address = ""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as uvicorn declares it
        super().connection_made(transport)
        address = _counted_address(self.client[0] if self.client else "")
        if address:
            self._counted_address = address
            self.per_address[address] += 1
            if self.per_address[address] > MAX_PER_ADDRESS:
                transport.abort()
                return
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        if address := self._counted_address:
            self.per_address[address] -= 1
            if not self.per_address[address]:
                del self.per_address[address]
            self._counted_address = ""
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._unparsed += len(data)
        super().data_received(data)
        if self._unparsed > MAX_HEAD_BYTES and not self.transport.is_closing():
            self._refuse(*_TOO_LARGE)
        elif self._is_in_head and self._timer is None and not self.transport.is_closing():
            self._await_head()

    def on_message_begin(self) -> None:
        self._is_in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        if self._unparsed > MAX_HEAD_BYTES and self._head_bytes() > MAX_HEAD_BYTES:
            self._is_too_large = True
            raise _HeadTooLarge
        self._is_in_head = False
        self._unparsed = 0
        self._stop_waiting()
        super().on_headers_complete()
        self.headers = _Trailers()

    def on_body(self, body: bytes) -> None:
        self._unparsed = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._unparsed = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        if self._is_too_large:
            self._refuse(*_TOO_LARGE)
        else:
            super().send_400_response(msg)

    def _head_bytes(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _await_head(self) -> None:
        self._timer = self.loop.call_later(HEAD_TIMEOUT_S, self._time_out)
        self.half_open[self] = None
        if len(self.half_open) > MAX_HALF_OPEN:
            oldest = next(iter(self.half_open))
            oldest._stop_waiting()
            oldest.transport.abort()

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self.half_open.pop(self, None)

    def _time_out(self) -> None:
        if self._is_in_head:
            self._refuse(*_TOO_LATE)
        else:
            self._stop_waiting()
            self.transport.close()

    def _refuse(self, status: int, phrase: bytes) -> None:
        self._stop_waiting()
        if self.cycle is None or self.cycle.response_complete:
            head = b"HTTP/1.1 %d %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % (status, phrase)
            self.transport.write(head)
        self.transport.close()


def _counted_address(address: str) -> str:
    """The address whose connections are counted: an IPv6 client has the /64 network that it may choose from.

    Empty where there is no limit. Behind proxies of ours, every peer is one of them.
    """
    if settings.PROXY_HOPS or not address:
        return ""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if parsed.is_loopback:
        return ""
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address
