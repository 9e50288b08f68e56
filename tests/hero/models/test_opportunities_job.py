"""The database refuses contradictory job rows, through the ORM and by raw SQL."""

from __future__ import annotations

import pytest

from tests import factories
from tests.constraints import assert_violates as refused
from tests.constraints import execute as run


@pytest.mark.django_db
class TestJobStates:
    def test_one_active_job_for_a_brand(self) -> None:
        brand = factories.make_brand()
        finished = factories.make_job(brand)
        factories.make_job(brand, status="pending")
        refused("job_one_active_per_brand", lambda: factories.make_job(brand, status="running"))
        refused(
            "job_one_active_per_brand",
            lambda: run(
                "UPDATE hero_opportunitiesjob SET status = 'pending', finished_at = NULL WHERE id = %s", finished.id
            ),
        )

    def test_running_means_leased(self) -> None:
        brand = factories.make_brand()
        refused("job_running_iff_leased", lambda: factories.make_job(brand, status="running", lease_token=None))
        factories.make_job(brand, status="pending")
        refused("job_running_iff_leased", lambda: run("UPDATE hero_opportunitiesjob SET status = 'running'"))

    def test_finished_means_finished_at(self) -> None:
        brand = factories.make_brand()
        refused("job_finished_iff_finished_at", lambda: factories.make_job(brand, finished_at=None))
        factories.make_job(brand, status="pending")
        refused("job_finished_iff_finished_at", lambda: run("UPDATE hero_opportunitiesjob SET finished_at = now()"))

    def test_failed_says_why(self) -> None:
        brand = factories.make_brand()
        refused("job_failed_has_error_code", lambda: factories.make_job(brand, status="failed", error_code=None))
        factories.make_job(brand, status="failed")
        refused("job_failed_has_error_code", lambda: run("UPDATE hero_opportunitiesjob SET error_code = NULL"))
