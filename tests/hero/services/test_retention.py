"""What workers prune by themselves, in their own database role."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from kairo.db.roles import WORKER
from kairo.evidence.models import EvidenceUsage, NormalizedEvidenceItem
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.services.retention import prune_by_settings
from tests import factories
from tests.db.test_row_level_security import acting_as

pytestmark = pytest.mark.django_db


def test_worker_prunes_old_posts_and_recounts(settings: Settings) -> None:
    settings.QUOTAS = {**settings.QUOTAS, "stored_posts": 100}
    brand = factories.make_brand()
    factories.make_posts(brand, 3)
    old = timezone.now() - timedelta(days=settings.EVIDENCE_RETENTION_DAYS + 1)
    NormalizedEvidenceItem.objects.filter(id=NormalizedEvidenceItem.objects.first().id).update(stored_at=old)  # type: ignore[union-attr]  # there are three
    EvidenceUsage.objects.create(tenant=brand.tenant, posts=9, day="2000-01-01")
    with acting_as(WORKER):
        prune_by_settings()
    assert (NormalizedEvidenceItem.objects.count(), EvidenceUsage.objects.get().posts) == (2, 2)


def test_worker_deletes_the_oldest_boards_above_the_tenants_quota(settings: Settings) -> None:
    settings.QUOTAS = {**settings.QUOTAS, "kept_boards": 3}
    tenant = factories.make_tenant()
    brands = [factories.make_brand(tenant) for _ in range(2)]
    boards = [
        factories.make_ready_board(brand, [factories.make_opportunity(brand)]) for _ in range(3) for brand in brands
    ]
    for age, board in enumerate(reversed(boards)):
        OpportunitiesBoard.objects.filter(id=board.id).update(created_at=timezone.now() - timedelta(minutes=age))
    elsewhere = factories.make_brand()
    kept = factories.make_ready_board(elsewhere, [factories.make_opportunity(elsewhere)])
    with acting_as(WORKER):
        prune_by_settings()
    assert set(OpportunitiesBoard.objects.values_list("id", flat=True)) == {*(row.id for row in boards[-3:]), kept.id}
