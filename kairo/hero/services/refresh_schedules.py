"""Sets and clears the daily refresh of a brand's board."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from kairo.core.services.access import Caller
from kairo.core.services.brand_changes import locked_brand
from kairo.db.sql import retry_transaction
from kairo.hero.jobs import scheduler


@retry_transaction
def set_refresh_schedule(*, caller: Caller, brand_id: UUID, hour: int, time_zone: str) -> None:
    """Schedules a refresh each day at `hour` in `time_zone`; replaces an existing schedule.

    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid: the hour or the time zone is unknown.
    """
    with transaction.atomic():
        brand = locked_brand(caller=caller, brand_id=brand_id)
        scheduler.refresh_daily(brand_id=brand.id, hour=hour, time_zone=time_zone)


@retry_transaction
def clear_refresh_schedule(*, caller: Caller, brand_id: UUID) -> None:
    """Removes the schedule, if there is one.

    Raises:
        NotFound: the brand does not exist for this caller.
    """
    with transaction.atomic():
        brand = locked_brand(caller=caller, brand_id=brand_id)
        scheduler.stop_refreshing(brand_id=brand.id)
