"""Each write that changes what Today shows raises the revision of its brand, on any connection."""

from __future__ import annotations

import threading
from uuid import UUID

import pytest
from django.db import connection, transaction

from kairo.core.enums import DecisionKind
from kairo.core.models import Brand, OpportunityDecision, Tenant
from kairo.hero.decisions import opportunity_decisions
from kairo.hero.enums import JobStage, JobStatus
from kairo.hero.jobs import queue
from kairo.hero.models import BoardRevision
from tests import factories
from tests.hero.jobs.rows import claimed, finish, pending, store_ready

pytestmark = pytest.mark.django_db


def revisions(brand_id: UUID) -> tuple[int, int]:
    """Of all that Today shows, and of the board alone."""
    row = BoardRevision.objects.get(brand_id=brand_id)
    return row.revision, row.board_revision


@pytest.fixture
def brand() -> Brand:
    """A brand with a ready board of one idea, one decision about it, a post and a running job."""
    brand = factories.make_brand()
    idea = factories.make_opportunity(brand)
    OpportunityDecision.objects.create(opportunity=idea, kind=DecisionKind.PINNED)
    factories.make_ready_board(brand, [idea])
    factories.make_job(brand, status=JobStatus.RUNNING)
    return brand


JOB, BRAND = "UPDATE hero_opportunitiesjob SET", "UPDATE core_brand SET"
BOARD, POST = "UPDATE hero_opportunitiesboard SET", "UPDATE evidence_normalizedevidenceitem SET"
OF_THE_BOARD = [
    f"{BOARD} remediation = 'x'",
    "DELETE FROM hero_opportunitiesboard",
    "INSERT INTO hero_opportunitiesboard (id, brand_id, state, ready_reason)"
    " SELECT gen_random_uuid(), brand_id, 'ready', 'generated' FROM hero_opportunitiesboard",
    "INSERT INTO core_opportunitydecision (id, opportunity_id, kind)"
    " SELECT gen_random_uuid(), id, 'ignored' FROM core_opportunity",
    "UPDATE core_opportunitydecision SET reason = 'x'",
    "DELETE FROM core_opportunitydecision",
    f"{POST} views = 7",
    f"{POST} text_primary = 'x'",
    "INSERT INTO evidence_normalizedevidenceitem (id, brand_id, platform, content_type, external_id)"
    " SELECT gen_random_uuid(), brand_id, platform, content_type, external_id FROM evidence_normalizedevidenceitem"
    " ON CONFLICT (brand_id, platform, external_id) WHERE NOT external_id = '' DO UPDATE SET views = 8",
    "SET CONSTRAINTS ALL DEFERRED; DELETE FROM core_opportunitydecision; DELETE FROM core_opportunity",
    "SET CONSTRAINTS ALL DEFERRED; DELETE FROM evidence_normalizedevidenceitem",
]
OF_THE_REST = [
    *(f"{BRAND} {fact}" for fact in ("name = 'x'", "slug = 'x'", "positioning = 'x'", "archived_at = now()")),
    *(f"{BRAND} {column} = ARRAY['x']" for column in ("tone_tags", "taboos", "languages", "competitor_handles")),
    *(f"{BRAND} {column} = ARRAY['x']" for column in ("handles", "product_names")),
    f'{BRAND} taboo_synonyms = \'{{"x": ["y"]}}\'',
    f"{BRAND} channels = ARRAY['x']",
    f"{JOB} stage = 'gating'",
    *(f"{JOB} {column} = 7" for column in ("percent", "attempts", "max_attempts")),
    *(f"{JOB} {c} = now() + interval '1 h'" for c in ("deadline_at", "available_at", "cancel_requested_at")),
    f"{JOB} error_code = 'internal'",
    f"{JOB} status = 'succeeded', lease_token = NULL, lease_expires_at = NULL, finished_at = now()",
    "DELETE FROM hero_opportunitiesjob",
    "UPDATE core_persona SET name = 'x'",
    "UPDATE core_contentpillar SET name = 'x'",
    "DELETE FROM core_persona",
    "DELETE FROM core_contentpillar",
    "UPDATE hero_opportunitiesjob SET status = 'succeeded', lease_token = NULL, lease_expires_at = NULL,"
    " finished_at = now(); INSERT INTO hero_opportunitiesjob (id, brand_id)"
    " SELECT gen_random_uuid(), id FROM core_brand",
]
NOTHING_SHOWN = [
    f"{JOB} lease_expires_at = now() + interval '9 s', updated_at = now(), locked_at = now(), locked_by = 'x'",
    f"{JOB} dispatched_at = now(), cache_dropped_at = now(), priority = 9, turn_at = now(), request_id = 'x'",
    f"{JOB} lease_token = gen_random_uuid(), death_count = 1",
    f"{JOB} percent = percent, stage = stage",
    f"{BRAND} updated_at = now()",
    "UPDATE core_opportunity SET score = 71, title = 'Another title'",
    "UPDATE core_persona SET role = 'x', name = name",
    "UPDATE core_contentpillar SET description = 'x', name = name",
    "INSERT INTO evidence_normalizedevidenceitem (id, brand_id, platform, content_type, external_id)"
    " SELECT gen_random_uuid(), id, 'web', 'web_page', 'new' FROM core_brand",
]


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def undone(sql: str, brand: Brand) -> tuple[tuple[int, int], tuple[int, int]]:
    """The revisions before and after the statement, which is then taken back."""
    before = revisions(brand.id)
    with transaction.atomic():
        run(sql)
        after = revisions(brand.id)
        transaction.set_rollback(True)
    return before, after


