"""Every header of a response of /graphql. Other paths have those of Django's middleware."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from django.conf import settings

from kairo.http.csp import POLICY
from schema.server.incoming_request import IncomingRequest
from schema.server.request import PREFLIGHT_HEADERS

CORS_METHODS = "GET, POST"
CORS_HEADERS = (
    "authorization",
    "cache-control",
    "content-type",
    "if-none-match",
    "x-request-id",
    # That a page's script may send them shows a CORS preflight, which a GET requires.
    *(name.lower() for name in PREFLIGHT_HEADERS),
    # Clients and tracers add these on their own, and a browser sends nothing at all where one is not allowed.
    "apollographql-client-name",
    "apollographql-client-version",
    "baggage",
    "sentry-trace",
    "traceparent",
    "tracestate",
    "x-datadog-origin",
    "x-datadog-parent-id",
    "x-datadog-sampling-priority",
    "x-datadog-tags",
    "x-datadog-trace-id",
)
CORS_EXPOSED_HEADERS = "ETag, Retry-After, X-Request-ID"

Pairs = tuple[tuple[bytes, bytes], ...]


class Caching(Enum):
    """How clients may keep a response."""

    NO_STORE = "no-store"
    PRIVATE = "private, no-cache"  # kept by the client, and revalidated by its entity tag


@dataclass(frozen=True, slots=True)
class Response:
    """A complete HTTP response."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class ResponseHeaders:
    """Builds responses. The headers that many responses share are built once for each kind of them."""

    def __init__(self) -> None:
        # Media types are two and origins are those of the settings, so the cache is bounded by both.
        self.shared = lru_cache(maxsize=256)(_shared)

    def response(
        self,
        status: int,
        body: bytes,
        request: IncomingRequest,
        *,
        caching: Caching = Caching.NO_STORE,
        more: Mapping[str, str] | None = None,
    ) -> Response:
        """A response with content."""
        headers = [
            *self.shared(caching, request.head.media_type, request.head.origin, True),
            (b"X-Request-ID", request.request_id.encode()),
            (b"Content-Length", b"%d" % len(body)),
        ]
        if more:
            headers += [(name.encode(), value.encode("latin1")) for name, value in more.items()]
        return Response(status, headers, body)

    def not_modified(self, request: IncomingRequest, etag: bytes) -> Response:
        """A 304. It has no headers about content: a cache keeps those of its stored response (RFC 9110, 15.4.5)."""
        headers = [
            *self.shared(Caching.PRIVATE, request.head.media_type, request.head.origin, False),
            (b"X-Request-ID", request.request_id.encode()),
            (b"ETag", etag),
        ]
        return Response(304, headers, b"")


def cors_preflight(origin: bytes | None, request_id: str) -> Response:
    """The response to a browser that asks whether a page of this origin may send a request."""
    headers = [*_security(), *_cors(origin), (b"Vary", b"origin"), (b"X-Request-ID", request_id.encode())]
    if origin is not None:
        headers += [
            (b"Access-Control-Allow-Headers", ", ".join([*CORS_HEADERS, *settings.CORS_MORE_HEADERS]).encode()),
            (b"Access-Control-Allow-Methods", CORS_METHODS.encode()),
            (b"Access-Control-Max-Age", b"86400"),
        ]
    return Response(200, [*headers, (b"Content-Length", b"0")], b"")


def page(content: bytes, *, policy: str, request_id: str) -> Response:
    """A page of HTML with its own content policy."""
    security = [pair for pair in _security() if pair[0] != b"Content-Security-Policy"]
    headers = [
        *security,
        (b"Content-Security-Policy", policy.encode()),
        (b"Content-Type", b"text/html; charset=utf-8"),
        (b"Cache-Control", b"no-store"),
        (b"X-Request-ID", request_id.encode()),
        (b"Content-Length", b"%d" % len(content)),
    ]
    return Response(200, headers, content)


def _shared(caching: Caching, media_type: str, origin: bytes | None, has_content: bool) -> Pairs:
    is_private = caching == Caching.PRIVATE
    headers = [
        (b"Cache-Control", caching.value.encode()),
        (b"Vary", b"Accept, Authorization, origin" if is_private else b"origin"),
        *_cors(origin),
    ]
    if has_content:
        headers += [(b"Content-Type", f"{media_type}; charset=utf-8".encode()), *_security()]
    return tuple(headers)


def _security() -> Pairs:
    return (
        (b"Content-Security-Policy", POLICY.encode()),
        (b"Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY.encode()),
        (b"Referrer-Policy", settings.SECURE_REFERRER_POLICY.encode()),
        (b"X-Content-Type-Options", b"nosniff"),
        (b"X-Frame-Options", settings.X_FRAME_OPTIONS.encode()),
    )


def _cors(origin: bytes | None) -> Pairs:
    if origin is None:
        return ()
    return (
        (b"Access-Control-Allow-Origin", origin),
        (b"Access-Control-Expose-Headers", CORS_EXPOSED_HEADERS.encode()),
    )
