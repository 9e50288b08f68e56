from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from kairo.core.ids import new_id_text
from kairo.http.client_ip import resolve_client_ip
from kairo.http.request_id import SAFE_ID
from schema.server.media_types import JSON, is_json, negotiate
from schema.server.request import (
    METHODS,
    PREFLIGHT_HEADERS,
    HttpError,
    host_not_served,
    is_preflighted,
    method_not_allowed,
    unsupported_encoding,
    unsupported_media_type,
)

# The headers that decide how a request is answered, besides its content and its caller.
_DECIDING_HEADERS = (
    b"accept",
    b"content-encoding",
    b"content-type",
    b"host",
    b"origin",
    *(name.lower().encode() for name in PREFLIGHT_HEADERS),
)

_MAX_HEADS = 256
_MAX_KEPT_BYTES = 1_500

HeadKey = tuple[str, tuple[bytes | None, ...]]


class Head(NamedTuple):
    """What follows from a request's method and headers alone.

    `refusal` is the error of a head that is refused; `origin` is the page's origin where it may read responses.
    """

    media_type: str
    origin: bytes | None
    is_preflighted: bool
    refusal: HttpError | None


class HeadMemory:
    """The heads of callers who are known: a client sends the same one each time."""

    def __init__(self) -> None:
        self._heads: dict[HeadKey, Head] = {}
        self.get = self._heads.get

    def __len__(self) -> int:
        return len(self._heads)

    def keep(self, key: HeadKey, head: Head) -> None:
        """Keeps the head of a caller whom the database has confirmed, unless its headers are long."""
        if sum(len(value) for value in key[1] if value) <= _MAX_KEPT_BYTES:
            if len(self._heads) >= _MAX_HEADS:
                self._heads.clear()
            self._heads[key] = head


UNREAD = Head(JSON, None, False, None)


@dataclass(slots=True)
class IncomingRequest:
    """The head of a request to /graphql. `head` is what follows from it, set by `read_head`."""

    method: str
    headers: dict[bytes, bytes]
    query_string: bytes
    peer: str
    server: str
    request_id: str
    head: Head = UNREAD

    @classmethod
    def from_scope(cls, scope: MutableMapping[str, Any]) -> IncomingRequest:
        headers = dict(scope["headers"])
        if len(headers) != len(scope["headers"]):
            headers = _joined(scope["headers"])
        client, server = scope.get("client"), scope.get("server")
        return cls(
            scope["method"],
            headers,
            scope["query_string"],
            client[0] if client else "",
            server[0] if server else "",
            _request_id(headers.get(b"x-request-id")),
        )

    def text(self, name: bytes) -> str:
        """A header's value; empty without one."""
        return self.headers.get(name, b"").decode("latin1")

    @property
    def head_key(self) -> HeadKey:
        """The values from which `read_head` follows."""
        return self.method, tuple(map(self.headers.get, _DECIDING_HEADERS))

    @property
    def is_cors_preflight(self) -> bool:
        return self.method == "OPTIONS" and b"access-control-request-method" in self.headers

    def client_ip(self) -> str:
        return resolve_client_ip(self.peer, self.text(b"x-forwarded-for"))


def read_head(request: IncomingRequest) -> Head:
    """Reads the head, in time linear in its length."""
    origin = request.headers.get(b"origin")
    allowed = origin is not None and origin.decode("latin1").lower() in settings.CORS_ALLOWED_ORIGINS
    return Head(
        media_type=negotiate(request.text(b"accept")),
        origin=origin if allowed else None,
        is_preflighted=is_preflighted(lambda name: request.text(name.lower().encode())),
        refusal=_refusal(request),
    )


def _refusal(request: IncomingRequest) -> HttpError | None:
    """The error of a head that is refused from any caller."""
    host = request.text(b"host") or request.server
    domain, _ = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return host_not_served(host)
    if request.method not in METHODS:
        return method_not_allowed("GraphQL is served by POST, and persisted queries by GET as well.", allow=METHODS)
    if request.method == "POST" and request.text(b"content-encoding").strip().lower() not in {"", "identity"}:
        return unsupported_encoding()
    if request.method == "POST" and not is_json(request.text(b"content-type")):
        return unsupported_media_type()
    return None


def _request_id(header: bytes | None) -> str:
    """The client's id if it is safe to log, else a new one."""
    request_id = (header or b"").decode("latin1")
    return request_id if SAFE_ID.fullmatch(request_id) else new_id_text()


def _joined(headers: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """The headers with repeated ones joined by commas (RFC 9110, 5.3)."""
    joined: dict[bytes, list[bytes]] = {}
    for name, value in headers:
        joined.setdefault(name, []).append(value)
    return {name: b",".join(values) for name, values in joined.items()}
