"""Schedules that are due daily at an hour of a time zone, the same for each kind of job."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from kairo.core.errors import Invalid
from kairo.core.models import Brand
from kairo.evidence.jobs.queue import KIND as INGESTION
from kairo.evidence.jobs.scheduler import enqueue_due_readings
from kairo.evidence.models import SourceConnection
from kairo.hero.jobs.queue import KIND as GENERATION
from kairo.hero.jobs.scheduler import enqueue_due_refreshes
from kairo.hero.models import RefreshSchedule
from kairo.jobs.daily import DailySchedule, valid_schedule
from kairo.jobs.kind import JobKind
from tests.evidence.sources import make_connection
from tests.factories import make_brand
from tests.hero.jobs.rows import at_once

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Daily:
    name: str
    kind: JobKind[Any]
    model: type[DailySchedule]
    make: Callable[..., DailySchedule]
    enqueue_due: Callable[..., int]
    # The statement of the release before that takes what is due; its rows were enqueued.
    old_sql: str

    def row(self, brand: Brand, hour: int, time_zone: str = "UTC", *, day: date | None = None) -> Any:
        """A schedule that was set before every time of these tests, by default."""
        row = self.make(brand=brand, hour=hour, time_zone=time_zone)
        self.model._default_manager.filter(id=row.id).update(scheduled_on=day, updated_at=LONG_AGO)
        return row

    def change(self, row: Any, **values: Any) -> date | None:
        """The day after a change of the row."""
        self.model._default_manager.filter(id=row.id).update(**values)
        return self.day(row)

    def day(self, row: Any) -> date | None:
        row.refresh_from_db()
        scheduled_on: date | None = row.scheduled_on
        return scheduled_on

    def end_jobs(self) -> None:
        self.kind.model._default_manager.update(status="cancelled", finished_at=LONG_AGO)

    def moments(self, start: datetime, *, days: int) -> list[datetime]:
        """The quarters of hours at which a job was enqueued; each ends at once."""
        found = []
        for quarter in range(days * 96):
            if self.enqueue_due(at=start + quarter * timedelta(minutes=15)):
                found.append(start + quarter * timedelta(minutes=15))
                self.end_jobs()
        return found

    def old_release(self, at: datetime) -> int:
        with connection.cursor() as cursor:
            cursor.execute(self.old_sql, {"at": at, "limit": 50})
            return len(cursor.fetchall())


OLD_REFRESHES = """
INSERT INTO hero_refreshslot (brand_id, day)
SELECT s.brand_id, local.time::date
FROM hero_refreshschedule s
JOIN core_brand b ON b.id = s.brand_id AND b.archived_at IS NULL
CROSS JOIN LATERAL (
    SELECT coalesce(%(at)s::timestamptz, clock_timestamp()) AT TIME ZONE s.time_zone AS time
) local
WHERE extract(hour FROM local.time) >= s.hour
  AND s.updated_at AT TIME ZONE s.time_zone <= local.time::date + make_interval(hours => s.hour)
  AND NOT EXISTS (
      SELECT 1 FROM hero_refreshslot taken WHERE taken.brand_id = s.brand_id AND taken.day = local.time::date)
