"""Names everything a board depends on: the same key gives the same board, byte for byte."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from uuid import UUID

import msgspec

from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.ports import SynthesisRequest


def run_key(request: SynthesisRequest, *, engine: str, engine_version: str) -> str:
    """A hash over the evidence and its content, the brand, the decisions, the moment, the limits and the engine.

    The order of the evidence and of the decisions does not matter. The previous board is no part: no idea depends
    on it. Nor is the time limit, which decides whether there is an answer, not what it is.
    """
    facts = {
        "engine": engine,
        "engine_version": engine_version,
        "as_of": request.as_of,
        "brand": request.brand,
        "counts": request.counts,
        "evidence": [_content_hash(item) for item in sorted(request.evidence, key=lambda item: item.id.int)],
        "decisions": sorted(request.decisions, key=lambda one: (one.at, one.concept_key, one.kind)),
        "max_opportunities": request.max_opportunities,
    }
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


def _content_hash(item: EvidenceItemDTO) -> str:
    """A hash of all of a post. Texts of thousands of posts are not turned into plain values one by one."""
    published = item.published_at.timestamp() if item.published_at is not None else None
    try:
        encoded = msgspec.json.encode((replace(item, published_at=None), published))
    except UnicodeEncodeError:  # half a surrogate pair, which a database cannot hold
        encoded = canonical(item).encode()
    return hashlib.sha256(encoded).hexdigest()


def canonical(value: object) -> str:
    """A value as JSON that is the same on every machine: sorted keys, UTC times, no floats but as written."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return _plain_single(value)


def _plain_single(value: object) -> object:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.timestamp()
    return str(value) if isinstance(value, date | UUID) else value
