from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from schema.server.media_types import is_json, negotiate
from schema.server.request import PREFLIGHT_HEADERS, is_preflighted

_PREFLIGHT = tuple(name.lower().encode() for name in PREFLIGHT_HEADERS)
_CONDITIONS = (b"if-match", b"if-unmodified-since")  # no polling client sends these
_VARYING_HEADERS = (b"accept", b"content-type", b"host", b"origin", b"x-forwarded-proto", *_CONDITIONS, *_PREFLIGHT)
_MAX_BYTES = 1500  # of all varying headers together


class VaryKey(NamedTuple):
    """The request properties that determine the shared response headers."""

    method: str
    media_type: str
    host: bytes
    origin: bytes | None = None
    forwarded_proto: bytes | None = None


def vary_key_of(method: str, headers: Mapping[bytes, bytes]) -> VaryKey | None:
    """Returns the request's key; None where its method or headers exclude it from the cache."""
    values = tuple(map(headers.get, _VARYING_HEADERS))
    if len(b"".join(filter(None, values))) > _MAX_BYTES:
        return None
    return _vary_key(method, values)


@lru_cache(maxsize=256)  # a client sends the same headers each time
def _vary_key(method: str, values: tuple[bytes | None, ...]) -> VaryKey | None:
    accept, content_type, host, origin, forwarded_proto, if_match, if_unmodified_since, *preflight = values
    if method == "POST":
        is_eligible = is_json(_text(content_type))
    else:
        headers = dict(zip(PREFLIGHT_HEADERS, map(_text, preflight), strict=True))
        headers["Content-Type"] = _text(content_type)
        is_unconditional = if_match is None and if_unmodified_since is None
        may_want_page = b"text/html" in (accept or b"")  # GraphiQL, which Django serves
        is_eligible = method == "GET" and is_unconditional and not may_want_page and is_preflighted(headers.__getitem__)
    if not is_eligible:
        return None
    return VaryKey(method, negotiate(_text(accept)), host or b"", origin, forwarded_proto)


def _text(value: bytes | None) -> str:
    return (value or b"").decode("latin1")