LIMIT %(limit)s
ON CONFLICT (brand_id, day) DO NOTHING
RETURNING id, brand_id
"""

OLD_READINGS = """
WITH clock AS (SELECT coalesce(%(at)s::timestamptz, clock_timestamp()) AT TIME ZONE 'UTC' AS utc),
due AS MATERIALIZED (
    SELECT c.id FROM evidence_sourceconnection c
    JOIN (
        SELECT DISTINCT c.brand_id FROM evidence_sourceconnection c JOIN core_brand b ON b.id = c.brand_id, clock
        WHERE c.enabled AND c.hour <= extract(hour FROM clock.utc) AND b.archived_at IS NULL
          AND (c.scheduled_on IS NULL OR c.scheduled_on < clock.utc::date)
          AND NOT EXISTS (SELECT 1 FROM evidence_ingestionjob j
                          WHERE j.brand_id = c.brand_id AND j.status IN ('pending', 'running'))
        LIMIT %(limit)s
    ) brands ON brands.brand_id = c.brand_id, clock
    WHERE c.enabled AND c.hour <= extract(hour FROM clock.utc)
      AND (c.scheduled_on IS NULL OR c.scheduled_on < clock.utc::date)
    FOR UPDATE OF c SKIP LOCKED
), taken AS (
    UPDATE evidence_sourceconnection c SET scheduled_on = clock.utc::date FROM due, clock WHERE c.id = due.id
    RETURNING c.id, c.brand_id, c.last_read_at
)
SELECT brand_id, array_agg(id ORDER BY last_read_at NULLS FIRST, id) AS connection_ids FROM taken GROUP BY brand_id
"""

_numbers = count()
DAILY = [
    Daily(
        name="refresh",
        kind=GENERATION,
        model=RefreshSchedule,
        make=RefreshSchedule.objects.create,
        enqueue_due=enqueue_due_refreshes,
        old_sql=OLD_REFRESHES,
    ),
    Daily(
        name="reading",
        kind=INGESTION,
        model=SourceConnection,
        make=lambda **values: make_connection(identifier=f"n{next(_numbers)}", **values),
        enqueue_due=enqueue_due_readings,
        old_sql=OLD_READINGS,
    ),
]
each_daily = pytest.mark.parametrize("daily", DAILY, ids=lambda daily: daily.name)


@pytest.fixture
def brand() -> Brand:
    return make_brand(context=False)


def zone_at_noon() -> str:
    """A time zone in which it is twelve o'clock, or thirteen by the end of the test."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+}"


@each_daily
def test_schedule_enqueues_a_job_of_the_lowest_priority_at_its_hour_there(daily: Daily, brand: Brand) -> None:
    row = daily.row(brand, 7, "America/New_York")
    before, then = datetime(2025, 6, 2, 10, 59, tzinfo=UTC), datetime(2025, 6, 2, 11, 0, tzinfo=UTC)
    assert daily.enqueue_due(at=before) == 0
    assert daily.enqueue_due(at=then) == 1
    daily.end_jobs()
    assert daily.enqueue_due(at=then + timedelta(hours=3)) == 0
    job = daily.kind.model._default_manager.get(brand=brand)
    assert (job.trigger, job.priority) == ("schedule", 0)
    assert daily.day(row) == date(2025, 6, 2)


@each_daily
def test_schedule_enqueues_once_a_day_for_weeks(daily: Daily, brand: Brand) -> None:
    daily.row(brand, 9, "Asia/Kolkata")
    moments = daily.moments(datetime(2025, 3, 1, tzinfo=UTC), days=14)
    assert [moment.astimezone(ZoneInfo("Asia/Kolkata")).strftime("%H:%M") for moment in moments] == ["09:00"] * 14


@each_daily
@pytest.mark.parametrize(
    ("zone", "hour", "expected"),
    [
        ("Europe/Berlin", 2, datetime(2025, 3, 30, 3)),  # 02:00 to 03:00 is skipped
        ("Europe/Berlin", 3, datetime(2025, 3, 30, 3)),
        ("Europe/Berlin", 2, datetime(2025, 10, 26, 2)),  # 02:00 to 03:00 comes twice
        ("Europe/Berlin", 3, datetime(2025, 10, 26, 3)),
        ("America/New_York", 1, datetime(2025, 11, 2, 1)),
        ("America/New_York", 2, datetime(2025, 3, 9, 3)),
        ("Africa/Cairo", 0, datetime(2025, 4, 25, 1)),  # midnight itself is skipped
        ("America/Havana", 0, datetime(2025, 11, 2, 0)),  # the day's first hour comes twice
        ("America/Santiago", 23, datetime(2025, 4, 5, 23)),  # the day's last hour comes twice
        ("Australia/Lord_Howe", 2, datetime(2025, 10, 5, 2, 30)),  # half an hour is skipped
    ],
)
def test_day_on_which_the_clocks_change_has_one_job(daily: Daily, zone: str, hour: int, expected: datetime) -> None:
    daily.row(make_brand(context=False), hour, zone)
    day = expected.date()
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    moments = [m.astimezone(ZoneInfo(zone)) for m in daily.moments(midnight - timedelta(days=1), days=4)]
    assert [m.replace(tzinfo=None) for m in moments if m.date() == day] == [expected]
    assert len(moments) == len({m.date() for m in moments}) >= 3


