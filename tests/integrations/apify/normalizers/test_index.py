"""Properties of every normalizer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.importing.ingest_records import ingest
from kairo.evidence.normalizing.normalize import NormalizedEvidence, normalize
from kairo.evidence.record_errors import RejectedRecord
from kairo.integrations.apify.normalizers.index import NORMALIZERS, actor_for, read_raw, to_record
from tests import factories
from tests.evidence.records import numbered
from tests.integrations.apify.normalizers.items import GOOD_ITEMS, without

ACTORS = sorted(normalizer.actor for normalizer in NORMALIZERS)

TEXTS = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)
ODD = ["https://www.tiktok.com/@a/video/1", "http://[::1", "1761955200000", "2025-10-31", "-1", "1:2 --> 3"]
NAMES = ["@type", "@graph", "text", "name", "source", "date", "jsonLd", "error"]
ADDED = ["error", "type", "url", "posted_at", "metadata", "stats"]
LEAVES = st.none() | st.booleans() | st.integers() | st.just(10**400) | st.floats() | TEXTS | st.sampled_from(ODD)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS | st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=6,
)


def test_normalizers_exist_for_all_six_actors() -> None:
    assert sorted(GOOD_ITEMS) == ACTORS
    assert len(ACTORS) == 6


@pytest.mark.parametrize("actor", ACTORS)
def test_item_is_recognised_and_becomes_a_post_without_notes(actor: str) -> None:
    item = GOOD_ITEMS[actor]
    assert actor_for(item) == actor
    record = to_record(item, actor=actor.replace("/", "~"))
    post = normalize(record)
    assert isinstance(post, NormalizedEvidence), post
    assert post.notes == ()
    assert post.source == f"apify:{actor}"
    assert read_raw(item) == {**record, "raw": item}  # type: ignore[dict-item]  # it is no rejection


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("item", [None, [], "text", 7, True])
def test_item_that_is_no_object_is_rejected(actor: str, item: object) -> None:
    refusal = to_record(item, actor=actor)
    assert isinstance(refusal, RejectedRecord)
    assert refusal.code is RecordErrorCode.NOT_AN_OBJECT


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("item", [{}, {"foo": 1}, {"id": "5"}, {"username": "x", "id": "9", "followersCount": 3}])
def test_item_of_another_shape_is_rejected(actor: str, item: dict[str, object]) -> None:
    refusal = to_record(item, actor=actor)
    assert isinstance(refusal, RejectedRecord)
    assert refusal.code is RecordErrorCode.UNKNOWN_SHAPE


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize(
    "item",
    [
        {"error": "no_items", "errorDescription": "Empty or private data"},
        {"#error": True, "url": "https://a.example/x"},
        {"error": {"type": "blocked"}, "input": "x", "note": "y"},
    ],
)
def test_error_item_is_rejected_with_the_scrapers_message(actor: str, item: dict[str, object]) -> None:
    refusal = to_record(item, actor=actor)
    assert isinstance(refusal, RejectedRecord)
    assert (refusal.code, refusal.path) == (RecordErrorCode.SCRAPER_ERROR, "error")
    assert len(str(refusal)) < 250


def test_actor_without_a_normalizer_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        to_record({}, actor="someone/else")


@pytest.mark.parametrize("actor", ACTORS)
def test_field_may_be_missing_or_null(actor: str) -> None:
    for path, item in without(GOOD_ITEMS[actor]):
        result = to_record(item, actor=actor)
        if not isinstance(result, RejectedRecord):
            assert isinstance(normalize(result), NormalizedEvidence), path


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure
@given(st.sampled_from(ACTORS), st.data())
def test_item_of_any_content_is_a_post_or_a_rejection(actor: str, data: st.DataObject) -> None:
    item: dict[str, Any] = dict(GOOD_ITEMS[actor])
    for field in data.draw(st.lists(st.sampled_from(sorted(item)), min_size=1, max_size=4, unique=True)):
        item[field] = data.draw(VALUES)
    for name in data.draw(st.lists(st.sampled_from(ADDED), max_size=2)):
        item[name] = data.draw(VALUES)
    result = to_record(item, actor=actor)
    actor_for(item)
    refusal = result if isinstance(result, RejectedRecord) else normalize(result)
    if isinstance(refusal, RejectedRecord):
        assert len(str(refusal)) < 500


@settings(deadline=None, max_examples=60)  # a busy machine is no failure
@given(VALUES)
def test_read_raw_accepts_any_json(value: object) -> None:
    for actor in ACTORS:
        normalize(to_record(value, actor=actor))
    read_raw(value)


@pytest.mark.django_db
def test_post_twice_in_a_dataset_is_stored_once() -> None:
    brand = factories.make_brand()
    item = GOOD_ITEMS["apify/instagram-scraper"]
    records = numbered(*(to_record(each, actor="apify/instagram-scraper") for each in (item, dict(item))))
    report = ingest(brand_id=brand.id, records=records, now=datetime(2025, 11, 1, tzinfo=UTC))
    assert [record.outcome for record in report.records] == ["created", "duplicate"]
