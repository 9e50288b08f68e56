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
from schema.board_cache.executor import plan
from schema.documents import cost_extension
from schema.types.today_board import today_board


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an answer, and their entity tag."""

    content: bytes
    etag: bytes

    @classmethod
    def of(cls, told: dict[str, Any]) -> Answer:
        # Copied: what msgspec gives has up to half as much again reserved behind it, for as long as it is held.
        content = bytes(memoryview(msgspec.json.encode(told)))
        return cls(content, f'"{sha256(content).hexdigest()[:32]}"'.encode())


@dataclass(frozen=True, slots=True)
class Rendered:
    """An answer to give now, and the one to give from now on; None where that is not known."""

    now: Answer
    later: Answer | None


def execute(asked: BoardQuery, live: VersionedBoard) -> Rendered | None:
    """What the ordinary path would answer, byte for byte; None where that is something with errors."""
    operation = asked.operation()
    try:
        data = plan(asked.document, asked.operation_name, asked.flags)(today_board(live.board))
    except Exception:  # whatever is wrong, the ordinary path says it
        return None
    told = {"data": data, "extensions": cost_extension(operation.measure)}
    has_copy_marks = bool(operation.copy_marks) and live.board.state == TodayBoardState.READY
    if has_copy_marks:
        # The ordinary path reads the board for the first root field, and answers every further one from its copy.
        _mark(data, (path for path in operation.copy_marks if path[0] != _first_root(operation, data)))
    now = Answer.of(told)
    if operation.tells_time and live.board.board_id is None:
        return Rendered(now, None)
    if not has_copy_marks:
        return Rendered(now, now)
    _mark(data, operation.copy_marks)
    return Rendered(now, Answer.of(told))


def _first_root(operation: CacheableOperation, data: dict[str, Any]) -> str | None:
    names = {(root.alias or root.name).value for root in operation.roots}
    return next((name for name in data if name in names), None)


def _mark(data: dict[str, Any], paths: Iterable[tuple[str, ...]]) -> None:
    for path in paths:
        _set_true(data, path)


def _set_true(data: Any, path: tuple[str, ...]) -> None:
    """Where the answer has this place: a directive may have left it out."""
    *above, last = path
    for name in above:
        data = data.get(name)
        if data is None:
            return
    if last in data:
        data[last] = True
