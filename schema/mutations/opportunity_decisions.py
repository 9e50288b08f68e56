from datetime import datetime
from typing import Annotated

import strawberry

from kairo.hero.decisions import opportunity_decisions
from kairo.hero.dto import DecisionStateDTO
from kairo.hero.services import opportunity_service
from schema.context import Info
from schema.ids import global_id, key_of
from schema.types.opportunity import Opportunity, current_opportunities
from schema.types.opportunity_decision import OpportunityDecision
from schema.types.problem import InvalidInputProblem, NotFoundProblem


@strawberry.input(description="Which idea to keep on top.")
class PinOpportunityInput:
    opportunity_id: strawberry.ID = strawberry.field(description="The idea's id.")


@strawberry.input(description="Which idea to hide, and until when.")
class SnoozeOpportunityInput:
    opportunity_id: strawberry.ID = strawberry.field(description="The idea's id.")
    until: datetime = strawberry.field(description="When it shows again: in the future, at most a year away.")


@strawberry.input(description="Which idea to hide for good, and why.")
class IgnoreOpportunityInput:
    opportunity_id: strawberry.ID = strawberry.field(description="The idea's id.")
    reason: str = strawberry.field(default="", description="Why, in at most 500 characters; may be empty.")


@strawberry.input(description="Which idea's decision to take back.")
class UndoOpportunityDecisionInput:
    opportunity_id: strawberry.ID = strawberry.field(description="The idea's id.")


@strawberry.type(description="The decision stands, or nothing stands any more. The brand's board follows it at once.")
class OpportunityDecided:
    opportunity_id: strawberry.ID = strawberry.field(description="The idea's id.")
    decision: OpportunityDecision | None = strawberry.field(description="What stands now; null after an undo.")

    @strawberry.field(description="The idea as it is now.")
    def opportunity(self, info: Info) -> Opportunity:
        row = opportunity_service.get_opportunity(
            caller=info.context.caller, opportunity_id=key_of(self.opportunity_id, "Opportunity")
        )
        return current_opportunities([row])[0]


DecideOpportunityResult = Annotated[
    OpportunityDecided | NotFoundProblem | InvalidInputProblem,
    strawberry.union("DecideOpportunityResult", description="What stands now, or a problem (`... on Problem`)."),
]


@strawberry.type
class OpportunityDecisionsMutation:
    @strawberry.mutation(description="Keeps an idea on top of every board, whether the engine finds it again or not.")
    def pin_opportunity(
        self,
        info: Info,
        data: Annotated[PinOpportunityInput, strawberry.argument(name="input", description="Which idea.")],
    ) -> DecideOpportunityResult:
        key = key_of(data.opportunity_id, "Opportunity")
        return _decided(data.opportunity_id, opportunity_decisions.pin(caller=info.context.caller, opportunity_id=key))

    @strawberry.mutation(description="Hides an idea until a time.")
    def snooze_opportunity(
        self,
        info: Info,
        data: Annotated[
            SnoozeOpportunityInput, strawberry.argument(name="input", description="Which idea, and until when.")
        ],
    ) -> DecideOpportunityResult:
        key = key_of(data.opportunity_id, "Opportunity")
        state = opportunity_decisions.snooze(caller=info.context.caller, opportunity_id=key, until=data.until)
        return _decided(data.opportunity_id, state)

    @strawberry.mutation(description="Hides an idea for good: it does not come back under the same concept.")
    def ignore_opportunity(
        self,
        info: Info,
        data: Annotated[IgnoreOpportunityInput, strawberry.argument(name="input", description="Which idea, and why.")],
    ) -> DecideOpportunityResult:
        key = key_of(data.opportunity_id, "Opportunity")
        state = opportunity_decisions.ignore(caller=info.context.caller, opportunity_id=key, reason=data.reason)
        return _decided(data.opportunity_id, state)

    @strawberry.mutation(description="Takes back what was decided about an idea, whatever it was.")
    def undo_opportunity_decision(
        self,
        info: Info,
        data: Annotated[UndoOpportunityDecisionInput, strawberry.argument(name="input", description="Which idea.")],
    ) -> DecideOpportunityResult:
        key = key_of(data.opportunity_id, "Opportunity")
        return _decided(data.opportunity_id, opportunity_decisions.undo(caller=info.context.caller, opportunity_id=key))


def _decided(id_: strawberry.ID, state: DecisionStateDTO | None) -> OpportunityDecided:
    return OpportunityDecided(
        opportunity_id=global_id("Opportunity", key_of(id_, "Opportunity")),
        decision=OpportunityDecision.from_dto(state) if state else None,
    )
