from __future__ import annotations

import pytest
from django.utils import timezone

from kairo.evidence.models import NEWEST_FIRST, NormalizedEvidenceItem
from tests import factories
from tests.constraints import assert_violates, execute

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "field", "value"),
    [
        ("evidence_platform_known", "platform", "myspace"),
        ("evidence_content_type_known", "content_type", "hologram"),
        ("evidence_likes_not_negative", "likes", -1),
    ],
)
def test_evidence_values_are_checked(constraint: str, field: str, value: object) -> None:
    brand = factories.make_brand()
    assert_violates(constraint, lambda: factories.make_post(brand, **{field: value}))
    post = factories.make_post(brand)
    assert_violates(
        constraint,
        lambda: execute(f"UPDATE evidence_normalizedevidenceitem SET {field} = %s WHERE id = %s", value, post.id),
    )


def test_evidence_external_id_is_unique_per_platform() -> None:
    brand, other_brand = factories.make_brand(), factories.make_brand()
    first = factories.make_post(brand, external_id="x1")
    factories.make_post(other_brand, external_id="x1")
    factories.make_post(brand, external_id="x1", platform="tiktok")
    assert_violates(
        "evidence_external_id_unique",
        lambda: NormalizedEvidenceItem.objects.create(
            brand=brand, platform=first.platform, content_type="reel", external_id="x1"
        ),
    )
    other = factories.make_post(brand)
    assert_violates(
        "evidence_external_id_unique",
        lambda: execute("UPDATE evidence_normalizedevidenceitem SET external_id = 'x1' WHERE id = %s", other.id),
    )


def test_evidence_url_is_unique_without_external_id() -> None:
    brand = factories.make_brand()
    url = "https://blog.example/a"
    factories.make_post(brand, external_id="", canonical_url=url, platform="web")
    factories.make_post(brand, external_id="has-one", canonical_url=url, platform="web")
    assert_violates(
        "evidence_url_unique_without_external_id",
        lambda: factories.make_post(brand, external_id="", canonical_url=url, platform="web"),
    )
    assert_violates(
        "evidence_url_unique_without_external_id",
        lambda: execute("UPDATE evidence_normalizedevidenceitem SET external_id = '' WHERE external_id = 'has-one'"),
    )


def test_evidence_needs_external_id_or_url() -> None:
    brand = factories.make_brand()
    assert_violates("evidence_is_identified", lambda: factories.make_post(brand, external_id="", canonical_url=""))


def test_evidence_of_an_opportunity_cannot_be_deleted() -> None:
    brand, other_brand = factories.make_brand(), factories.make_brand()
    post, free = factories.make_post(brand), factories.make_post(brand)
    factories.make_opportunity(brand, evidence=[post])
    assert_violates("evidence_named_by_opportunity", post.delete)
    assert_violates(
        "evidence_named_by_opportunity",
        lambda: execute("DELETE FROM evidence_normalizedevidenceitem WHERE id = %s", post.id),
    )
    assert_violates(
        "evidence_named_by_opportunity",
        lambda: execute(
            "UPDATE evidence_normalizedevidenceitem SET brand_id = %s WHERE id = %s", other_brand.id, post.id
        ),
    )
    free.delete()
    post.text_primary = "edited"
    post.save()


def test_manager_defers_raw() -> None:
    factories.make_post(factories.make_brand(), raw={"id": 1})
    assert NormalizedEvidenceItem.objects.get().get_deferred_fields() == {"raw"}


def test_newest_first_puts_items_without_a_date_last() -> None:
    brand = factories.make_brand()
    undated = factories.make_post(brand, published_at=None)
    dated = factories.make_post(brand, published_at=timezone.now())
    assert list(NormalizedEvidenceItem.objects.order_by(NEWEST_FIRST)) == [dated, undated]
