from kairo.core.models.api_token import ApiToken
from kairo.core.models.brand import Brand
from kairo.core.models.campaign import Campaign
from kairo.core.models.content_pillar import ContentPillar
from kairo.core.models.opportunity import Opportunity
from kairo.core.models.opportunity_decision import OpportunityDecision
from kairo.core.models.persona import Persona
from kairo.core.models.tenant import Tenant

__all__ = ["ApiToken", "Brand", "Campaign", "ContentPillar", "Opportunity", "OpportunityDecision", "Persona", "Tenant"]
