from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kairo.core.enums import ContentType, Platform
from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.normalizing.normalize import MAX_COUNT, NormalizedEvidence, normalize
from kairo.evidence.record_errors import RejectedRecord
from tests.evidence.records import a_record
from tests.hero.shared_data import SHARED_DATA, needs_shared_data


def normalized(**changes: Any) -> NormalizedEvidence:
    item = normalize(a_record(**changes))
    assert isinstance(item, NormalizedEvidence), item
    return item


def rejected(record: object) -> RejectedRecord:
    refusal = normalize(record)
    assert isinstance(refusal, RejectedRecord), refusal
    return refusal


def test_normalize_keeps_the_values_of_a_good_record() -> None:
    item = normalized()
    assert item == NormalizedEvidence(
        platform=Platform.TIKTOK,
        content_type=ContentType.SHORT_VIDEO,
        external_id="7001",
        canonical_url="https://www.tiktok.example/@brine/video/7001",
        published_at=datetime(2025, 10, 31, 10, tzinfo=UTC),
        author_ref="brine",
        title="",
        text_primary="Keep the brine #PickleBrine",
        text_secondary="Do not pour it away.",
        has_transcript=True,
        hashtags=("picklebrine",),
        views=900,
        likes=90,
        comments=9,
        shares=None,
        source="a test",
        synthetic=True,
    )


def test_normalize_needs_a_platform_and_a_reference() -> None:
    item = normalize({"platform": "web", "canonical_url": "https://news.example/a"})
    assert isinstance(item, NormalizedEvidence)
    assert (item.content_type, item.published_at, item.hashtags, item.views) == (ContentType.WEB_PAGE, None, (), None)
    assert (item.text_primary, item.author_ref, item.has_transcript, item.synthetic, item.notes) == (
        "", "", False, False, (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code", "path", "says"),
    [
        ({"platform": "myspace"}, RecordErrorCode.UNKNOWN_PLATFORM, "platform", "instagram, tiktok, linkedin"),
        ({"platform": None}, RecordErrorCode.UNKNOWN_PLATFORM, "platform", "missing"),
        ({"platform": 5}, RecordErrorCode.UNKNOWN_PLATFORM, "platform", "it is 5"),
        ({"content_type": "hologram"}, RecordErrorCode.UNKNOWN_CONTENT_TYPE, "content_type", "text_post"),
        ({"content_type": 7}, RecordErrorCode.UNKNOWN_CONTENT_TYPE, "content_type", "it is 7"),
        ({"external_id": "", "canonical_url": " "}, RecordErrorCode.NOT_IDENTIFIED, "external_id", "canonical_url"),
        ({"external_id": None, "canonical_url": "/reel/1"}, RecordErrorCode.INVALID_URL, "canonical_url", "absolute"),
        (
            {"external_id": "", "canonical_url": "https://a.example/" + "x" * 2_000},
            RecordErrorCode.INVALID_URL,
            "canonical_url",
            "2,000 bytes",
        ),
        ({"external_id": True}, RecordErrorCode.WRONG_TYPE, "external_id", "a boolean"),
        ({"external_id": "x" * 301}, RecordErrorCode.TOO_LONG, "external_id", "300"),
        ({"external_id": 10**400}, RecordErrorCode.TOO_LONG, "external_id", "300"),
        ({"published_at": "yesterday"}, RecordErrorCode.INVALID_DATE, "published_at", "ISO 8601"),
        ({"published_at": 1540990000}, RecordErrorCode.WRONG_TYPE, "published_at", "a number"),
        ({"published_at": "0001-01-01T00:00:00+09:00"}, RecordErrorCode.INVALID_DATE, "published_at", "0001"),
        ({"text_primary": ["a"]}, RecordErrorCode.WRONG_TYPE, "text_primary", "a list"),
        ({"author_ref": {}}, RecordErrorCode.WRONG_TYPE, "author_ref", "an object"),
        ({"hashtags": "#a #b"}, RecordErrorCode.WRONG_TYPE, "hashtags", "text"),
        ({"metrics": [1]}, RecordErrorCode.WRONG_TYPE, "metrics", "a list"),
        ({"has_transcript": 1}, RecordErrorCode.WRONG_TYPE, "has_transcript", "a number"),
        ({"synthetic": "yes"}, RecordErrorCode.WRONG_TYPE, "synthetic", "text"),
    ],
)
def test_normalize_rejects_with_code_path_and_reason(
    changes: dict[str, Any], code: RecordErrorCode, path: str, says: str
) -> None:
    refusal = rejected(a_record(**changes))
    assert (refusal.code, refusal.path) == (code, path)
    assert says in str(refusal)
    assert len(str(refusal)) < 250


@pytest.mark.parametrize("record", [None, [], "text", 3, True])
def test_normalize_rejects_anything_but_an_object(record: object) -> None:
    assert rejected(record).code is RecordErrorCode.NOT_AN_OBJECT


@pytest.mark.parametrize(
    ("given", "expected"), [("TikTok", "tiktok"), (" twitter ", "x"), ("X", "x"), ("Website", "web")]
)
def test_platform_is_read_in_every_spelling(given: str, expected: str) -> None:
    assert normalized(platform=given).platform == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [("Short Video", "short_video"), ("text-post", "text_post"), ("Sidecar", "post"), ("tweet", "text_post")],
)
def test_content_type_is_read_by_the_platforms_own_names(given: str, expected: str) -> None:
    assert normalized(content_type=given).content_type == expected


