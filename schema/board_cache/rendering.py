from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

from kairo.hero.enums import TodayBoardState
from kairo.hero.services.board_lookup import VersionedBoard
from schema.board_cache.board_query import BoardQuery
from schema.board_cache.eligibility import CacheableOperation
from schema.board_cache.executor import compile_operation
from schema.documents import cost_extension
from schema.types.today_board import today_board


@dataclass(frozen=True, slots=True)
class ResponseBody:
    """The bytes of a response body, and their entity tag."""

    content: bytes
    etag: bytes

    @classmethod
    def encode(cls, payload: dict[str, Any]) -> ResponseBody:
        # Copied, because msgspec reserves up to half as much memory again behind the bytes it returns.
        content = bytes(memoryview(msgspec.json.encode(payload)))
        return cls(content, f'"{sha256(content).hexdigest()[:32]}"'.encode())


@dataclass(frozen=True, slots=True)
class Rendered:
    """The body of the first response, and that of every later one; None where later ones cannot be cached."""

    first: ResponseBody
    cached: ResponseBody | None


def render(query: BoardQuery, versioned: VersionedBoard) -> Rendered | None:
    """Renders the same bytes as the GraphQL view; None where the view's response has errors."""
    operation = query.operation()
    try:
        complete = compile_operation(query.document, query.operation_name, query.flags)
        data = complete(today_board(versioned.board))
    except Exception:  # Django answers instead and reports the error
        return None
    payload = {"data": data, "extensions": cost_extension(operation.measure)}
    has_cache_hits = bool(operation.cache_hit_paths) and versioned.board.state == TodayBoardState.READY
    if has_cache_hits:
        # The view reads the board for the first root field, and answers every further one from its cache.
        first_root = _first_root(operation, data)
        _set_all_true(data, (path for path in operation.cache_hit_paths if path[0] != first_root))
    first = ResponseBody.encode(payload)
    if operation.selects_read_time and versioned.board.board_id is None:
        return Rendered(first, None)
    if not has_cache_hits:
        return Rendered(first, first)
    _set_all_true(data, operation.cache_hit_paths)
    return Rendered(first, ResponseBody.encode(payload))


def _first_root(operation: CacheableOperation, data: dict[str, Any]) -> str | None:
    names = {(root.alias or root.name).value for root in operation.roots}
    return next((name for name in data if name in names), None)


def _set_all_true(data: dict[str, Any], paths: Iterable[tuple[str, ...]]) -> None:
    for path in paths:
        _set_true(data, path)


def _set_true(data: Any, path: tuple[str, ...]) -> None:
    """Sets the value at the path, unless a directive left the path out."""
    *parents, last = path
    for name in parents:
        data = data.get(name)
        if data is None:
            return
    if last in data:
        data[last] = True
