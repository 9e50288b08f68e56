from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError, IntegrityError, transaction

from kairo.core.errors import Invalid
from kairo.core.models import Brand
from kairo.hero.jobs.scheduler import enqueue_due_refreshes, refresh_daily, stop_refreshing
from kairo.hero.models import OpportunitiesJob, RefreshSchedule, RefreshSlot
from tests.factories import make_brand
from tests.hero.jobs.rows import at_once, pending

LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


def scheduled(hour: int, time_zone: str = "UTC", *, since: datetime = LONG_AGO) -> Brand:
    brand = make_brand(context=False)
    refresh_daily(brand_id=brand.id, hour=hour, time_zone=time_zone)
    RefreshSchedule.objects.filter(brand=brand).update(updated_at=since)
    return brand


def days(brand: Brand) -> list[date]:
    return list(RefreshSlot.objects.filter(brand=brand).order_by("day").values_list("day", flat=True))


def watch(brand: Brand, *, start: datetime, end: datetime, step: timedelta = timedelta(minutes=15)) -> list[datetime]:
    """The moments between two times at which a refresh was enqueued; its job ends at once."""
    moments = []
    while start < end:
        if enqueue_due_refreshes(at=start):
            moments.append(start)
            OpportunitiesJob.objects.filter(brand=brand).update(status="cancelled", finished_at=start)
        start += step
    return moments


@pytest.mark.django_db
def test_a_refresh_is_a_job_of_the_lowest_priority_at_its_hour_there() -> None:
    brand = scheduled(7, "America/New_York")
    before, then = datetime(2025, 6, 2, 10, 59, tzinfo=UTC), datetime(2025, 6, 2, 11, 0, tzinfo=UTC)

    assert enqueue_due_refreshes(at=before) == 0
    assert enqueue_due_refreshes(at=then) == 1
    assert enqueue_due_refreshes(at=then + timedelta(hours=3)) == 0

    job = OpportunitiesJob.objects.get(brand=brand)
    assert (job.trigger, job.priority, job.status) == ("schedule", 0, "pending")
    slot = RefreshSlot.objects.get(brand=brand)
    assert (slot.day, slot.job_id) == (date(2025, 6, 2), job.id)


@pytest.mark.django_db
def test_once_a_day_for_weeks() -> None:
    brand = scheduled(9, "Asia/Kolkata")
    start = datetime(2025, 3, 1, tzinfo=UTC)
    moments = watch(brand, start=start, end=start + timedelta(days=14))
    assert [moment.astimezone(ZoneInfo("Asia/Kolkata")).strftime("%H:%M") for moment in moments] == ["09:00"] * 14


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "hour", "day", "expected"),
    [
        ("Europe/Berlin", 2, date(2025, 3, 30), "03:00"),  # 02:00 to 03:00 is skipped
        ("Europe/Berlin", 3, date(2025, 3, 30), "03:00"),
        ("Europe/Berlin", 2, date(2025, 10, 26), "02:00"),  # 02:00 to 03:00 comes twice
        ("Europe/Berlin", 3, date(2025, 10, 26), "03:00"),
        ("America/New_York", 1, date(2025, 11, 2), "01:00"),
        ("America/New_York", 2, date(2025, 3, 9), "03:00"),
        ("Africa/Cairo", 0, date(2025, 4, 25), "01:00"),  # midnight itself is skipped
        ("America/Santiago", 23, date(2025, 4, 5), "23:00"),  # the day's last hour comes twice
        ("Australia/Lord_Howe", 2, date(2025, 10, 5), "02:30"),  # half an hour is skipped
    ],
)
def test_days_on_which_the_clocks_change_have_one_refresh_each(zone: str, hour: int, day: date, expected: str) -> None:
    brand = scheduled(hour, zone)
    there = ZoneInfo(zone)
    midnight = datetime(day.year, day.month, day.day, tzinfo=there).astimezone(UTC)
    start, end = midnight - timedelta(days=1), midnight + timedelta(days=2, hours=2)

    moments = watch(brand, start=start, end=end)

    on_the_day = [m.astimezone(there).strftime("%H:%M") for m in moments if m.astimezone(there).date() == day]
    assert on_the_day == [expected]
    assert len(days(brand)) == len(set(days(brand))) >= 3


