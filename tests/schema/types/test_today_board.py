from __future__ import annotations

from typing import Any

import pytest

from kairo.hero.dto import TodayBoardDTO, TodayBoardMetaDTO
from kairo.hero.enums import GenerationErrorCode, ReadyReason, TodayBoardState
from schema.ids import global_id
from schema.types.today_board import TodayBoardError, TodayBoardReady, today_board
from tests.hero.builders import AS_OF, an_id, brand, opportunity
from tests.schema.types.posts import preview


def dto(state: TodayBoardState, *, reason: ReadyReason | None = None, **fields: Any) -> TodayBoardDTO:
    meta = TodayBoardMetaDTO(state=state, ready_reason=reason)
    return TodayBoardDTO(**{"board_id": an_id("board"), "brand": brand(), "as_of": AS_OF, "meta": meta, **fields})


@pytest.mark.parametrize("state", TodayBoardState)
def test_each_state_has_its_own_type(state: TodayBoardState) -> None:
    reason = ReadyReason.NO_VALID_CANDIDATES if state == TodayBoardState.READY else None
    board = today_board(dto(state, reason=reason))
    name = "TodayBoard" + "".join(word.title() for word in state.value.split("_"))
    assert (type(board).__name__, board.state, board.id) == (name, state, global_id(name, an_id("board")))


def test_derived_board_has_an_id_made_from_its_brand() -> None:
    board = today_board(dto(TodayBoardState.GENERATING, board_id=None))
    assert board.id == global_id("TodayBoardGenerating", brand().id)


def test_ready_board_with_opportunities_and_no_reason_was_generated() -> None:
    idea = opportunity(evidence=(preview("plain-0"),))
    board = today_board(dto(TodayBoardState.READY, opportunities=(idea,)))
    assert isinstance(board, TodayBoardReady)
    assert board.ready_reason == ReadyReason.GENERATED
    assert [shown.title for shown in board.opportunities] == [idea.title]


def test_error_board_without_a_code_is_internal() -> None:
    board = today_board(dto(TodayBoardState.ERROR))
    assert isinstance(board, TodayBoardError)
    assert board.error_code == GenerationErrorCode.INTERNAL
