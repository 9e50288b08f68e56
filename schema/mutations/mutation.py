from __future__ import annotations

import strawberry

from schema.mutations.cancel_generation_job import CancelGenerationJobMutation
from schema.mutations.opportunity_decisions import OpportunityDecisionsMutation
from schema.mutations.regenerate_today_board import RegenerateTodayBoardMutation


@strawberry.type(description="Everything that can be changed. Each mutation needs a token with the scope `write`.")
class Mutation(RegenerateTodayBoardMutation, CancelGenerationJobMutation, OpportunityDecisionsMutation):
    pass
