from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kairo.core.errors import Invalid
from kairo.hero.jobs.scheduler import enqueue_due_refreshes, refresh_daily, stop_refreshing
from kairo.hero.models import OpportunitiesJob, RefreshSchedule
from tests.factories import make_brand
from tests.hero.jobs.rows import pending


@pytest.mark.django_db
def test_a_brand_whose_job_is_active_already_gets_no_second_one() -> None:
    brand = make_brand(context=False)
    refresh_daily(brand_id=brand.id, hour=0, time_zone="UTC")
    RefreshSchedule.objects.update(scheduled_on=None)
    job = pending(brand)
    assert [enqueue_due_refreshes() for _ in range(2)] == [1, 0]
    assert OpportunitiesJob.objects.get().id == job.id
    assert job.priority == 10


@pytest.mark.django_db
def test_what_is_no_hour_or_zone_is_refused() -> None:
    brand = make_brand()
    with pytest.raises(Invalid, match="Mars/Olympus"):
        refresh_daily(brand_id=brand.id, hour=7, time_zone="Mars/Olympus")
    with pytest.raises(Invalid, match="24"):
        refresh_daily(brand_id=brand.id, hour=24, time_zone="UTC")


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
