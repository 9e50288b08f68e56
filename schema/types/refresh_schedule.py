from typing import Self

import strawberry

from kairo.hero.models import RefreshSchedule as Row


@strawberry.type(description="When a brand's board is made again every day, from the evidence stored by then.")
class RefreshSchedule:
    hour: int = strawberry.field(description="The hour, 0 to 23, by the clock on the wall.")
    time_zone: str = strawberry.field(description="Where that clock hangs, such as Europe/Lisbon.")

    @classmethod
    def from_row(cls, row: Row) -> Self:
        return cls(hour=row.hour, time_zone=row.time_zone)
