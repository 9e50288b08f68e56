import strawberry

from schema.mutations.api_tokens import ApiTokensMutation
from schema.mutations.brand_refresh_schedules import BrandRefreshSchedulesMutation
from schema.mutations.brands import BrandsMutation
from schema.mutations.campaigns import CampaignsMutation
from schema.mutations.cancel_generation_job import CancelGenerationJobMutation
from schema.mutations.content_pillars import ContentPillarsMutation
from schema.mutations.delete_evidence import DeleteEvidenceMutation
from schema.mutations.ingest_evidence import IngestEvidenceMutation
from schema.mutations.opportunity_decisions import OpportunityDecisionsMutation
from schema.mutations.personas import PersonasMutation
from schema.mutations.refresh_evidence import RefreshEvidenceMutation
from schema.mutations.regenerate_today_board import RegenerateTodayBoardMutation
from schema.mutations.source_connections import SourceConnectionsMutation


@strawberry.type(description="Everything that can be changed. Each mutation needs a token with the scope `write`.")
class Mutation(
    RegenerateTodayBoardMutation,
    CancelGenerationJobMutation,
    OpportunityDecisionsMutation,
    BrandsMutation,
    ContentPillarsMutation,
    PersonasMutation,
    CampaignsMutation,
    BrandRefreshSchedulesMutation,
    IngestEvidenceMutation,
    DeleteEvidenceMutation,
    SourceConnectionsMutation,
    RefreshEvidenceMutation,
    ApiTokensMutation,
):
    pass