@pytest.mark.parametrize("sql", OF_THE_BOARD)
def test_revisions_both_rise_when_the_board_changes(brand: Brand, sql: str) -> None:
    before, after = undone(sql, brand)
    assert after[0] > before[0]
    assert after[1] > before[1]


@pytest.mark.parametrize("sql", OF_THE_REST)
def test_revision_alone_rises_when_brand_or_job_changes(brand: Brand, sql: str) -> None:
    before, after = undone(sql, brand)
    assert after[0] > before[0]
    assert after[1] == before[1]


@pytest.mark.parametrize("sql", NOTHING_SHOWN)
def test_revisions_stay_when_nothing_shown_changes(brand: Brand, sql: str) -> None:
    before, after = undone(sql, brand)
    assert after == before


@pytest.mark.parametrize(
    "table",
    [
        "core_persona",
        "core_contentpillar",
        "core_opportunity",
        "core_opportunitydecision",
        "evidence_normalizedevidenceitem",
        "hero_opportunitiesboard",
        "hero_opportunitiesjob",
        "hero_boardrevision",
    ],
)
def test_revisions_both_rise_on_truncate(brand: Brand, table: str) -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    before, after = undone(f"TRUNCATE {table} CASCADE", brand)
    assert after[0] > before[0]
    assert after[1] > before[1]


def test_revisions_of_other_brands_stay(brand: Brand) -> None:
    other = factories.make_brand(brand.tenant)
    before = revisions(other.id)
    opportunity_decisions.pin(
        caller=factories.make_caller(brand.tenant), opportunity_id=factories.make_opportunity(brand).id
    )
    run(f"UPDATE core_brand SET name = 'x' WHERE id = '{brand.id}'")
    assert revisions(other.id) == before


def test_revisions_rise_for_each_brand_of_one_statement() -> None:
    tenant = factories.make_tenant()
    brands = [factories.make_brand(tenant, context=False) for _ in range(5)]
    before = {brand.id: revisions(brand.id) for brand in brands}
    Brand.objects.update(positioning="x")
    assert all(revisions(brand.id)[0] > before[brand.id][0] for brand in brands)


def test_revision_never_repeats_for_a_brand_created_again_under_its_id(brand: Brand) -> None:
    plain = factories.make_brand(context=False)
    before = revisions(plain.id)
    tenant = Tenant.objects.get(id=plain.tenant_id)
    Brand.objects.filter(id=plain.id).delete()
    assert not BoardRevision.objects.filter(brand_id=plain.id).exists()
    factories.make_brand(tenant, id=plain.id, context=False)
    assert revisions(plain.id)[0] > before[0]


def test_revision_is_deleted_with_its_tenant(brand: Brand) -> None:
    brand.tenant.delete()
    assert not BoardRevision.objects.filter(brand_id=brand.id).exists()


@pytest.mark.django_db(transaction=True)
class TestJobs:
    def test_revision_rises_with_each_job_step_that_shows(self) -> None:
        job = pending()
        seen = [revisions(job.brand_id)[0]]

        def changed() -> bool:
            seen.append(revisions(job.brand_id)[0])
            return seen[-1] > seen[-2]

        lease = claimed(job)
        assert changed()
        beat = queue.Heartbeat(lease=lease, stage=JobStage.GATHERING, percent=0)
        queue.heartbeat([beat])
        assert not changed()
        queue.heartbeat([queue.Heartbeat(lease=lease, stage=JobStage.GATING, percent=10)])
        assert changed()
        finish(lease)
        assert changed()

    def test_revision_is_one_for_a_job_and_its_board(self) -> None:
        lease = claimed(pending())
        before = revisions(lease.brand_id)
        finish(lease)
        after = revisions(lease.brand_id)
        assert after[0] == after[1] > before[0]

    def test_revision_rises_for_a_board_stored_without_the_end_of_its_job(self) -> None:
        lease = claimed(pending())
        with transaction.atomic():
            Brand.objects.filter(id=lease.brand_id).update(positioning="x")
            before = revisions(lease.brand_id)
            store_ready(lease)
            assert min(revisions(lease.brand_id)) > before[0]

    def test_revisions_stay_after_a_rollback(self) -> None:
        brand = factories.make_brand()
        before = revisions(brand.id)
        with transaction.atomic():
            factories.make_ready_board(brand, [])
            transaction.set_rollback(True)
        assert revisions(brand.id) == before

    def test_revision_updates_of_one_brand_wait_for_each_other(self) -> None:
        brand = factories.make_brand()
        order: list[str] = []

        def second() -> None:
            try:
                factories.make_ready_board(brand, [])
                order.append("second")
            finally:
                connection.close()

        thread = threading.Thread(target=second)
        with transaction.atomic():
            Brand.objects.update(positioning="x")
            thread.start()
            thread.join(0.3)
            order.append("first")
        thread.join()
        assert order == ["first", "second"]
