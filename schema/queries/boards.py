from typing import Annotated

import strawberry

from kairo.db.replica import reads_may_lag
from kairo.hero.services import board_history
from schema.context import Info
from schema.ids import key_of
from schema.types.brand_mention import BrandMentionChange
from schema.types.opportunity_change import OpportunityChange
from schema.types.today_board import STATES, TodayBoard, TodayBoardConnection, today_board

_BOARDS = tuple(state.__name__ for state in STATES)
_PAGE = 20


@strawberry.type
class BoardsQuery:
    @strawberry.field(description="A stored board, as it was made.")
    @reads_may_lag()
    def board(
        self,
        info: Info,
        board_id: Annotated[strawberry.ID, strawberry.argument(name="id", description="The board's id.")],
    ) -> TodayBoard | None:
        key = key_of(board_id, *_BOARDS, noun="Board")
        return today_board(board_history.get_board(caller=info.context.caller, board_id=key))

    @strawberry.field(description="A brand's stored boards as they were made, newest first.")
    @reads_may_lag()
    def boards(
        self,
        info: Info,
        brand_id: Annotated[strawberry.ID, strawberry.argument(description="The brand's id.")],
        first: Annotated[int, strawberry.argument(description="How many at most, 1 to 100.")] = _PAGE,
        after: Annotated[
            str | None, strawberry.argument(description="The cursor after which to go on; null for the newest.")
        ] = None,
    ) -> TodayBoardConnection:
        page = board_history.list_boards(
            caller=info.context.caller, brand_id=key_of(brand_id, "Brand"), first=first, after=after
        )
        return TodayBoardConnection.of(page.map(lambda boards: map(today_board, boards)), after=after)

    @strawberry.field(
        description=(
            "How each idea moved from one stored board of a brand to another: those of the later one, best first, then "
            "those that are gone."
        )
    )
    @reads_may_lag()
    def board_diff(
        self,
        info: Info,
        from_id: Annotated[strawberry.ID, strawberry.argument(name="from", description="The earlier board's id.")],
        to_id: Annotated[strawberry.ID, strawberry.argument(name="to", description="The later board's id.")],
    ) -> list[OpportunityChange]:
        from_key, to_key = (key_of(id_, *_BOARDS, noun="Board") for id_ in (from_id, to_id))
        diff = board_history.diff_boards(caller=info.context.caller, from_id=from_key, to_id=to_key)
        return [OpportunityChange.from_dto(change, brand_key=diff.brand_id) for change in diff.changes]

    @strawberry.field(
        description=(
            "How each brand mention moved from one stored board of a brand to another: those of the later one, newest "
            "first, then those that are gone."
        )
    )
    @reads_may_lag()
    def board_mention_diff(
        self,
        info: Info,
        from_id: Annotated[strawberry.ID, strawberry.argument(name="from", description="The earlier board's id.")],
        to_id: Annotated[strawberry.ID, strawberry.argument(name="to", description="The later board's id.")],
    ) -> list[BrandMentionChange]:
        from_key, to_key = (key_of(id_, *_BOARDS, noun="Board") for id_ in (from_id, to_id))
        changes = board_history.diff_mentions(caller=info.context.caller, from_id=from_key, to_id=to_key)
        return [BrandMentionChange.from_dto(change) for change in changes]
