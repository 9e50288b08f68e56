"""The database refuses nonsense by itself: each rule is attacked through the ORM and by raw SQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from kairo.core.models import ApiToken, Brand, ContentPillar, Opportunity, Persona
from kairo.core.models.campaign import Campaign
from kairo.evidence.models import NormalizedEvidenceItem
from tests import factories

pytestmark = pytest.mark.django_db


def refused(by: str, attempt: Callable[[], object]) -> None:
    """The attempt is refused by the constraint of this name."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        attempt()
    assert caught.value.__cause__.diag.constraint_name == by  # type: ignore[union-attr]  # psycopg's error


def run(sql: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


class TestBrand:
    def test_slug_is_unique_in_its_tenant_only(self) -> None:
        first, second = factories.make_tenant(), factories.make_tenant()
        brand = factories.make_brand(first, slug="same")
        factories.make_brand(second, slug="same")
        refused("brand_slug_unique_in_tenant", lambda: factories.make_brand(first, slug="same"))
        other = factories.make_brand(first)
        refused(
            "brand_slug_unique_in_tenant",
            lambda: run("UPDATE core_brand SET slug = %s WHERE id = %s", brand.slug, other.id),
        )

    def test_channels_are_known(self) -> None:
        refused("brand_channels_known", lambda: factories.make_brand(channels=["fax"]))
        brand = factories.make_brand()
        refused(
            "brand_channels_known",
            lambda: run("UPDATE core_brand SET channels = '{instagram,fax}' WHERE id = %s", brand.id),
        )

    def test_campaign_ends_after_it_starts(self) -> None:
        brand = factories.make_brand()
        refused(
            "campaign_ends_after_it_starts",
            lambda: Campaign.objects.create(brand=brand, name="Backwards", starts="2025-02-02", ends="2025-02-01"),
        )
        Campaign.objects.create(brand=brand, name="One day", starts="2025-02-02", ends="2025-02-02")
        refused("campaign_ends_after_it_starts", lambda: run("UPDATE core_campaign SET ends = '2025-02-01'"))

    def test_deleting_a_brand_takes_everything_that_is_its_own(self) -> None:
        brand, other = factories.make_brand(), factories.make_brand()
        factories.make_ready_board(brand, [factories.make_opportunity(brand)])
        factories.make_ready_board(other, [factories.make_opportunity(other)])
        brand.delete()
        assert list(Brand.objects.all()) == [other]
        assert {o.brand_id for o in Opportunity.objects.all()} == {other.id}


class TestApiToken:
    def test_only_a_hash_is_stored(self) -> None:
        tenant = factories.make_tenant()
        refused(
            "api_token_holds_a_hash",
            lambda: ApiToken.objects.create(tenant=tenant, name="t", token_hash="kairo_secret", prefix="kairo_"),
        )
        secret = factories.make_secret(tenant)
        refused("api_token_holds_a_hash", lambda: run("UPDATE core_apitoken SET token_hash = %s", secret))
        assert secret not in str(ApiToken.objects.values())


OPPORTUNITY_ENUMS = [
    ("opportunity_type_known", "type", "viral"),
    ("opportunity_channel_known", "primary_channel", "fax"),
    ("opportunity_created_via_known", "created_via", "magic"),
]


class TestOpportunity:
    @pytest.mark.parametrize(("constraint", "field", "value"), OPPORTUNITY_ENUMS)
    def test_vocabularies_are_closed(self, constraint: str, field: str, value: str) -> None:
        brand = factories.make_brand()
        fields: dict[str, Any] = {field: value}
        refused(constraint, lambda: factories.make_opportunity(brand, **fields))
        row = factories.make_opportunity(brand)
        refused(constraint, lambda: run(f"UPDATE core_opportunity SET {field} = %s WHERE id = %s", value, row.id))

    @pytest.mark.parametrize("why_now", ["", "now", "   now    ", "123456789"])
    def test_why_now_has_ten_characters(self, why_now: str) -> None:
        brand = factories.make_brand()
        refused("opportunity_why_now_says_something", lambda: factories.make_opportunity(brand, why_now=why_now))
        row = factories.make_opportunity(brand, why_now="1234567890")
        refused(
            "opportunity_why_now_says_something",
            lambda: run("UPDATE core_opportunity SET why_now = %s WHERE id = %s", why_now, row.id),
        )

    @pytest.mark.parametrize("score", [0, 101])
    def test_score_is_in_range(self, score: int) -> None:
        brand = factories.make_brand()
        refused("opportunity_score_in_range", lambda: factories.make_opportunity(brand, score=score))
        row = factories.make_opportunity(brand)
        refused(
            "opportunity_score_in_range",
            lambda: run("UPDATE core_opportunity SET score = %s WHERE id = %s", score, row.id),
        )

    def test_names_at_least_one_post(self) -> None:
        brand = factories.make_brand()
        refused("opportunity_names_evidence", lambda: factories.make_opportunity(brand, evidence_ids=[]))
        row = factories.make_opportunity(brand)
        refused(
            "opportunity_names_evidence",
            lambda: run("UPDATE core_opportunity SET evidence_ids = '{}' WHERE id = %s", row.id),
        )

    def test_names_only_posts_that_exist(self) -> None:
        brand = factories.make_brand()
        post = factories.make_post(brand)
        refused(
            "opportunity_evidence_exists",
            lambda: factories.make_opportunity(brand, evidence_ids=[post.id, uuid4()]),
        )
        row = factories.make_opportunity(brand, evidence=[post])
        refused(
            "opportunity_evidence_exists",
            lambda: run("UPDATE core_opportunity SET evidence_ids = %s WHERE id = %s", [uuid4()], row.id),
        )
        refused(
            "opportunity_evidence_exists",
            lambda: run("UPDATE core_opportunity SET evidence_ids = '{NULL}' WHERE id = %s", row.id),
        )

    def test_names_only_posts_of_its_brand(self) -> None:
        brand, stranger = factories.make_brand(), factories.make_brand()
        theirs = factories.make_post(stranger)
        refused("opportunity_evidence_exists", lambda: factories.make_opportunity(brand, evidence=[theirs]))
        row = factories.make_opportunity(brand)
        refused(
            "opportunity_evidence_exists",
            lambda: run("UPDATE core_opportunity SET evidence_ids = %s WHERE id = %s", [theirs.id], row.id),
        )
        refused(
            "opportunity_evidence_exists",
            lambda: run("UPDATE core_opportunity SET brand_id = %s WHERE id = %s", stranger.id, row.id),
        )

    def test_persona_and_pillar_are_of_its_brand(self) -> None:
        brand, stranger = factories.make_brand(), factories.make_brand()
        persona, pillar = Persona.objects.get(brand=stranger), ContentPillar.objects.get(brand=stranger)
        refused("opportunity_persona_same_brand", lambda: factories.make_opportunity(brand, persona=persona))
        row = factories.make_opportunity(brand)
        refused(
            "opportunity_pillar_same_brand",
            lambda: run("UPDATE core_opportunity SET pillar_id = %s WHERE id = %s", pillar.id, row.id),
        )


class TestEvidence:
    @pytest.mark.parametrize(
        ("constraint", "field", "value"),
        [
            ("evidence_platform_known", "platform", "myspace"),
            ("evidence_content_type_known", "content_type", "hologram"),
            ("evidence_likes_not_negative", "likes", -1),
        ],
    )
    def test_values_are_sensible(self, constraint: str, field: str, value: object) -> None:
        brand = factories.make_brand()
        refused(constraint, lambda: factories.make_post(brand, **{field: value}))
        post = factories.make_post(brand)
        refused(
            constraint,
            lambda: run(f"UPDATE evidence_normalizedevidenceitem SET {field} = %s WHERE id = %s", value, post.id),
        )

    def test_one_row_for_an_external_id_of_a_platform(self) -> None:
        brand, stranger = factories.make_brand(), factories.make_brand()
        first = factories.make_post(brand, external_id="x1")
        factories.make_post(stranger, external_id="x1")
        factories.make_post(brand, external_id="x1", platform="tiktok")
        refused(
            "evidence_external_id_unique",
            lambda: NormalizedEvidenceItem.objects.create(
                brand=brand, platform=first.platform, content_type="reel", external_id="x1"
            ),
        )
        other = factories.make_post(brand)
        refused(
            "evidence_external_id_unique",
            lambda: run("UPDATE evidence_normalizedevidenceitem SET external_id = 'x1' WHERE id = %s", other.id),
        )

    def test_one_row_for_a_url_where_there_is_no_external_id(self) -> None:
        brand = factories.make_brand()
        url = "https://blog.example/a"
        factories.make_post(brand, external_id="", canonical_url=url, platform="web")
        factories.make_post(brand, external_id="has-one", canonical_url=url, platform="web")
        refused(
            "evidence_url_unique_without_external_id",
            lambda: factories.make_post(brand, external_id="", canonical_url=url, platform="web"),
        )
        refused(
            "evidence_url_unique_without_external_id",
            lambda: run("UPDATE evidence_normalizedevidenceitem SET external_id = '' WHERE external_id = 'has-one'"),
        )

    def test_a_post_without_any_identity_is_refused(self) -> None:
        brand = factories.make_brand()
        refused("evidence_is_identified", lambda: factories.make_post(brand, external_id="", canonical_url=""))

    def test_a_post_that_an_opportunity_names_stays(self) -> None:
        brand, stranger = factories.make_brand(), factories.make_brand()
        post, free = factories.make_post(brand), factories.make_post(brand)
        factories.make_opportunity(brand, evidence=[post])
        refused("evidence_named_by_opportunity", post.delete)
        refused(
            "evidence_named_by_opportunity",
            lambda: run("DELETE FROM evidence_normalizedevidenceitem WHERE id = %s", post.id),
        )
        refused(
            "evidence_named_by_opportunity",
            lambda: run("UPDATE evidence_normalizedevidenceitem SET brand_id = %s WHERE id = %s", stranger.id, post.id),
        )
        free.delete()
        post.text_primary = "edited"
        post.save()
