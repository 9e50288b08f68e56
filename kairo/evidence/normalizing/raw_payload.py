"""Limits a scraper's raw item to what a jsonb column can store with its evidence item."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from kairo.core.text import clean_line

MAX_RAW_BYTES = 16_000  # of JSON
DROPPED = "_dropped"
_MAX_DROPPED_NAMES = 10
_NAME_CHARACTERS = 40
_DROPPED_NAMES_BYTES = 2_000
_MAX_DEPTH = 20
_MAX_INTEGER = 2**63


def bounded(payload: object) -> dict[str, object] | None:
    """Returns the payload as JSON of at most 16,000 bytes that PostgreSQL accepts; None where it is no object.

    Drops the largest fields first, and fields nested too deeply; `_dropped` names them.
    """
    if not isinstance(payload, Mapping):
        return None
    kept = {_plain_text(str(key)): _plain_or_none(value) for key, value in payload.items() if key != DROPPED}
    dropped = [name for name, value in kept.items() if value is None and payload.get(name) is not None]
    sizes = {name: len(json.dumps({name: value}, ensure_ascii=False).encode()) for name, value in kept.items()}
    available = MAX_RAW_BYTES - _DROPPED_NAMES_BYTES
    for name in sorted(sizes, key=lambda each: sizes[each]):
        available -= sizes[name]
        if available < 0:
            del kept[name]
            dropped.append(name)
    return kept | ({DROPPED: _names(dropped)} if dropped else {})


def _names(dropped: list[str]) -> list[str]:
    names = [clean_line(name)[:_NAME_CHARACTERS] for name in dropped]
    if len(names) <= _MAX_DROPPED_NAMES:
        return names
    listed = names[: _MAX_DROPPED_NAMES - 1]
    return [*listed, f"and {len(names) - len(listed)} more"]


def _plain_or_none(value: object) -> object:
    try:
        return _plain(value, level=1)
    except _TooDeep:
        return None


class _TooDeep(Exception):
    pass


def _plain(value: object, *, level: int) -> object:
    """Returns the value without what jsonb rejects: NUL, lone surrogates, NaN, infinity and huge numbers."""
    if level > _MAX_DEPTH:
        raise _TooDeep
    if isinstance(value, str):
        return _plain_text(value)
    if isinstance(value, Mapping):
        return {_plain_text(str(key)): _plain(each, level=level + 1) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each, level=level + 1) for each in value]
    is_number = isinstance(value, float) and math.isfinite(value)
    return value if is_number or (isinstance(value, int) and abs(value) < _MAX_INTEGER) else None


def _plain_text(text: str) -> str:
    return text.encode(errors="replace").decode().replace("\x00", "")
