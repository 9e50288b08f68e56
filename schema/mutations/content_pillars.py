from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from kairo.core.models import ContentPillar as Row
from kairo.core.services import brand_parts
from schema.context import Info
from schema.ids import key_of
from schema.mutations.provided_fields import provided_fields
from schema.types.brand import Brand
from schema.types.content_pillar import ContentPillar
from schema.types.problem import ConflictProblem, InvalidInputProblem, NotFoundProblem

_NAME = "Its name, at most 200 characters; unique in the brand."


@strawberry.input
class _PillarContext:
    description: str | None = strawberry.field(
        default=UNSET, description="What belongs to it, at most 10,000 characters."
    )
    keywords: list[str] | None = strawberry.field(
        default=UNSET, description="Words by which evidence is matched to it: at most 500, of at most 200 characters."
    )
    rank: int | None = strawberry.field(
        default=UNSET,
        description="Its place among the pillars, 0 to 32,767, the lowest most important; not null. A new one is last.",
    )


@strawberry.input
class _NewPillar:
    brand_id: strawberry.ID = strawberry.field(description="The brand's id.")
    name: str = strawberry.field(description=_NAME)


@strawberry.input
class _KnownPillar:
    content_pillar_id: strawberry.ID = strawberry.field(description="The pillar's id.")
    name: str | None = strawberry.field(default=UNSET, description=f"{_NAME} Not null.")


@strawberry.input(description="What a new pillar is.")
class CreateContentPillarInput(_NewPillar, _PillarContext):
    pass


@strawberry.input(description="What to change of a pillar. What is left out stays as it is; null clears.")
class UpdateContentPillarInput(_KnownPillar, _PillarContext):
    pass


@strawberry.input(description="Which pillar new boards do without.")
class ArchiveContentPillarInput:
    content_pillar_id: strawberry.ID = strawberry.field(description="The pillar's id.")


@strawberry.input(description="Which pillar new boards use again.")
class UnarchiveContentPillarInput:
    content_pillar_id: strawberry.ID = strawberry.field(description="The pillar's id.")


@strawberry.type(description="The pillar is stored. New boards follow it.")
class ContentPillarSaved:
    content_pillar: ContentPillar = strawberry.field(description="The pillar as it is now.")
    brand_key: strawberry.Private[UUID]

    @strawberry.field(description="The brand it is of.")
    def brand(self, info: Info) -> Brand:
        return Brand.from_row(info.context.brands.get(self.brand_key))


SaveContentPillarResult = Annotated[
    ContentPillarSaved | NotFoundProblem | InvalidInputProblem | ConflictProblem,
    strawberry.union("SaveContentPillarResult", description="The pillar, or a problem (`... on Problem`)."),
]


@strawberry.type
class ContentPillarsMutation:
    @strawberry.mutation(description="Gives a brand a theme to publish on.")
    def create_content_pillar(
        self,
        info: Info,
        data: Annotated[CreateContentPillarInput, strawberry.argument(name="input", description="What it is.")],
    ) -> SaveContentPillarResult:
        key, values = key_of(data.brand_id, "Brand"), provided_fields(data, exclude="brand_id")
        return _saved(
            info, brand_parts.create_part(brand_parts.PILLAR, caller=info.context.caller, brand_id=key, values=values)
        )

    @strawberry.mutation(description="Changes a pillar.")
    def update_content_pillar(
        self,
        info: Info,
        data: Annotated[
            UpdateContentPillarInput, strawberry.argument(name="input", description="Which, and what of it.")
        ],
    ) -> SaveContentPillarResult:
        key, values = (
            key_of(data.content_pillar_id, "ContentPillar"),
            provided_fields(data, exclude="content_pillar_id"),
        )
        return _saved(
            info, brand_parts.update_part(brand_parts.PILLAR, caller=info.context.caller, part_id=key, values=values)
        )

    @strawberry.mutation(description="New boards do without the pillar; ideas made for it keep it. Twice is once.")
    def archive_content_pillar(
        self,
        info: Info,
        data: Annotated[ArchiveContentPillarInput, strawberry.argument(name="input", description="Which pillar.")],
    ) -> SaveContentPillarResult:
        key = key_of(data.content_pillar_id, "ContentPillar")
        return _saved(info, brand_parts.set_pillar_active(caller=info.context.caller, pillar_id=key, is_active=False))

    @strawberry.mutation(description="New boards use the pillar again. Twice is once.")
    def unarchive_content_pillar(
        self,
        info: Info,
        data: Annotated[UnarchiveContentPillarInput, strawberry.argument(name="input", description="Which pillar.")],
    ) -> SaveContentPillarResult:
        key = key_of(data.content_pillar_id, "ContentPillar")
        return _saved(info, brand_parts.set_pillar_active(caller=info.context.caller, pillar_id=key, is_active=True))


def _saved(info: Info, row: Row) -> ContentPillarSaved:
    info.context.brands.clear()
    return ContentPillarSaved(content_pillar=ContentPillar.from_row(row), brand_key=row.brand_id)
