"""The database refuses contradictory job rows, through the ORM and by raw SQL."""

from __future__ import annotations

import pytest

from tests import factories
from tests.constraints import assert_violates as refused
from tests.constraints import execute as run


@pytest.mark.django_db
class TestJobStates:
    def test_job_that_is_active_is_the_only_one_of_its_brand(self) -> None:
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

    def test_job_has_a_lease_exactly_while_running(self) -> None:
        brand = factories.make_brand()
        refused("job_running_iff_leased", lambda: factories.make_job(brand, status="running", lease_token=None))
        factories.make_job(brand, status="pending")
        refused("job_running_iff_leased", lambda: run("UPDATE hero_opportunitiesjob SET status = 'running'"))

    def test_job_has_finished_at_exactly_when_finished(self) -> None:
        brand = factories.make_brand()
        refused("job_finished_iff_finished_at", lambda: factories.make_job(brand, finished_at=None))
        factories.make_job(brand, status="pending")
        refused("job_finished_iff_finished_at", lambda: run("UPDATE hero_opportunitiesjob SET finished_at = now()"))

    def test_job_that_failed_has_an_error_code(self) -> None:
        brand = factories.make_brand()
        refused("job_failed_has_error_code", lambda: factories.make_job(brand, status="failed", error_code=None))
        factories.make_job(brand, status="failed")
        refused("job_failed_has_error_code", lambda: run("UPDATE hero_opportunitiesjob SET error_code = NULL"))
