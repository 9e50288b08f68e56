from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from schema.server.media_types import accepted_answer, is_json
from schema.server.request import PREFLIGHT_HEADERS, is_preflighted

_PREFLIGHT = tuple(name.lower().encode() for name in PREFLIGHT_HEADERS)
_CONDITIONS = (b"if-match", b"if-unmodified-since")  # nobody polls with these
_DECIDING = (b"accept", b"content-type", b"host", b"origin", b"x-forwarded-proto", *_CONDITIONS, *_PREFLIGHT)
_LONGEST = 1500  # bytes of all that is remembered of a request


class VaryKey(NamedTuple):
    """All of a request that decides which headers its answer has, but for those that each answer has of its own."""

    method: str
    media_type: str
    host: bytes
    origin: bytes | None = None
    forwarded_proto: bytes | None = None


def vary_key_of(method: str, headers: Mapping[bytes, bytes]) -> VaryKey | None:
    """None for a request that the hot path can say at once it has nothing to do with."""
    deciding = tuple(map(headers.get, _DECIDING))
    if len(b"".join(filter(None, deciding))) > _LONGEST:
        return None
    return _look(method, deciding)


@lru_cache(maxsize=256)  # clients send the same ones over and over
def _look(method: str, deciding: tuple[bytes | None, ...]) -> VaryKey | None:
    accept, content_type, host, origin, forwarded_proto, if_match, if_unmodified_since, *preflight = deciding
    if method == "POST":
        fits = is_json(_text(content_type))
    else:  # a browser may be shown a page
        asking = dict(zip(PREFLIGHT_HEADERS, map(_text, preflight), strict=True))
        asking["Content-Type"] = _text(content_type)
        is_plain = if_match is None and if_unmodified_since is None and b"text/html" not in (accept or b"")
        fits = method == "GET" and is_plain and is_preflighted(asking.__getitem__)
    if not fits:
        return None
    return VaryKey(method, accepted_answer(_text(accept)), host or b"", origin, forwarded_proto)


def _text(value: bytes | None) -> str:
    return (value or b"").decode("latin1")
