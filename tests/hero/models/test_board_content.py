from __future__ import annotations

from dataclasses import replace

import pytest

from kairo.core.enums import Channel, DecisionKind
from kairo.hero.dto import DecisionStateDTO, NamedRefDTO
from kairo.hero.enums import GenerationErrorCode, ReadyReason, TodayBoardState
from kairo.hero.models.board_content import BoardContent, board_meta
from tests.hero.builders import AS_OF, an_id, brand, opportunity

BAKER, CHEF = (NamedRefDTO(id=an_id(name), name=name) for name in ("Baker", "Chef"))


def test_content_of_an_empty_column_is_empty() -> None:
    assert BoardContent.from_json({}) == BoardContent()


@pytest.mark.parametrize("version", [None, 0, 2, "1"])
def test_content_of_an_unknown_version_is_a_value_error(version: object) -> None:
    with pytest.raises(ValueError, match="this code reads 1"):
        BoardContent.from_json({**BoardContent().to_json(), "version": version})


def test_content_is_stored_without_decisions() -> None:
    bare = BoardContent(opportunities=(opportunity(),))
    pinned = DecisionStateDTO(kind=DecisionKind.PINNED, at=AS_OF)
    full = replace(bare, opportunities=(opportunity(decision=pinned),))
    assert full.bare() == bare
    assert bare.bare() is bare
    assert full.to_json() == bare.to_json()


def test_content_of_an_error_board_says_whether_a_retry_helps() -> None:
    board = BoardContent(notes=("a note",)).to_dto(
        board_id=an_id("board"),
        brand=brand(),
        as_of=AS_OF,
        generated_at=AS_OF,
        state=TodayBoardState.ERROR,
        ready_reason=None,
        remediation="Try again.",
        error_code=GenerationErrorCode.INTERNAL,
    )
    assert (board.state, board.retryable, board.remediation) == (TodayBoardState.ERROR, True, "Try again.")
    assert board.meta.notes == ("a note",)


def test_board_meta_counts_channels_and_names_the_most_frequent_parts() -> None:
    meta = board_meta(
        state=TodayBoardState.READY,
        ready_reason=ReadyReason.GENERATED,
        generated_at=AS_OF,
        opportunities=(
            opportunity("loaf", persona=CHEF, primary_channel=Channel.X),
            opportunity("rye", persona=BAKER, pillar=CHEF),
            opportunity("jar", persona=BAKER, pillar=BAKER),
        ),
    )
    assert meta.opportunity_count == 3
    assert meta.channel_mix == ((Channel.INSTAGRAM, 2), (Channel.X, 1))
    assert meta.dominant_persona == BAKER
    assert meta.dominant_pillar == CHEF, "among equals, the one of the best opportunity"


def test_board_meta_of_no_opportunities_names_no_part() -> None:
    meta = board_meta(
        state=TodayBoardState.READY,
        ready_reason=ReadyReason.NO_VALID_CANDIDATES,
        generated_at=None,
        opportunities=(),
    )
    assert (meta.channel_mix, meta.dominant_persona, meta.dominant_pillar) == ((), None, None)
