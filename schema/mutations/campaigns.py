from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from kairo.core.models import Campaign as Row
from kairo.core.services import brand_parts
from schema.context import Info
from schema.ids import global_id, key_of
from schema.mutations.provided_fields import provided_fields
from schema.types.brand import Brand
from schema.types.campaign import Campaign
from schema.types.problem import ConflictProblem, InvalidInputProblem, NotFoundProblem

_NAME = "Its name, at most 200 characters; unique in the brand."


@strawberry.input
class _CampaignContext:
    keywords: list[str] | None = strawberry.field(
        default=UNSET, description="Words by which evidence is matched to it: at most 500, of at most 200 characters."
    )


@strawberry.input
class _NewCampaign:
    brand_id: strawberry.ID = strawberry.field(description="The brand's id.")
    name: str = strawberry.field(description=_NAME)
    starts: date = strawberry.field(description="Its first day.")
    ends: date = strawberry.field(description="Its last day, included: not before the first.")


@strawberry.input
class _KnownCampaign:
    campaign_id: strawberry.ID = strawberry.field(description="The campaign's id.")
    name: str | None = strawberry.field(default=UNSET, description=f"{_NAME} Not null.")
    starts: date | None = strawberry.field(default=UNSET, description="Its first day; not null.")
    ends: date | None = strawberry.field(
        default=UNSET, description="Its last day, included: not before the first, not null."
    )


@strawberry.input(description="What a new campaign is.")
class CreateCampaignInput(_NewCampaign, _CampaignContext):
    pass


@strawberry.input(description="What to change of a campaign. What is left out stays as it is; null clears.")
class UpdateCampaignInput(_KnownCampaign, _CampaignContext):
    pass


@strawberry.input(description="Which campaign to delete.")
class DeleteCampaignInput:
    campaign_id: strawberry.ID = strawberry.field(description="The campaign's id.")


@strawberry.type(description="The campaign is stored. New boards follow it.")
class CampaignSaved:
    campaign: Campaign = strawberry.field(description="The campaign as it is now.")
    brand_key: strawberry.Private[UUID]

    @strawberry.field(description="The brand it is of.")
    def brand(self, info: Info) -> Brand:
        return Brand.from_row(info.context.brands.get(self.brand_key))


@strawberry.type(description="The campaign is gone. Ideas made for it stay.")
class CampaignDeleted:
    campaign_id: strawberry.ID = strawberry.field(description="The id that the campaign had.")
    brand_key: strawberry.Private[UUID]

    @strawberry.field(description="The brand it was of.")
    def brand(self, info: Info) -> Brand:
        return Brand.from_row(info.context.brands.get(self.brand_key))


SaveCampaignResult = Annotated[
    CampaignSaved | NotFoundProblem | InvalidInputProblem | ConflictProblem,
    strawberry.union("SaveCampaignResult", description="The campaign, or a problem (`... on Problem`)."),
]
DeleteCampaignResult = Annotated[
    CampaignDeleted | NotFoundProblem | InvalidInputProblem,
    strawberry.union("DeleteCampaignResult", description="What is gone, or a problem (`... on Problem`)."),
]


@strawberry.type
class CampaignsMutation:
    @strawberry.mutation(description="Gives a brand a campaign.")
    def create_campaign(
        self,
        info: Info,
        data: Annotated[CreateCampaignInput, strawberry.argument(name="input", description="What it is.")],
    ) -> SaveCampaignResult:
        key, values = key_of(data.brand_id, "Brand"), provided_fields(data, exclude="brand_id")
        return _saved(
            info, brand_parts.create_part(brand_parts.CAMPAIGN, caller=info.context.caller, brand_id=key, values=values)
        )

    @strawberry.mutation(description="Changes a campaign.")
    def update_campaign(
        self,
        info: Info,
        data: Annotated[UpdateCampaignInput, strawberry.argument(name="input", description="Which, and what of it.")],
    ) -> SaveCampaignResult:
        key, values = key_of(data.campaign_id, "Campaign"), provided_fields(data, exclude="campaign_id")
        row = brand_parts.update_part(brand_parts.CAMPAIGN, caller=info.context.caller, part_id=key, values=values)
        return _saved(info, row)

    @strawberry.mutation(description="Deletes a campaign. Ideas made for it stay.")
    def delete_campaign(
        self,
        info: Info,
        data: Annotated[DeleteCampaignInput, strawberry.argument(name="input", description="Which campaign.")],
    ) -> DeleteCampaignResult:
        key = key_of(data.campaign_id, "Campaign")
        brand_key = brand_parts.delete_part(brand_parts.CAMPAIGN, caller=info.context.caller, part_id=key)
        info.context.brands.clear()
        return CampaignDeleted(campaign_id=global_id("Campaign", key), brand_key=brand_key)


def _saved(info: Info, row: Row) -> CampaignSaved:
    info.context.brands.clear()
    return CampaignSaved(campaign=Campaign.from_row(row), brand_key=row.brand_id)