@each_daily
@pytest.mark.parametrize("seed", range(12))
def test_schedule_is_due_from_its_hour_to_the_end_of_the_local_day(daily: Daily, brand: Brand, seed: int) -> None:
    """At random times of a year, with the time zones of Python as the oracle."""
    chance = random.Random(seed)
    zones = ["Africa/Cairo", "America/Havana", "America/St_Johns", "America/Santiago", "Asia/Kathmandu", "Asia/Tokyo"]
    zone = chance.choice([*zones, "Australia/Lord_Howe", "Europe/Dublin", "Pacific/Apia", "Pacific/Kiritimati", "UTC"])
    hour = chance.randrange(24)
    row, done = daily.row(brand, hour, zone), date.min
    for minutes in sorted(chance.sample(range(365 * 24 * 60), 40)):
        at = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
        local = at.astimezone(ZoneInfo(zone))
        is_due = local.hour >= hour and local.date() > done
        assert daily.enqueue_due(at=at) == is_due, (zone, hour, local)
        daily.end_jobs()
        done = local.date() if is_due else done
        assert (daily.day(row) or date.min) == done


@each_daily
def test_missed_hour_is_made_good_on_the_same_day_only(daily: Daily, brand: Brand) -> None:
    row = daily.row(brand, 7)
    assert daily.enqueue_due(at=datetime(2025, 6, 2, 23, 59, tzinfo=UTC)) == 1
    daily.end_jobs()
    assert daily.enqueue_due(at=datetime(2025, 6, 4, 6, 59, tzinfo=UTC)) == 0
    assert daily.day(row) == date(2025, 6, 2)


@each_daily
def test_schedule_set_after_todays_hour_begins_tomorrow(daily: Daily, brand: Brand) -> None:
    zone = zone_at_noon()
    today = datetime.now(ZoneInfo(zone)).date()
    for hour, day in ((11, today), (12, today), (14, None)):
        row = daily.make(brand=make_brand(context=False), hour=hour, time_zone=zone)
        assert daily.day(row) == day
        if day is not None:
            at = datetime(today.year, today.month, today.day, 23, tzinfo=ZoneInfo(zone))
            assert [daily.enqueue_due(at=at + wait) for wait in (timedelta(), timedelta(days=1))] == [0, 1]
            daily.change(row, scheduled_on=date.max)


@each_daily
def test_other_hour_or_zone_gives_a_day_no_second_job(daily: Daily, brand: Brand) -> None:
    zone = zone_at_noon()
    today = datetime.now(ZoneInfo(zone)).date()
    row = daily.row(brand, 9, zone, day=today)  # it ran at nine
    assert daily.change(row, hour=14) == today
    # The release before writes the day itself.
    assert daily.change(row, hour=15, scheduled_on=None) == today
    # A day that is to come in the new zone is not taken.
    assert daily.change(row, scheduled_on=today + timedelta(days=1)) == today + timedelta(days=1)
    assert daily.change(row, hour=16) == today
    # Unchanged values leave the day as it is.
    daily.change(row, scheduled_on=None)
    assert daily.change(row, hour=16, time_zone=zone) is None
    assert daily.change(row, hour=11) == today


