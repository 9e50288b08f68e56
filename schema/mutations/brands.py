from dataclasses import asdict
from typing import Annotated

import strawberry
from strawberry import UNSET

from kairo.core.enums import Channel
from kairo.core.models import Brand as Row
from kairo.core.services import brand_changes
from kairo.core.taboo_terms import MAX_SYNONYMS
from schema.context import Info
from schema.ids import key_of
from schema.mutations.provided_fields import provided_fields
from schema.types.brand import Brand
from schema.types.problem import ConflictProblem, InvalidInputProblem, NotFoundProblem

_SLUG = "1 to 64 letters of the English alphabet, digits, - and _; unique in the tenant."
_NAME = "Its name, at most 200 characters."


@strawberry.input(description="A taboo with other words for it, which are refused alike.")
class TabooTermInput:
    term: str = strawberry.field(description="The taboo, at most 200 characters.")
    synonyms: list[str] | None = strawberry.field(
        default=None,
        description=(
            "Other words for it, of at most 200 characters; none where it is left out or null. At most "
            f"{MAX_SYNONYMS} of all taboos together."
        ),
    )


@strawberry.input
class _BrandContext:
    positioning: str | None = strawberry.field(
        default=UNSET, description="What the brand stands for, at most 10,000 characters."
    )
    tone_tags: list[str] | None = strawberry.field(
        default=UNSET, description="How it sounds: at most 500, of at most 100 characters."
    )
    taboos: list[str] | None = strawberry.field(
        default=UNSET,
        description=(
            "What no idea may touch: at most 500, of at most 200 characters. Given without `tabooTerms`, terms that "
            "stay keep their synonyms."
        ),
    )
    taboo_terms: list[TabooTermInput] | None = strawberry.field(
        default=UNSET,
        description=(
            "What no idea may touch, at most 500, with all synonyms: in the place of `taboos`, or beside it with the "
            "same terms."
        ),
    )
    channels: list[Channel] | None = strawberry.field(default=UNSET, description="Where it publishes.")
    languages: list[str] | None = strawberry.field(
        default=UNSET, description="The languages it publishes in, as BCP 47 tags such as en or pt-BR."
    )
    handles: list[str] | None = strawberry.field(
        default=UNSET, description="Its own accounts, with or without @: at most 500, of at most 200 characters."
    )
    product_names: list[str] | None = strawberry.field(
        default=UNSET, description="Its products, by name: at most 500, of at most 200 characters."
    )
    competitor_handles: list[str] | None = strawberry.field(
        default=UNSET, description="Accounts of its competitors, with or without @: at most 500."
    )


@strawberry.input
class _NewBrand:
    slug: str = strawberry.field(description=f"Its short name for urls and commands: {_SLUG}")
    name: str = strawberry.field(description=_NAME)


@strawberry.input
class _KnownBrand:
    brand_id: strawberry.ID = strawberry.field(description="The brand's id.")
    slug: str | None = strawberry.field(default=UNSET, description=f"Its short name; not null. {_SLUG}")
    name: str | None = strawberry.field(default=UNSET, description=f"{_NAME} Not null.")


@strawberry.input(description="What a new brand is.")
class CreateBrandInput(_NewBrand, _BrandContext):
    pass


@strawberry.input(description="What to change of a brand. What is left out stays as it is; null clears.")
class UpdateBrandInput(_KnownBrand, _BrandContext):
    pass


@strawberry.input(description="Which brand to take out of use.")
class ArchiveBrandInput:
    brand_id: strawberry.ID = strawberry.field(description="The brand's id.")


@strawberry.input(description="Which brand to take back into use.")
class UnarchiveBrandInput:
    brand_id: strawberry.ID = strawberry.field(description="The brand's id.")


@strawberry.type(description="The brand is stored. Its board follows at once.")
class BrandSaved:
    brand: Brand = strawberry.field(description="The brand as it is now.")


SaveBrandResult = Annotated[
    BrandSaved | NotFoundProblem | InvalidInputProblem | ConflictProblem,
    strawberry.union("SaveBrandResult", description="The brand, or a problem (`... on Problem`)."),
]


@strawberry.type
class BrandsMutation:
    @strawberry.mutation(description="Makes a brand.")
    def create_brand(
        self,
        info: Info,
        data: Annotated[CreateBrandInput, strawberry.argument(name="input", description="What it is.")],
    ) -> SaveBrandResult:
        return _saved(info, brand_changes.create_brand(caller=info.context.caller, values=_values(data)))

    @strawberry.mutation(description="Changes a brand.")
    def update_brand(
        self,
        info: Info,
        data: Annotated[UpdateBrandInput, strawberry.argument(name="input", description="Which, and what of it.")],
    ) -> SaveBrandResult:
        key, values = key_of(data.brand_id, "Brand"), _values(data)
        return _saved(info, brand_changes.update_brand(caller=info.context.caller, brand_id=key, values=values))

    @strawberry.mutation(
        description=(
            "Takes a brand out of use: it is not listed unless asked for, and gets no new boards. It can still be "
            "read, and a job that it has ends as it would. Twice is once."
        )
    )
    def archive_brand(
        self,
        info: Info,
        data: Annotated[ArchiveBrandInput, strawberry.argument(name="input", description="Which brand.")],
    ) -> SaveBrandResult:
        key = key_of(data.brand_id, "Brand")
        return _saved(info, brand_changes.archive_brand(caller=info.context.caller, brand_id=key))

    @strawberry.mutation(description="Takes a brand back into use. Twice is once.")
    def unarchive_brand(
        self,
        info: Info,
        data: Annotated[UnarchiveBrandInput, strawberry.argument(name="input", description="Which brand.")],
    ) -> SaveBrandResult:
        key = key_of(data.brand_id, "Brand")
        return _saved(info, brand_changes.unarchive_brand(caller=info.context.caller, brand_id=key))


def _values(data: CreateBrandInput | UpdateBrandInput) -> dict[str, object]:
    values = provided_fields(data, exclude="brand_id")
    if data.taboo_terms:
        values["taboo_terms"] = [asdict(taboo) for taboo in data.taboo_terms]
    return values


def _saved(info: Info, row: Row) -> BrandSaved:
    info.context.brands.clear()
    return BrandSaved(brand=Brand.from_row(row))
