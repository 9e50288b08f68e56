"""Every recorded item becomes the record that `expected.json` expects."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from kairo.core.text import clean
from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.normalizing.normalize import NormalizedEvidence, normalize
from kairo.evidence.record_errors import RejectedRecord
from kairo.integrations.apify.normalizers.index import actor_for, read_raw, to_record
from tests.hero.shared_data import SHARED_DATA, needs_shared_data

FOLDER = SHARED_DATA / "apify-raw"

# Differences, and why. A normalizer sees one item alone, so it keeps one that repeats another; the ingestion counts it
# as a duplicate (test_post_twice_in_a_dataset_is_stored_once).
EXCEPTIONS = {("apify_instagram-scraper.json", 8): "exact duplicate of index 0 (same id and url)"}


def _actors() -> dict[str, str]:
    if not FOLDER.is_dir():
        return {}
    return {entry["file"]: entry["actor_id"] for entry in json.loads((FOLDER / "index.json").read_text())}


def _cases() -> list[tuple[str, int]]:
    if not FOLDER.is_dir():
        return []
    files = json.loads((FOLDER / "expected.json").read_text())["files"]
    return [(file, entry["index"]) for file, entries in files.items() for entry in entries]


def _item(file: str, index: int) -> Any:
    return json.loads((FOLDER / file).read_text())[index]


@needs_shared_data
@pytest.mark.parametrize(("file", "index"), _cases())
def test_recorded_item_becomes_the_expected_record(file: str, index: int) -> None:
    entries = json.loads((FOLDER / "expected.json").read_text())["files"][file]
    expected = next(entry for entry in entries if entry["index"] == index)
    record = to_record(_item(file, index), actor=_actors()[file])
    if (file, index) in EXCEPTIONS:
        assert expected["reason"] == EXCEPTIONS[file, index]
        assert record == to_record(_item(file, 0), actor=_actors()[file])
        return
    if not expected["keep"]:
        assert isinstance(record, RejectedRecord)
        assert record.code in {RecordErrorCode.SCRAPER_ERROR, RecordErrorCode.PAGE_ERROR}
        return
    post = normalize(record)
    assert isinstance(post, NormalizedEvidence), post
    assert post.notes == ()
    for field in ("platform", "external_id", "canonical_url", "author_ref", "has_transcript"):
        if field in expected:
            assert getattr(post, field) == expected[field], field
    if "published_at" in expected:
        assert post.published_at == datetime.fromisoformat(expected["published_at"])
    for name, value in expected.get("metrics", {}).items():
        assert getattr(post, name) == value, name
    if expected.get("low_value"):
        assert len(post.text_primary) < 30


@needs_shared_data
@pytest.mark.parametrize("file", sorted(_actors()))
def test_recorded_item_is_recognised_by_its_shape(file: str) -> None:
    items = json.loads((FOLDER / file).read_text())
    assert {actor_for(item) for item in items} == {_actors()[file]}
    assert all(read_raw(item) is not None for item in items)


@needs_shared_data
def test_record_with_a_platform_is_no_actors_item() -> None:
    for path in SHARED_DATA.glob("*.jsonl"):
        for line in path.read_text().splitlines()[:20]:
            assert actor_for(json.loads(line)) is None
            assert read_raw(json.loads(line)) is None


@needs_shared_data
def test_captions_and_subtitles_become_plain_text() -> None:
    tiktok = to_record(_item("clockworks_tiktok-scraper.json", 5), actor="clockworks/tiktok-scraper")
    assert not isinstance(tiktok, RejectedRecord)
    assert str(tiktok["text_secondary"]).startswith("Okay so everyone keeps asking")
    youtube = to_record(_item("streamers_youtube-scraper.json", 0), actor="streamers/youtube-scraper")
    assert not isinstance(youtube, RejectedRecord)
    assert youtube["text_secondary"] == "hello and welcome to the kitchen"


@needs_shared_data
def test_hashtags_that_are_null_come_from_the_caption() -> None:
    record = to_record(_item("apify_instagram-reel-scraper.json", 2), actor="apify/instagram-reel-scraper")
    assert not isinstance(record, RejectedRecord)
    assert record["hashtags"] == ["rucking", "kettlebell"]


@needs_shared_data
@pytest.mark.parametrize("file", sorted(_actors()))
def test_recorded_texts_are_kept_completely(file: str) -> None:
    for item in json.loads((FOLDER / file).read_text()):
        post = normalize(to_record(item, actor=_actors()[file]))
        if isinstance(post, NormalizedEvidence) and post.text_primary:
            said = [clean(text) for text in (item.get(name) for name in ("caption", "text", "title")) if text]
            assert any(text.startswith(post.text_primary) for text in said)
