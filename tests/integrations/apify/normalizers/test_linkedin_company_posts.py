from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from kairo.evidence.normalizing.normalize import NormalizedEvidence, normalize
from kairo.integrations.apify.normalizers.linkedin_company_posts import recognises, record
from tests.integrations.apify.normalizers.items import LINKEDIN


def read(item: dict[str, Any]) -> NormalizedEvidence:
    found = normalize(record(item))
    assert isinstance(found, NormalizedEvidence), found
    return found


def test_views_and_missing_counts_are_unknown() -> None:
    post = read(LINKEDIN)
    assert (post.views, post.likes, post.comments, post.shares) == (None, 30, 2, 1)
    bare = read(LINKEDIN | {"stats": {}})
    assert (bare.views, bare.likes, bare.comments, bare.shares) == (None, None, None, None)


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        ({"date": "2025-10-31 10:00:00", "relative": "1d"}, datetime(2025, 10, 31, 10, tzinfo=UTC)),
        ({"timestamp": 1761904800000}, datetime(2025, 10, 31, 10, tzinfo=UTC)),
        ({"date": "yesterday", "relative": "1d"}, None),
        ("2025-10-31T12:00:00+02:00", datetime(2025, 10, 31, 10, tzinfo=UTC)),
        (1761904800000, datetime(2025, 10, 31, 10, tzinfo=UTC)),
        ("1w", None),
        (None, None),
    ],
)
def test_dates_without_a_zone_are_utc_and_relative_ones_unknown(posted: object, expected: datetime | None) -> None:
    post = read(LINKEDIN | {"posted_at": posted})
    assert (post.published_at, post.notes) == (expected, ())


@pytest.mark.parametrize(
    "item",
    [
        {
            "urn": "urn:li:activity:7300000000000000001",
            "url": "https://www.linkedin.example/posts/brine-works_waste-activity-7300000000000000001-aBcD",
            "text": LINKEDIN["text"],
            "postedAtISO": "2025-10-31T10:00:00.000Z",
            "authorName": "Brine Works",
            "numLikes": 30,
            "numComments": 2,
            "numShares": 1,
        },
        {
            "id": "7300000000000000001",
            "linkedinUrl": "https://www.linkedin.example/feed/update/urn:li:activity:7300000000000000001",
            "content": LINKEDIN["text"],
            "postedAt": {"timestamp": 1761904800000, "date": "2025-10-31T10:00:00.000Z"},
            "author": {"name": "Brine Works", "universalName": "brine-works"},
            "engagement": {"likes": 30, "comments": 2, "shares": 1},
        },
        {
            "activityUrn": "urn:li:activity:7300000000000000001",
            "postUrl": "https://www.linkedin.example/feed/update/urn:li:activity:7300000000000000001",
            "commentary": LINKEDIN["text"] + "…see more",
            "postedAtTimestamp": 1761904800000,
            "author": "Brine Works",
            "stats": {"totalReactions": 30, "totalComments": 2, "reposts": 1},
        },
    ],
)
def test_field_names_of_other_versions_are_read(item: dict[str, Any]) -> None:
    post, known = read(item), read(LINKEDIN)
    for field in ("external_id", "published_at", "text_primary", "hashtags", "likes", "comments", "shares"):
        assert getattr(post, field) == getattr(known, field), field
    assert post.author_ref
    assert recognises(item)


def test_repost_without_text_is_kept() -> None:
    post = read(LINKEDIN | {"text": "", "post_type": "repost"})
    assert (post.text_primary, post.hashtags) == ("", ())
