from typing import Annotated

import strawberry

from kairo.db.replica import reads_may_lag
from schema.context import Info
from schema.ids import key_of
from schema.types.brand import Brand


@strawberry.type
class BrandsQuery:
    @strawberry.field(description="Every brand of the tenant, by name.")
    @reads_may_lag()
    def brands(
        self,
        info: Info,
        include_archived: Annotated[
            bool, strawberry.argument(description="Whether to list archived ones too.")
        ] = False,
    ) -> list[Brand]:
        return [Brand.from_row(row) for row in info.context.brands.all(include_archived=include_archived)]

    @strawberry.field(description="One brand.")
    @reads_may_lag()
    def brand(
        self,
        info: Info,
        brand_id: Annotated[strawberry.ID, strawberry.argument(name="id", description="The brand's id.")],
    ) -> Brand | None:
        return Brand.from_row(info.context.brands.get(key_of(brand_id, "Brand")))
