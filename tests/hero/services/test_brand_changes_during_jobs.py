"""Changes of a brand and the end of its job lock rows in one order, so that neither deadlocks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.utils import timezone

from kairo.core.brand_profile import parse_brand
from kairo.core.models import Brand, Persona
from kairo.core.services.access import Caller
from kairo.core.services.brand_changes import update_brand
from kairo.core.services.brand_import import import_brand
from kairo.core.services.brand_parts import PERSONA, delete_part
from kairo.evidence.enums import IngestOutcome
from kairo.evidence.importing.ingest_records import ingest
from kairo.hero.decisions import opportunity_decisions
from kairo.hero.enums import JobStatus
from kairo.hero.models import OpportunitiesJob
from tests import factories
from tests.evidence.records import a_record, numbered

pytestmark = pytest.mark.django_db(transaction=True)


def change_slug(caller: Caller, brand: Brand) -> object:
    return update_brand(caller=caller, brand_id=brand.id, values={"slug": "moved"})


def drop_persona(caller: Caller, brand: Brand) -> object:
    return delete_part(PERSONA, caller=caller, part_id=Persona.objects.get(brand=brand).id)


def pin_an_idea(caller: Caller, brand: Brand) -> object:
    return opportunity_decisions.pin(caller=caller, opportunity_id=brand.opportunities.get().id)


def import_it_again(caller: Caller, brand: Brand) -> object:
    return import_brand(tenant=brand.tenant, profile=parse_brand({"slug": brand.slug, "name": "Another name"}))


def import_it_without_its_personas(caller: Caller, brand: Brand) -> object:
    profile = parse_brand({"slug": brand.slug, "name": brand.name, "personas": []})
    assert import_brand(tenant=brand.tenant, profile=profile).removed_personas == ("Home baker",)
    return profile


def count_a_post_again(caller: Caller, brand: Brand) -> object:
    report = ingest(brand_id=brand.id, records=numbered(a_record(metrics={"views": 7})), now=timezone.now())
    assert report.count(IngestOutcome.UPDATED) == 1
    return report


def is_waited_for() -> bool:
    with connection.cursor() as cursor:
        # Not pg_stat_activity: a transaction sees it as it was when it first looked.
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
        )
        row = cursor.fetchone()
    return bool(row and row[0])


@pytest.mark.parametrize(
    "change",
    [
        change_slug,
        drop_persona,
        pin_an_idea,
        import_it_again,
        import_it_without_its_personas,
        count_a_post_again,
    ],
)
def test_brand_change_does_not_deadlock_with_a_completing_job(change: Callable[[Caller, Brand], object]) -> None:
    brand = factories.make_brand()
    caller = factories.make_caller(brand.tenant)
    ingest(brand_id=brand.id, records=numbered(a_record()), now=timezone.now())
    posts = [factories.make_post(brand)]
    idea = factories.make_opportunity(brand, evidence=posts, persona=Persona.objects.get(brand=brand))
    job = factories.make_job(brand, status=JobStatus.RUNNING)
    failures: list[Exception] = []

    def run() -> None:
        try:
            change(caller, brand)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    changing = threading.Thread(target=run)
    with transaction.atomic():
        # As a job ends: first its own row, then its ideas and its board.
        OpportunitiesJob.objects.select_for_update().get(pk=job.pk)
        changing.start()
        patience = time.monotonic() + 60
        while not is_waited_for():
            assert time.monotonic() < patience
            time.sleep(0.02)
        type(idea).objects.filter(pk=idea.pk).update(score=71)
        factories.make_ready_board(brand, [idea])
    changing.join()
    assert failures == []