@pytest.mark.django_db
def test_an_hour_that_everyone_slept_through_is_made_good_on_the_same_day_only() -> None:
    brand = scheduled(7)
    assert enqueue_due_refreshes(at=datetime(2025, 6, 2, 23, 59, tzinfo=UTC)) == 1
    OpportunitiesJob.objects.update(status="cancelled", finished_at=LONG_AGO)
    assert enqueue_due_refreshes(at=datetime(2025, 6, 4, 6, 59, tzinfo=UTC)) == 0
    assert days(brand) == [date(2025, 6, 2)]


@pytest.mark.django_db
def test_a_schedule_set_after_todays_hour_begins_tomorrow() -> None:
    noon = datetime(2025, 6, 2, 12, tzinfo=UTC)
    scheduled(7, since=noon)
    assert enqueue_due_refreshes(at=noon + timedelta(minutes=1)) == 0
    assert enqueue_due_refreshes(at=noon + timedelta(hours=19)) == 1


@pytest.mark.django_db
def test_a_brand_whose_job_is_active_already_gets_no_second_one() -> None:
    brand = scheduled(0)
    job = pending(brand)
    assert enqueue_due_refreshes() == 1
    assert OpportunitiesJob.objects.count() == 1
    assert RefreshSlot.objects.get().job_id == job.id
    assert job.priority == 10


@pytest.mark.django_db(transaction=True)
def test_twenty_processes_at_once_refresh_each_of_a_hundred_brands_once() -> None:
    for _ in range(100):
        scheduled(0)

    made = at_once(20, lambda _: enqueue_due_refreshes())

    assert sum(made) == 100
    assert OpportunitiesJob.objects.count() == RefreshSlot.objects.count() == 100


@pytest.mark.django_db
def test_what_is_no_hour_or_zone_is_refused_by_us_and_by_the_database() -> None:
    brand = make_brand()
    with pytest.raises(Invalid, match="Mars/Olympus"):
        refresh_daily(brand_id=brand.id, hour=7, time_zone="Mars/Olympus")
    with pytest.raises(Invalid, match="24"):
        refresh_daily(brand_id=brand.id, hour=24, time_zone="UTC")
    with pytest.raises(DataError), transaction.atomic():
        RefreshSchedule.objects.create(brand=brand, hour=7, time_zone="Mars/Olympus")
    with pytest.raises(IntegrityError, match="refresh_hour_of_a_day"), transaction.atomic():
        RefreshSchedule.objects.create(brand=brand, hour=24, time_zone="UTC")
    slot = RefreshSlot.objects.create(brand=brand, day=date(2025, 1, 1))
    with pytest.raises(IntegrityError, match="refresh_once_a_day"), transaction.atomic():
        RefreshSlot.objects.create(brand=brand, day=slot.day)


@pytest.mark.django_db
def test_the_command_sets_tells_and_stops() -> None:
    brand = make_brand()

    def command(*options: str) -> str:
        out = StringIO()
        call_command("refresh_daily", "--tenant", brand.tenant.slug, "--brand", brand.slug, *options, stdout=out)
        return out.getvalue().strip()

    assert command() == f"{brand.slug} is refreshed only when asked"
    assert command("--hour", "7", "--time-zone", "Europe/Lisbon") == (
        f"{brand.slug} is refreshed daily at 07:00 Europe/Lisbon"
    )
    with pytest.raises(CommandError, match="Nowhere"):
        command("--hour", "8", "--time-zone", "Nowhere")
    assert command().endswith("07:00 Europe/Lisbon")
    assert command("--off") == f"{brand.slug} is no longer refreshed"
    assert not stop_refreshing(brand_id=brand.id)
    with pytest.raises(CommandError, match="no brand"):
        call_command("refresh_daily", "--tenant", brand.tenant.slug, "--brand", "other")
