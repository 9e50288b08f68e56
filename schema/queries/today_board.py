from datetime import datetime
from typing import Annotated

import strawberry

from kairo.hero.services import board_history, today_service
from schema.context import Info
from schema.ids import key_of
from schema.types.today_board import TodayBoard, today_board


@strawberry.type
class TodayBoardQuery:
    @strawberry.field(
        name="todayBoard",
        description=(
            "The brand's board, in whatever state it is. Reading changes nothing, except that the first reading of a "
            "brand with enough evidence and no board starts its first generation."
        ),
    )
    def today_board(
        self,
        info: Info,
        brand_id: Annotated[strawberry.ID, strawberry.argument(description="The brand's id.")],
        as_of: Annotated[
            datetime | None,
            strawberry.argument(
                description="A moment of the past: the stored board of that moment, as it was made; null for today."
            ),
        ] = None,
    ) -> TodayBoard:
        key = key_of(brand_id, "Brand")
        if as_of is not None:
            return today_board(board_history.board_as_of(caller=info.context.caller, brand_id=key, as_of=as_of))
        return today_board(today_service.get_today_board(caller=info.context.caller, brand_id=key))
