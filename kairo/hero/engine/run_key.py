"""Hashes everything a board depends on: the same key gives the same board, byte for byte."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec

from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.ports import SynthesisRequest

_CONTENT = tuple(field.name for field in fields(EvidenceItemDTO))


def run_key(request: SynthesisRequest, *, engine: str, engine_version: str) -> str:
    """A hash over the evidence and its content, the brand, the decisions, the moment, the limits and the engine.

    The order of the evidence and of the decisions does not matter. The previous board is no part: no opportunity
    depends on it. Nor is the time limit, which decides whether there is an answer, not what it is.
    """
    key_parts = {
        "engine": engine,
        "engine_version": engine_version,
        "as_of": request.as_of,
        "brand": request.brand,
        "counts": request.counts,
        "evidence": [_content_hash(item) for item in sorted(request.evidence, key=lambda item: item.id.int)],
        "decisions": sorted(request.decisions, key=lambda one: (one.at, one.concept_key, one.kind)),
        "max_opportunities": request.max_opportunities,
    }
    return hashlib.sha256(canonical(key_parts).encode()).hexdigest()


def _content_hash(item: EvidenceItemDTO) -> str:
    """A hash of all of a post. Texts of thousands of posts are not turned into plain values one by one."""
    published = item.published_at.timestamp() if item.published_at is not None else None
    content = {name: getattr(item, name) for name in _CONTENT}
    content["published_at"] = None
    try:
        encoded = msgspec.json.encode((content, published))
    except UnicodeEncodeError:  # half a surrogate pair, which a database cannot hold
        encoded = canonical(item).encode()
    return hashlib.sha256(encoded).hexdigest()


def canonical(value: object) -> str:
    """A value as JSON that is the same on every machine: sorted keys, UTC times, no floats but as written."""
    return json.dumps(value, default=_plain, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def _plain(value: object) -> object:
    """What JSON does not know, as something it does."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, date | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no value of a board")
