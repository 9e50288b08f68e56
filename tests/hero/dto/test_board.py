from __future__ import annotations

from typing import Any

import pytest

from kairo.hero.dto import ReadyReason, TodayBoardDTO, TodayBoardMetaDTO, invariant_violation
from kairo.hero.enums import TodayBoardState
from tests.hero.builders import AS_OF, brand, opportunity


def board(state: TodayBoardState, **changes: Any) -> TodayBoardDTO:
    reason = changes.pop("ready_reason", None)
    meta = TodayBoardMetaDTO(state=state, ready_reason=reason)
    return TodayBoardDTO(board_id=None, brand=brand(), as_of=AS_OF, meta=meta, **changes)


def test_board_refuses_opportunities_unless_ready_or_generating() -> None:
    for state in TodayBoardState:
        if state in (TodayBoardState.READY, TodayBoardState.GENERATING):
            assert board(state, opportunities=(opportunity(),)).state == state
        else:
            with pytest.raises(ValueError, match="has no opportunities; this one has 1"):
                board(state, opportunities=(opportunity(),))


def test_board_that_is_ready_and_empty_needs_a_known_reason() -> None:
    with pytest.raises(ValueError, match="needs a ready_reason"):
        board(TodayBoardState.READY)
    with pytest.raises(ValueError, match="'bored' is not a known ready_reason"):
        board(TodayBoardState.READY, ready_reason="bored")
    for reason in ReadyReason:
        assert board(TodayBoardState.READY, ready_reason=reason).meta.ready_reason == reason


def test_board_that_is_not_ready_has_no_reason() -> None:
    meta = TodayBoardMetaDTO(state=TodayBoardState.ERROR, ready_reason=ReadyReason.GENERATED)
    assert invariant_violation(meta, opportunities=0) == "Only a ready board has a ready_reason; this one is error."
