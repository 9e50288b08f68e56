"""References protect evidence items from deletion; brand mentions do not."""

from __future__ import annotations

import pytest

from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.enums import DeleteOutcome
from kairo.hero.services.evidence_deletion import delete_evidence, delete_unreferenced
from kairo.hero.services.today_service import get_today_board
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand()


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


def test_deletion_removes_a_mention_without_posts_from_a_cached_board(brand: Brand, caller: Caller) -> None:
    post = factories.make_post(brand)
    factories.make_ready_board(brand, [], mentions=[factories.a_mention([post])])
    for _ in range(2):
        assert get_today_board(caller=caller, brand_id=brand.id).brand_mentions
    assert delete_unreferenced(brand_id=brand.id, ids=[post.id]) == 1
    assert get_today_board(caller=caller, brand_id=brand.id).brand_mentions == ()


def test_deletion_keeps_a_post_that_an_opportunity_names_too(brand: Brand, caller: Caller) -> None:
    post = factories.make_post(brand)
    idea = factories.make_opportunity(brand, evidence=[post])
    factories.make_ready_board(brand, [idea], mentions=[factories.a_mention([post])])
    (kept,) = delete_evidence(caller=caller, ids=[post.id])
    assert kept.outcome == DeleteOutcome.NAMED
    assert NormalizedEvidenceItem.objects.filter(id=post.id).exists()
