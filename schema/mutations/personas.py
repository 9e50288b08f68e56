from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from kairo.core.models import Persona as Row
from kairo.core.services import brand_parts
from schema.context import Info
from schema.ids import global_id, key_of
from schema.mutations.provided_fields import provided_fields
from schema.types.brand import Brand
from schema.types.persona import Persona
from schema.types.problem import ConflictProblem, InvalidInputProblem, NotFoundProblem

_NAME = "The reader's name, at most 200 characters; unique in the brand."


@strawberry.input
class _PersonaContext:
    role: str | None = strawberry.field(default=UNSET, description="What the reader does, at most 300 characters.")
    summary: str | None = strawberry.field(
        default=UNSET, description="The reader in a few sentences, at most 10,000 characters."
    )
    priorities: list[str] | None = strawberry.field(
        default=UNSET, description="What matters to the reader: at most 500, of at most 300 characters."
    )
    pains: list[str] | None = strawberry.field(
        default=UNSET, description="What bothers the reader: at most 500, of at most 300 characters."
    )
    keywords: list[str] | None = strawberry.field(
        default=UNSET,
        description="Words by which evidence is matched to the reader: at most 500, of at most 200 characters.",
    )


@strawberry.input
class _NewPersona:
    brand_id: strawberry.ID = strawberry.field(description="The brand's id.")
    name: str = strawberry.field(description=_NAME)


@strawberry.input
class _KnownPersona:
    persona_id: strawberry.ID = strawberry.field(description="The persona's id.")
    name: str | None = strawberry.field(default=UNSET, description=f"{_NAME} Not null.")


@strawberry.input(description="Who a new target reader is.")
class CreatePersonaInput(_NewPersona, _PersonaContext):
    pass


@strawberry.input(description="What to change of a persona. What is left out stays as it is; null clears.")
class UpdatePersonaInput(_KnownPersona, _PersonaContext):
    pass


@strawberry.input(description="Which persona to delete.")
class DeletePersonaInput:
    persona_id: strawberry.ID = strawberry.field(description="The persona's id.")


@strawberry.type(description="The persona is stored. New boards follow it.")
class PersonaSaved:
    persona: Persona = strawberry.field(description="The persona as it is now.")
    brand_key: strawberry.Private[UUID]

    @strawberry.field(description="The brand it is of.")
    def brand(self, info: Info) -> Brand:
        return Brand.from_row(info.context.brands.get(self.brand_key))


@strawberry.type(description="The persona is gone. Boards made before go on showing its name.")
class PersonaDeleted:
    persona_id: strawberry.ID = strawberry.field(description="The id that the persona had.")
    brand_key: strawberry.Private[UUID]

    @strawberry.field(description="The brand it was of.")
    def brand(self, info: Info) -> Brand:
        return Brand.from_row(info.context.brands.get(self.brand_key))


SavePersonaResult = Annotated[
    PersonaSaved | NotFoundProblem | InvalidInputProblem | ConflictProblem,
    strawberry.union("SavePersonaResult", description="The persona, or a problem (`... on Problem`)."),
]
DeletePersonaResult = Annotated[
    PersonaDeleted | NotFoundProblem | InvalidInputProblem,
    strawberry.union("DeletePersonaResult", description="What is gone, or a problem (`... on Problem`)."),
]


@strawberry.type
class PersonasMutation:
    @strawberry.mutation(description="Gives a brand a target reader.")
    def create_persona(
        self,
        info: Info,
        data: Annotated[CreatePersonaInput, strawberry.argument(name="input", description="Who it is.")],
    ) -> SavePersonaResult:
        key, values = key_of(data.brand_id, "Brand"), provided_fields(data, exclude="brand_id")
        return _saved(
            info, brand_parts.create_part(brand_parts.PERSONA, caller=info.context.caller, brand_id=key, values=values)
        )

    @strawberry.mutation(description="Changes a persona.")
    def update_persona(
        self,
        info: Info,
        data: Annotated[UpdatePersonaInput, strawberry.argument(name="input", description="Which, and what of it.")],
    ) -> SavePersonaResult:
        key, values = key_of(data.persona_id, "Persona"), provided_fields(data, exclude="persona_id")
        return _saved(
            info, brand_parts.update_part(brand_parts.PERSONA, caller=info.context.caller, part_id=key, values=values)
        )

    @strawberry.mutation(description="Deletes a persona. Ideas made for it stay.")
    def delete_persona(
        self,
        info: Info,
        data: Annotated[DeletePersonaInput, strawberry.argument(name="input", description="Which persona.")],
    ) -> DeletePersonaResult:
        key = key_of(data.persona_id, "Persona")
        brand_key = brand_parts.delete_part(brand_parts.PERSONA, caller=info.context.caller, part_id=key)
        info.context.brands.clear()
        return PersonaDeleted(persona_id=global_id("Persona", key), brand_key=brand_key)


def _saved(info: Info, row: Row) -> PersonaSaved:
    info.context.brands.clear()
    return PersonaSaved(persona=Persona.from_row(row), brand_key=row.brand_id)
