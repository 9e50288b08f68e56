from typing import Annotated

import strawberry

from kairo.db.replica import reads_may_lag
from schema.context import Info
from schema.ids import key_of
from schema.types.brand import Brand, BrandConnection

_PAGE = 20


@strawberry.type
class BrandsQuery:
    @strawberry.field(
        description="Every brand of the tenant, by name; an error where there are more than 500.",
        deprecation_reason="2026-12-01: use `brandConnection`, which has pages.",
    )
    @reads_may_lag()
    def brands(
        self,
        info: Info,
        include_archived: Annotated[
            bool, strawberry.argument(description="Whether to list archived ones too.")
        ] = False,
    ) -> list[Brand]:
        return [Brand.from_row(row) for row in info.context.brands.all(include_archived=include_archived)]

    @strawberry.field(description="The tenant's brands, by slug.")
    @reads_may_lag()
    def brand_connection(
        self,
        info: Info,
        first: Annotated[int, strawberry.argument(description="How many at most, 1 to 100.")] = _PAGE,
        after: Annotated[
            str | None, strawberry.argument(description="The cursor after which to go on; null for the start.")
        ] = None,
        include_archived: Annotated[
            bool, strawberry.argument(description="Whether to list archived ones too.")
        ] = False,
    ) -> BrandConnection:
        page = info.context.brands.page(first=first, after=after, include_archived=include_archived)
        return BrandConnection.of(page.map(lambda rows: map(Brand.from_row, rows)), after=after)

    @strawberry.field(description="One brand.")
    @reads_may_lag()
    def brand(
        self,
        info: Info,
        brand_id: Annotated[strawberry.ID, strawberry.argument(name="id", description="The brand's id.")],
    ) -> Brand | None:
        return Brand.from_row(info.context.brands.get(key_of(brand_id, "Brand")))
