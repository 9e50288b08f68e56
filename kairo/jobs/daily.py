"""Daily schedules: rows with an hour of the day in a time zone, which enqueue jobs of any kind once a day.

A schedule is due from its hour to the end of that day, by local time. An hour that a change of clocks skips is due once
local time is past it; an hour that comes twice, the first time. A schedule that is set after today's hour begins
tomorrow. Another hour or time zone gives a day no second job. Every time is the database's clock.

A further kind is a subclass of `DailySchedule`, `DailyTrigger("TheModel")` in its migration, and `enqueue_due`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import DataError, models, transaction

from kairo.core.errors import BrandArchived, Invalid
from kairo.core.models.record import Record
from kairo.db.row_level_security import RowLevelSecurity
from kairo.db.sql import fetch, run_in_batches

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.migrations.state import ProjectState

MAX_TIME_ZONE_CHARACTERS = 64
_BATCH = 50  # brands a transaction


class DailySchedule(Record):
    """Abstract: a subclass adds `brand`, and `hour`, which is null where a row need not have a schedule."""

    time_zone = models.CharField(max_length=MAX_TIME_ZONE_CHARACTERS, default="UTC", db_default="UTC")
    # The last local day that needs no job any more. Written by the trigger and by `enqueue_due`.
    scheduled_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


@contextmanager
def valid_schedule(*, hour: object, time_zone: object) -> Iterator[None]:
    """Checks a schedule before the block and, by the database, in it: the block writes the row, in a savepoint.

    Raises:
        Invalid: there is no such hour (None is no schedule) or time zone.
    """
    if hour is not None and not (isinstance(hour, int) and 0 <= hour <= 23):
        raise Invalid(f"An hour is 0 to 23, not {hour}.", field="hour")
    if not (isinstance(time_zone, str) and time_zone.isascii() and time_zone.isprintable()) or not (
        0 < len(time_zone) <= MAX_TIME_ZONE_CHARACTERS
    ):
        raise Invalid("A time zone is a name such as Europe/Lisbon or UTC.", field="time_zone")
    try:
        with transaction.atomic():
            yield
    except DataError as error:
        raise Invalid(f"{time_zone!r} is not a time zone that the database knows.", field="time_zone") from error


def enqueue_due(
    model: type[DailySchedule],
    *,
    enqueue: Callable[[UUID, list[UUID]], object],
    which: str = "TRUE",
    order_by: str = "s.id",
    at: datetime | None = None,
) -> int:
    """Calls `enqueue` with each brand that has due schedules, and with their ids; returns the number of brands.

    The day is written in the transaction that enqueues, so each is enqueued once however many processes do this.
    Archived brands are left alone. `which` is an SQL condition on a schedule `s`, and `order_by` orders the ids. `at`
    defaults to now.
    """
    batch = partial(_enqueue_batch, _sql(model, which=which, order_by=order_by), enqueue, at)
    # Until there is none: a batch is smaller than _BATCH, too, where other processes have some of its rows.
    return run_in_batches(batch, size=1)


def _enqueue_batch(sql: str, enqueue: Callable[[UUID, list[UUID]], object], at: datetime | None) -> int:
    with transaction.atomic():
        brands = fetch(sql, {"at": at, "limit": _BATCH})
        for brand in brands:
            with suppress(BrandArchived):  # it was archived after its row was read
                enqueue(brand["brand_id"], brand["schedule_ids"])
    return len(brands)


def _sql(model: type[DailySchedule], *, which: str, order_by: str) -> str:
    replacements = {"{table}": model._meta.db_table, "/*which*/": which, "/*order*/": order_by}
    sql = _TAKE_DUE
    for placeholder, value in replacements.items():
        sql = sql.replace(placeholder, value)
    return sql


_LOCAL_TIME = "(coalesce(%(at)s::timestamptz, statement_timestamp()) AT TIME ZONE s.time_zone)"
_IS_DUE = f"""s.hour <= extract(hour FROM {_LOCAL_TIME})
      AND (s.scheduled_on IS NULL OR s.scheduled_on < {_LOCAL_TIME}::date) AND /*which*/"""

# Once a row is locked, PostgreSQL checks the outer condition again, on what another process has committed.
_TAKE_DUE = f"""
WITH due AS MATERIALIZED (
    SELECT s.id FROM {{table}} s
    WHERE {_IS_DUE} AND s.brand_id IN (
        SELECT DISTINCT s.brand_id FROM {{table}} s JOIN core_brand b ON b.id = s.brand_id AND b.archived_at IS NULL
        WHERE {_IS_DUE} LIMIT %(limit)s)
    FOR UPDATE OF s SKIP LOCKED
), s AS (
    UPDATE {{table}} s SET scheduled_on = {_LOCAL_TIME}::date FROM due WHERE s.id = due.id RETURNING s.*
)
SELECT brand_id, array_agg(s.id ORDER BY /*order*/) AS schedule_ids FROM s GROUP BY brand_id
"""  # noqa: S608  made of constants


class DailyTrigger(RowLevelSecurity):
    """Migration operation: the trigger of a `DailySchedule` that refuses unknown time zones and sets the first day."""

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        table = state.apps.get_model(app_label, self.model_name)._meta.db_table
        yield _SET_FIRST_DAY
        yield (
            f"CREATE OR REPLACE TRIGGER first_day BEFORE INSERT OR UPDATE OF hour, time_zone ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION kairo_set_first_day()"
        )

    def reverse_statements(self, app_label: str, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterator[str]:
        table = state.apps.get_model(app_label, self.model_name)._meta.db_table
        yield f"DROP TRIGGER IF EXISTS first_day ON {table}"

    def describe(self) -> str:
        return f"Make the trigger of the daily schedule of {self.model_name}"


# One function for all tables. AT TIME ZONE raises for a zone that PostgreSQL does not know. The release before writes
# `scheduled_on` itself along with an hour of a connection; this value counts instead.
_SET_FIRST_DAY = """
CREATE OR REPLACE FUNCTION kairo_set_first_day() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    local_time CONSTANT timestamp := clock_timestamp() AT TIME ZONE NEW.time_zone;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.hour, NEW.time_zone) IS NOT DISTINCT FROM (OLD.hour, OLD.time_zone) THEN
            RETURN NEW;
        END IF;
        NEW.scheduled_on := OLD.scheduled_on;
    END IF;
    IF NEW.hour <= extract(hour FROM local_time) OR NEW.scheduled_on >= local_time::date THEN
        NEW.scheduled_on := local_time::date;
    END IF;
    RETURN NEW;
END $$
"""
