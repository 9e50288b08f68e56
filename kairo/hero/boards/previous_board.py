from __future__ import annotations

from uuid import UUID

from kairo.hero.enums import TodayBoardState
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.models.board_content import BoardContent


def last_ready_board(*, brand_id: UUID) -> OpportunitiesBoard | None:
    """The brand's newest ready board, which need not be its newest board. One SQL statement."""
    return (
        OpportunitiesBoard.objects.filter(brand_id=brand_id, state=TodayBoardState.READY)
        .order_by("-created_at", "-id")
        .first()
    )


def content_of_board(board: OpportunitiesBoard | UUID | None) -> BoardContent:
    """The board's content; empty without a board, or where the id no longer exists."""
    if isinstance(board, UUID):
        board = OpportunitiesBoard.objects.filter(id=board).first()
    return BoardContent.from_json(board.content) if board else BoardContent()
