from __future__ import annotations

from uuid import UUID

from kairo.hero.enums import TodayBoardState
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.models.board_content import BoardContent


def last_ready_board(*, brand_id: UUID) -> OpportunitiesBoard | None:
    """The brand's newest ready board, whatever came after it. One SQL statement."""
    return (
        OpportunitiesBoard.objects.filter(brand_id=brand_id, state=TodayBoardState.READY)
        .order_by("-created_at", "-id")
        .first()
    )


def board_content_of(board: OpportunitiesBoard | UUID | None) -> BoardContent:
    """What a board holds; empty where there is none, or none any more."""
    if isinstance(board, UUID):
        board = OpportunitiesBoard.objects.filter(id=board).first()
    return BoardContent.from_json(board.content) if board else BoardContent()
