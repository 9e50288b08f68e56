from typing import Annotated

import strawberry

from kairo.hero.services import refresh_schedules
from schema.context import Info
from schema.ids import key_of
from schema.mutations.brands import BrandSaved
from schema.types.brand import Brand
from schema.types.problem import InvalidInputProblem, NotFoundProblem


@strawberry.input(description="When to make a brand's board again by itself.")
class SetBrandRefreshScheduleInput:
    brand_id: strawberry.ID = strawberry.field(description="The brand's id.")
    hour: int = strawberry.field(description="The hour of every day, 0 to 23, by the clock on the wall.")
    time_zone: str = strawberry.field(
        default="UTC",
        description="Where that clock hangs: a name of the IANA time zone database, such as Europe/Lisbon.",
    )


@strawberry.input(description="Which brand's board to make again only on request.")
class ClearBrandRefreshScheduleInput:
    brand_id: strawberry.ID = strawberry.field(description="The brand's id.")


ScheduleBrandRefreshResult = Annotated[
    BrandSaved | NotFoundProblem | InvalidInputProblem,
    strawberry.union("ScheduleBrandRefreshResult", description="The brand, or a problem (`... on Problem`)."),
]


@strawberry.type
class BrandRefreshSchedulesMutation:
    @strawberry.mutation(
        description=(
            "Makes a brand's board again every day from the evidence stored by then, in place of what was set before. "
            "Set after today's hour, it begins tomorrow."
        )
    )
    def set_brand_refresh_schedule(
        self,
        info: Info,
        data: Annotated[
            SetBrandRefreshScheduleInput, strawberry.argument(name="input", description="Which brand, and when.")
        ],
    ) -> ScheduleBrandRefreshResult:
        key = key_of(data.brand_id, "Brand")
        refresh_schedules.set_refresh_schedule(
            caller=info.context.caller, brand_id=key, hour=data.hour, time_zone=data.time_zone
        )
        info.context.brands.clear()
        return BrandSaved(brand=Brand.from_row(info.context.brands.get(key)))

    @strawberry.mutation(description="Makes a brand's board again only on request. Twice is once.")
    def clear_brand_refresh_schedule(
        self,
        info: Info,
        data: Annotated[ClearBrandRefreshScheduleInput, strawberry.argument(name="input", description="Which brand.")],
    ) -> ScheduleBrandRefreshResult:
        key = key_of(data.brand_id, "Brand")
        refresh_schedules.clear_refresh_schedule(caller=info.context.caller, brand_id=key)
        info.context.brands.clear()
        return BrandSaved(brand=Brand.from_row(info.context.brands.get(key)))
