from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from kairo.core.enums import ContentType
from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.normalizing.normalize import NormalizedEvidence, normalize
from kairo.evidence.record_errors import RejectedRecord
from kairo.integrations.apify.normalizers.tiktok_scraper import record
from tests.integrations.apify.normalizers.items import TIKTOK

LINK = {"language": "eng-US", "downloadLink": "https://cdn.example/s.vtt", "source": "ASR"}


def post(**changes: Any) -> NormalizedEvidence:
    read = normalize(record(TIKTOK | changes))
    assert isinstance(read, NormalizedEvidence), read
    return read


def subtitled(*links: object) -> NormalizedEvidence:
    return post(videoMeta={"subtitleLinks": list(links)})


def test_subtitle_links_are_no_transcript() -> None:
    read = subtitled(LINK, LINK | {"text": ""}, LINK | {"text": "https://cdn.example/s.vtt"}, "https://cdn.example/s")
    assert (read.has_transcript, read.text_secondary) == (False, "")


def test_subtitles_that_were_downloaded_are_a_transcript() -> None:
    cues = ["00:00:00.000 --> 00:00:02.000\nSave the <c>brine</c>", "00:00:02.000 --> 00:00:03.000\nSave the brine\n"]
    captions = "\n\n".join(["WEBVTT", *cues])
    read = subtitled(LINK, LINK | {"source": "MT", "text": "Sauve"}, LINK | {"text": captions})
    assert (read.has_transcript, read.text_secondary) == (True, "Save the brine")


@pytest.mark.parametrize("stamp", [1761904800, "1761904800", 1761904800000, 1761904800.0])
def test_create_time_alone_dates_the_post(stamp: object) -> None:
    assert post(createTimeISO=None, createTime=stamp).published_at == datetime(2025, 10, 31, 10, tzinfo=UTC)


@pytest.mark.parametrize("stamp", [0, -5, "3d", None, 10**30, True])
def test_create_time_that_is_invalid_is_unknown(stamp: object) -> None:
    assert post(createTimeISO="", createTime=stamp).published_at is None


def test_hashtags_without_a_name_are_left_out() -> None:
    tags = [{"name": ""}, {"name": "BrineTok"}, {"id": "5"}, "pickles", None, {"name": 7}]
    read = post(hashtags=tags)
    assert (read.hashtags, read.notes) == (("brinetok", "pickles"), ())
    assert post(hashtags=None).hashtags == ("brinetok",)


def test_slideshow_is_a_post() -> None:
    assert post(isSlideshow=True).content_type == ContentType.POST
    assert post().content_type == ContentType.SHORT_VIDEO


def test_url_and_fields_complete_each_other() -> None:
    assert (post(id=None).external_id, post(authorMeta=None).author_ref) == (TIKTOK["id"], "brinetok.ben")
    assert post(webVideoUrl=None).canonical_url == f"https://www.tiktok.com/@brinetok.ben/video/{TIKTOK['id']}"


def test_flat_export_is_read() -> None:
    item = {name: value for name, value in TIKTOK.items() if name != "authorMeta"} | {"authorMeta.name": "brinetok.ben"}
    read = normalize(record(item))
    assert isinstance(read, NormalizedEvidence)
    assert read.author_ref == "brinetok.ben"


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (
            {"input": "x", "note": "Private", "error": "This profile is private."},
            RecordErrorCode.SCRAPER_ERROR,
        ),
        ({"authorMeta": {"name": "x", "privateAccount": True}, "input": "x"}, RecordErrorCode.UNKNOWN_SHAPE),
    ],
)
def test_profile_is_rejected(item: dict[str, Any], code: RecordErrorCode) -> None:
    refusal = record(item)
    assert isinstance(refusal, RejectedRecord)
    assert refusal.code is code
