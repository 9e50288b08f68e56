"""Posts sent over the API: each is told what became of it, and sending them again changes nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kairo.core.models import Brand
from kairo.evidence.models import NormalizedEvidenceItem
from schema.ids import global_id
from tests.factories import make_brand, make_secret
from tests.hero.shared_data import SHARED_DATA, needs_shared_data
from tests.schema.api import Api
from tests.schema.mutations.ingesting import INGEST, an_item, ingest, outcomes

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def brand(api: Api) -> Brand:
    return make_brand(api.tenant)


def test_ingest_stores_every_field(api: Api, brand: Brand) -> None:
    answer = ingest(
        api,
        brand,
        {
            "platform": "INSTAGRAM",
            "contentType": "REEL",
            "externalId": "77",
            "canonicalUrl": "http://WWW.Instagram.example/reel/77/?utm_source=x",
            "publishedAt": "2025-10-31T12:00:00+02:00",
            "authorRef": "@brine",
            "title": "Brine",
            "textPrimary": "Keep the brine",
            "textSecondary": "Do not pour it away.",
            "hasTranscript": True,
            "hashtags": ["#PickleBrine"],
            "metrics": {"views": 900, "likes": 2**53 - 1, "shares": None},
            "source": "by hand",
            "synthetic": True,
        },
    )
    row = NormalizedEvidenceItem.objects.get()
    assert answer == {
        "__typename": "EvidenceIngested",
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "duplicates": 0,
        "rejected": 0,
        "outcomes": [
            {
                "index": 0,
                "outcome": "CREATED",
                "evidenceId": global_id("EvidenceItem", row.id),
                "code": None,
                "path": None,
                "message": None,
                "notes": [],
            }
        ],
    }
    stored = {
        name: getattr(row, name)
        for name in ("brand_id", "platform", "content_type", "external_id", "published_at", "author_ref", "title")
    }
    assert stored == {
        "brand_id": brand.id,
        "platform": "instagram",
        "content_type": "reel",
        "external_id": "77",
        "published_at": datetime(2025, 10, 31, 10, tzinfo=UTC),
        "author_ref": "brine",
        "title": "Brine",
    }
    assert row.canonical_url.startswith("https://www.instagram.example/reel/77")
    assert "utm_source" not in row.canonical_url
    assert (row.text_primary, row.text_secondary, row.has_transcript) == (
        "Keep the brine",
        "Do not pour it away.",
        True,
    )
    assert (row.views, row.likes, row.comments, row.shares) == (900, 2**53 - 1, None, None)
    assert (row.hashtags, row.source, row.synthetic) == (["picklebrine"], "by hand", True)


def test_ingest_reports_each_item_at_its_index(api: Api, brand: Brand) -> None:
    first = ingest(api, brand, an_item(1), an_item(2))
    answer = ingest(
        api,
        brand,
        an_item(3),
        an_item(2, title="new"),
        an_item(1),
        an_item(3, title="other"),
        an_item(4, externalId=""),
    )
    assert outcomes(answer) == ["CREATED", "UPDATED", "UNCHANGED", "DUPLICATE", "REJECTED"]
    assert [answer[name] for name in ("created", "updated", "unchanged", "duplicates", "rejected")] == [1] * 5
    ids = [outcome["evidenceId"] for outcome in answer["outcomes"]]
    before = [outcome["evidenceId"] for outcome in first["outcomes"]]
    assert (ids[2], ids[1]) == (before[0], before[1])
    assert ids[3] == ids[0]
    assert ids[4] is None
    assert NormalizedEvidenceItem.objects.count() == 3


def test_ingest_is_idempotent(api: Api, brand: Brand) -> None:
    items = [an_item(number) for number in range(3)]
    ingest(api, brand, *items)
    before = list(NormalizedEvidenceItem.objects.order_by("id").values())
    assert ingest(api, brand, *items)["unchanged"] == 3
    assert list(NormalizedEvidenceItem.objects.order_by("id").values()) == before


def test_implausible_values_are_dropped_with_a_note(api: Api, brand: Brand) -> None:
    answer = ingest(
        api,
        brand,
        an_item(
            metrics={"views": -1, "likes": 2**62},
            textPrimary="nul\x00 \ud83d bell\x07",
            title="t" * 1_001,
            canonicalUrl="nowhere",
            hasTranscript=True,
        ),
    )
    row = NormalizedEvidenceItem.objects.get()
    assert (row.views, row.likes, row.has_transcript, row.canonical_url) == (None, None, False, "")
    assert (row.text_primary, len(row.title)) == ("nul \ufffd bell", 1_000)
    noted = answer["outcomes"][0]["notes"]
    assert sorted(note.split()[0] for note in noted) == [
        "canonical_url", "has_transcript", "metrics.likes", "metrics.views", "title",
    ]  # fmt: skip


def test_post_without_text_is_stored(api: Api, brand: Brand) -> None:
    assert outcomes(ingest(api, brand, {"platform": "INSTAGRAM", "externalId": "1", "textPrimary": " \n\u0000"})) == [
        "CREATED"
    ]
    assert NormalizedEvidenceItem.objects.get().text_primary == ""


@pytest.mark.parametrize(
    "item",
    [
        {"externalId": "1"},
        an_item(platform="ORKUT"),
        an_item(metrics={"views": 2**63}),
        an_item(metrics={"views": 1.5}),
        an_item(textPrimary=7),
        an_item(more="x"),
        None,
    ],
    ids=str,
)
def test_malformed_item_rejects_the_request(api: Api, brand: Brand, item: Any) -> None:
    given = {"brandId": str(brand.id), "items": [an_item(1), item]}
    assert api.codes(INGEST, i=given) == ["BAD_USER_INPUT"]
    assert not NormalizedEvidenceItem.objects.exists()


def test_ingest_rejects_more_than_the_maximum_of_items(api: Api, brand: Brand) -> None:
    answer = ingest(api, brand, *(an_item(number) for number in range(501)))
    assert (answer["__typename"], answer["path"]) == ("InvalidInputProblem", ["input", "items"])
    assert "At most 500" in answer["message"]
    assert not NormalizedEvidenceItem.objects.exists()


def test_ingest_of_no_items_stores_none(api: Api, brand: Brand) -> None:
    assert ingest(api, brand)["outcomes"] == []


def test_archived_brand_ingests_nothing(api: Api) -> None:
    answer = ingest(api, make_brand(api.tenant, archived_at=timezone.now()), an_item())
    assert (answer["__typename"], answer["code"]) == ("ConflictProblem", "BRAND_ARCHIVED")
    assert "store posts" in answer["message"]
    assert not NormalizedEvidenceItem.objects.exists()


def test_another_tenants_brand_is_not_found_and_a_reader_may_not_write(api: Api, brand: Brand) -> None:
    assert ingest(api, make_brand(), an_item())["code"] == "NOT_FOUND"
    reader = Api(tenant=api.tenant, secret=make_secret(api.tenant, scopes=["read"]))
    assert reader.codes(INGEST, i={"brandId": str(brand.id), "items": [an_item()]}) == ["FORBIDDEN"]
    assert not NormalizedEvidenceItem.objects.exists()


@pytest.mark.parametrize("count", [2, 500])
def test_statements_do_not_depend_on_the_number_of_items(api: Api, brand: Brand, count: int) -> None:
    def statements(**changes: Any) -> int:
        by_url = [an_item(number, canonicalUrl=f"https://a.example/{number}") for number in range(count)]
        items = [item if number % 2 else {**item, "externalId": None} for number, item in enumerate(by_url)]
        with CaptureQueriesContext(connection) as captured:
            ingest(api, brand, *({**item, **changes} for item in items))
        return len(captured)

    # Token, brand, two savepoints and their ends, a turn, one upsert for each way to know a post.
    assert statements() == 9
    # And one look at those that were there for each way.
    assert statements() == 11
    # Or a note that the board shows something else now.
    assert statements(title="x") == 10


@needs_shared_data
def test_five_hundred_recorded_posts_fit_into_one_request(api: Api, brand: Brand) -> None:
    rows = [json.loads(line) for line in (SHARED_DATA / "evidence-youtube-2018.jsonl").open()][:500]
    items = [
        {
            "platform": row["platform"].upper(),
            "contentType": row["content_type"].upper(),
            "externalId": row["external_id"],
            "canonicalUrl": row["canonical_url"],
            "publishedAt": row["published_at"],
            "authorRef": row["author_ref"],
            "title": row["title"],
            "textPrimary": row["text_primary"],
            "textSecondary": (row["text_secondary"] or "no words") * 9,
            "hasTranscript": row["has_transcript"],
            "hashtags": row["hashtags"],
            "metrics": row["metrics"],
        }
        for row in rows
    ]
    body = json.dumps({"query": INGEST, "variables": {"i": {"brandId": str(brand.id), "items": items}}}).encode()
    assert 1_000_000 < len(body) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = json.loads(api.post(body).content)["data"]["ingestEvidence"]
    assert (answer["created"], answer["rejected"]) == (500, 0)
