"""Conditional requests by entity tag (RFC 9110, 13.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus

from django.utils.http import parse_etags

_SINGLE_ETAG = re.compile(rb'\s*(?:W/)?("[^"]*")\s*')
_MAX_BYTES = 4_000  # of a condition; a longer one is ignored, as a client's copy may be


def entity_tag(content: bytes) -> bytes:
    return f'"{sha256(content).hexdigest()[:32]}"'.encode()


def conditional_status(headers: Mapping[bytes, bytes], etag: bytes) -> HTTPStatus:
    """The status of a GET with these headers: 200, 304, or 412."""
    if (if_match := headers.get(b"if-match")) is not None and len(if_match) <= _MAX_BYTES:
        tags = parse_etags(if_match.decode("latin1"))
        if tags and tags != ["*"] and etag.decode() not in tags:
            return HTTPStatus.PRECONDITION_FAILED
    if_none_match = headers.get(b"if-none-match")
    if if_none_match is not None and _is_among(etag, if_none_match):
        return HTTPStatus.NOT_MODIFIED
    return HTTPStatus.OK


def _is_among(etag: bytes, if_none_match: bytes) -> bool:
    """Whether the tag is listed, compared weakly."""
    if if_none_match == etag:
        return True
    if len(if_none_match) > _MAX_BYTES:
        return False
    if single := _SINGLE_ETAG.fullmatch(if_none_match):
        return single[1] == etag
    tags = parse_etags(if_none_match.decode("latin1"))
    return tags == ["*"] or etag.decode() in {tag.removeprefix("W/") for tag in tags}
