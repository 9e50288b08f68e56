from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.importing.raw_readers import load_raw_readers, read_record
from kairo.evidence.record_errors import RejectedRecord
from tests.evidence.records import a_record


def test_reader_turns_a_scrapers_item_into_a_record_with_raw() -> None:
    item = {"id": "12", "shortCode": "Abc", "ownerUsername": "brine", "caption": "Keep it", "likesCount": -1}
    record = read_record(item, readers=load_raw_readers())
    assert isinstance(record, dict)
    assert (record["platform"], record["external_id"], record["raw"]) == ("instagram", "12", item)


def test_reader_turns_a_scrapers_error_into_a_rejection() -> None:
    refusal = read_record({"url": "https://a.example", "error": "not_found"}, readers=load_raw_readers())
    assert isinstance(refusal, RejectedRecord)
    assert refusal.code is RecordErrorCode.SCRAPER_ERROR


@pytest.mark.parametrize("content", [a_record(), None, [], "text", 5, {"odd": 1}])
def test_reader_leaves_unknown_items_unchanged(content: object) -> None:
    assert read_record(content, readers=load_raw_readers()) is content


@pytest.mark.parametrize("path", ["kairo.nowhere.reader", "kairo.evidence.normalizing.raw_payload.DROPPED"])
def test_load_raw_readers_rejects_invalid_paths(settings: Settings, path: str) -> None:
    settings.KAIRO_RAW_READERS = [path]
    with pytest.raises(ImproperlyConfigured, match=path):
        load_raw_readers()