@each_daily
def test_archived_brand_is_left_alone(daily: Daily) -> None:
    brand = make_brand(archived_at=timezone.now())
    row = daily.row(brand, 7)
    assert daily.enqueue_due(at=NOON) == 0
    assert daily.day(row) is None


@each_daily
def test_unknown_time_zone_and_hour_are_refused_by_the_database(daily: Daily, brand: Brand) -> None:
    row = daily.row(brand, 7)
    for refused, values in ((DataError, {"time_zone": "Mars/Olympus"}), (IntegrityError, {"hour": 24})):
        with pytest.raises(refused), transaction.atomic():
            daily.change(row, **values)
        with pytest.raises(refused), transaction.atomic():
            daily.make(brand=make_brand(context=False), **{"hour": 7, "time_zone": "UTC", **values})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        *[({"hour": hour}, "hour") for hour in (-1, 24, "7")],
        *[({"time_zone": zone}, "time_zone") for zone in (None, "", "\0", "\ud800", "Z" * 65, "Europe/Lisbon\n")],
    ],
)
def test_valid_schedule_refuses_before_the_block(values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as raised, valid_schedule(**{"hour": 7, "time_zone": "UTC", **values}):
        pytest.fail("the block was entered")
    assert raised.value.field == field


@each_daily
@pytest.mark.django_db(transaction=True)
def test_processes_at_once_enqueue_each_of_a_hundred_brands_once(daily: Daily) -> None:
    for _ in range(100):
        daily.row(make_brand(context=False), 0)
    made = at_once(12, lambda _: daily.enqueue_due(at=NOON))
    assert sum(made) == 100
    assert daily.kind.model._default_manager.count() == 100


@each_daily
@pytest.mark.parametrize("old_first", [True, False])
def test_release_before_beside_this_one_gives_a_day_no_second_job(daily: Daily, brand: Brand, old_first: bool) -> None:
    row = daily.row(brand, 7)
    for days in range(3):
        at = NOON + timedelta(days=days)
        old = daily.old_release(at) if old_first else 0
        new = daily.enqueue_due(at=at)
        daily.end_jobs()
        assert (old, new) == (int(old_first), int(not old_first))
        assert (daily.old_release(at), daily.enqueue_due(at=at)) == (0, 0)
        assert daily.day(row) == at.date()


def test_brand_and_job_with_slots_of_the_release_before_can_be_deleted(brand: Brand) -> None:
    DAILY[0].row(brand, 7)
    assert DAILY[0].old_release(NOON) == 1
    assert DAILY[0].enqueue_due(at=NOON + timedelta(days=1)) == 1
    GENERATION.model.objects.all().delete()
    brand.delete()
    assert not Brand.objects.filter(id=brand.id).exists()


def test_migration_makes_due_what_was_due_before() -> None:
    """A schedule that ran on 3 June, and one that was set on 3 June an hour after its hour, or before it."""
    ran, late, early = (DAILY[0].row(make_brand(context=False), 7, "Asia/Tokyo") for _ in range(3))
    schedules = RefreshSchedule.objects
    schedules.filter(id=late.id).update(updated_at=datetime(2025, 6, 3, 8, tzinfo=ZoneInfo("Asia/Tokyo")))
    schedules.filter(id=early.id).update(updated_at=datetime(2025, 6, 3, 6, tzinfo=ZoneInfo("Asia/Tokyo")))
    with connection.cursor() as cursor:
        for day in (date(2025, 6, 2), date(2025, 6, 3)):
            cursor.execute("INSERT INTO hero_refreshslot (brand_id, day) VALUES (%s, %s)", [ran.brand_id, day])
        cursor.execute(import_module("kairo.hero.migrations.0016_day_of_refresh_schedule").COPY_DAYS)
    assert [DAILY[0].day(row) for row in (ran, late, early)] == [
        date(2025, 6, 3), date(2025, 6, 3), date(2025, 6, 2)
    ]  # fmt: skip