@pytest.mark.parametrize(
    "count",
    [-1, True, False, 1.5, float("nan"), float("inf"), "12", 2**63, MAX_COUNT + 1, 10**4000, [], {}],
)
def test_count_that_is_invalid_is_unknown_with_a_note(count: object) -> None:
    item = normalized(metrics={"views": count, "likes": 3})
    assert (item.views, item.likes) == (None, 3)
    assert item.notes[0].startswith("metrics.views is unknown")
    assert len(item.notes[0]) < 150


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (12.0, 12), (MAX_COUNT, MAX_COUNT), (None, None)])
def test_count_that_is_valid_is_kept(count: object, expected: int | None) -> None:
    item = normalized(metrics={"views": count})
    assert (item.views, item.notes) == (expected, ())


@pytest.mark.parametrize(
    ("given", "expected", "noted"),
    [
        ("2025-10-31T12:00:00+02:00", datetime(2025, 10, 31, 10, tzinfo=UTC), False),
        ("2025-10-31T10:00:00.5Z", datetime(2025, 10, 31, 10, 0, 0, 500_000, tzinfo=UTC), False),
        ("2025-10-31T10:00:00", datetime(2025, 10, 31, 10, tzinfo=UTC), True),
        ("2025-10-31", datetime(2025, 10, 31, tzinfo=UTC), True),
        ("", None, False),
        (None, None, False),
    ],
)
def test_published_at_is_utc_with_a_note_for_an_assumed_zone(
    given: str | None, expected: datetime | None, noted: bool
) -> None:
    item = normalized(published_at=given)
    assert item.published_at == expected
    assert item.published_at is None or item.published_at.tzinfo is UTC
    assert bool(item.notes) is noted


def test_published_at_is_shifted_within_the_calendar() -> None:
    item = normalize(a_record(), shift=timedelta(days=365))
    assert isinstance(item, NormalizedEvidence)
    assert item.published_at == datetime(2026, 10, 31, 10, tzinfo=UTC)
    refusal = normalize(a_record(), shift=timedelta(days=4_000_000))
    assert isinstance(refusal, RejectedRecord)
    assert refusal.code is RecordErrorCode.INVALID_DATE


def test_hashtags_are_lower_case_and_unique() -> None:
    item = normalized(hashtags=["#One", "one", " ##TWO ", "", "#", "Ünï", "dré\u0301\x00", 5, None, "x" * 301])
    assert item.hashtags == ("one", "two", "ünï", "dré\u0301")
    assert any(note.startswith("hashtags") for note in item.notes)
    assert normalized(hashtags=None).hashtags == ()


def test_transcript_without_text_is_none() -> None:
    item = normalized(text_secondary=" \n ")
    assert not item.has_transcript
    assert item.notes
    assert normalized(has_transcript=None).has_transcript is False


def test_url_that_is_invalid_is_left_out_where_there_is_an_external_id() -> None:
    for address in (
        "javascript:alert(1)",
        "https://a.example/" + "ü" * 1_000,
        "https://user:pw@a.example/",
        "https://[x",
    ):
        item = normalized(canonical_url=address)
        assert item.canonical_url == ""
        assert "canonical_url" in item.notes[0]


def test_external_id_may_be_a_number() -> None:
    assert normalized(external_id=7001).external_id == "7001"


def test_text_that_is_too_long_is_cut_with_a_note() -> None:
    item = normalized(text_primary="word " * 20_000, title="t" * 1_001, author_ref="a" * 301)
    assert len(item.text_primary) <= 50_000
    assert (len(item.title), len(item.author_ref)) == (1_000, 300)
    assert len(item.notes) == 3


def test_author_has_no_at_sign_and_one_line() -> None:
    assert normalized(author_ref="@brine\x00\n babe\ud800").author_ref == "brine babe\ufffd"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None, exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure
@given(st.fixed_dictionaries({}, optional={field: VALUES for field in a_record() if field != "platform"}))
def test_normalize_of_any_record_is_an_item_or_a_rejection(fields: dict[str, object]) -> None:
    result = normalize({"platform": "tiktok", **fields})
    if isinstance(result, RejectedRecord):
        assert len(str(result)) < 500
    else:
        json.dumps([result.text_primary, result.author_ref, *result.hashtags], ensure_ascii=False).encode()
        assert result.external_id or result.canonical_url


@needs_shared_data
@pytest.mark.parametrize("file", sorted(path.name for path in SHARED_DATA.glob("*.jsonl")))
def test_normalize_accepts_the_recorded_files_without_notes(file: str) -> None:
    for line in (SHARED_DATA / file).read_text().splitlines():
        record = json.loads(line)
        item = normalize(record)
        assert isinstance(item, NormalizedEvidence), item
        assert item.notes == ()
        assert (item.canonical_url, list(item.hashtags)) == (record["canonical_url"], record["hashtags"])
