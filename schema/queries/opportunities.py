from datetime import datetime
from typing import Annotated

import strawberry

from kairo.core.enums import Channel, OpportunityType
from kairo.db.replica import reads_may_lag
from kairo.hero.enums import OpportunityOrder
from kairo.hero.services import opportunity_service
from schema.context import Info
from schema.ids import key_of
from schema.types.opportunity import Opportunity, OpportunityConnection, current_opportunities

_PAGE = 20


@strawberry.input(
    description="Which ideas to list: those that meet every condition. A condition that is null or empty is met by all."
)
class OpportunityFilter:
    types: list[OpportunityType] | None = strawberry.field(default=None, description="One of these types.")
    channels: list[Channel] | None = strawberry.field(default=None, description="One of these primary channels.")
    pillar_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="One of these pillars of the brand."
    )
    persona_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="One of these personas of the brand."
    )
    minimum_score: int | None = strawberry.field(default=None, description="This score or a higher one.")
    decided: bool | None = strawberry.field(
        default=None, description="With an active decision (true) or without one (false)."
    )
    created_from: datetime | None = strawberry.field(default=None, description="Came up then or later.")
    created_to: datetime | None = strawberry.field(default=None, description="Came up before then.")

    def to_service_filter(self) -> opportunity_service.OpportunityFilter:
        """
        Raises:
            NotFound: an id is not one of a pillar, or of a persona.
        """
        return opportunity_service.OpportunityFilter(
            types=self.types or (),
            channels=self.channels or (),
            pillar_ids=[key_of(id_, "ContentPillar") for id_ in self.pillar_ids or ()],
            persona_ids=[key_of(id_, "Persona") for id_ in self.persona_ids or ()],
            minimum_score=self.minimum_score,
            decided=self.decided,
            created_from=self.created_from,
            created_to=self.created_to,
        )


@strawberry.type
class OpportunitiesQuery:
    @strawberry.field(description="One idea as it is now, whether a board shows it or not.")
    @reads_may_lag()
    def opportunity(
        self,
        info: Info,
        opportunity_id: Annotated[strawberry.ID, strawberry.argument(name="id", description="The idea's id.")],
    ) -> Opportunity | None:
        key = key_of(opportunity_id, "Opportunity")
        row = opportunity_service.get_opportunity(caller=info.context.caller, opportunity_id=key)
        return current_opportunities([row])[0]

    @strawberry.field(description="Every idea a brand ever had, as it is now, whether a board shows it or not.")
    @reads_may_lag()
    def opportunities(  # noqa: PLR0917  # a resolver's parameters are the field's arguments, and come by name
        self,
        info: Info,
        brand_id: Annotated[strawberry.ID, strawberry.argument(description="The brand's id.")],
        first: Annotated[int, strawberry.argument(description="How many at most, 1 to 100.")] = _PAGE,
        after: Annotated[
            str | None,
            strawberry.argument(description="The cursor, of this order, after which to go on; null for the start."),
        ] = None,
        filter_: Annotated[
            OpportunityFilter | None, strawberry.argument(name="filter", description="Which ideas; null for all.")
        ] = None,
        order: Annotated[
            OpportunityOrder, strawberry.argument(description="In which order; equal ones by id.")
        ] = OpportunityOrder.CREATED_DESC,
    ) -> OpportunityConnection:
        page = opportunity_service.list_opportunities(
            caller=info.context.caller,
            brand_id=key_of(brand_id, "Brand"),
            first=first,
            after=after,
            filter_=(filter_ or OpportunityFilter()).to_service_filter(),
            order=order,
        )
        return OpportunityConnection.of(page.map(current_opportunities), after=after)
