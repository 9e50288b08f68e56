from __future__ import annotations

from uuid import UUID

from kairo.core.enums import TodayBoardState
from kairo.hero.board_content import BoardContent
from kairo.hero.dto import OpportunityDTO
from kairo.hero.models import OpportunitiesBoard


def last_ready_board(*, brand_id: UUID) -> OpportunitiesBoard | None:
    """The brand's newest ready board, whatever came after it. One SQL statement."""
    return (
        OpportunitiesBoard.objects.filter(brand_id=brand_id, state=TodayBoardState.READY)
        .order_by("-created_at", "-id")
        .first()
    )


def previous_ready_opportunities(*, brand_id: UUID) -> tuple[OpportunityDTO, ...]:
    """The ideas of the brand's last ready board as they were, best first."""
    board = last_ready_board(brand_id=brand_id)
    return BoardContent.from_json(board.content).opportunities if board else ()
