from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

from kairo.hero.services.board_lookup import VersionedBoard
from schema.board_cache.board_query import BoardQuery
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
    """A response body, and whether it serves later requests while the board is valid."""

    body: ResponseBody
    is_cacheable: bool


def render(query: BoardQuery, versioned: VersionedBoard) -> Rendered | None:
    """Renders the same bytes as the GraphQL view; None where the view's response has errors."""
    operation = query.operation()
    try:
        complete = compile_operation(query.document, query.operation_name, query.flags)
        data = complete(today_board(versioned.board))
    except Exception:  # Django answers instead and reports the error
        return None
    body = ResponseBody.encode({"data": data, "extensions": cost_extension(operation.measure)})
    return Rendered(body, is_cacheable=not operation.selects_read_time or versioned.board.board_id is not None)
