from __future__ import annotations

from typing import Any

import pytest

from kairo.core.enums import ContentType
from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.normalizing.normalize import NormalizedEvidence, normalize
from kairo.evidence.record_errors import RejectedRecord
from kairo.integrations.apify.normalizers.instagram_post import instagram_record
from tests.integrations.apify.normalizers.items import POST, REEL


def post(item: dict[str, Any]) -> NormalizedEvidence:
    read = normalize(instagram_record(item))
    assert isinstance(read, NormalizedEvidence), read
    return read


def test_likes_of_minus_one_are_unknown() -> None:
    read = post(REEL | {"likesCount": -1})
    assert (read.likes, read.notes) == (None, ())


@pytest.mark.parametrize(
    ("counts", "views"),
    [
        ({"videoPlayCount": 9000, "videoViewCount": 5000}, 9000),
        ({"videoPlayCount": None, "videoViewCount": 5000}, 5000),
        ({"videoPlayCount": -1, "videoViewCount": "5,000"}, 5000),
        ({"videoPlayCount": 0, "videoViewCount": 5000}, 0),
        ({"videoPlayCount": None, "videoViewCount": None}, None),
    ],
)
def test_views_prefer_plays(counts: dict[str, object], views: int | None) -> None:
    assert post(REEL | counts).views == views


@pytest.mark.parametrize("listed", [None, [], "odd", [None, "", "#"]])
def test_hashtags_come_from_the_caption_without_a_list(listed: object) -> None:
    item = REEL | {"hashtags": listed, "caption": "All #PickleBrine, #été and #हिन्दी; not a#b, #1 or &#39;"}
    assert post(item).hashtags == ("picklebrine", "été", "हिन्दी")


def test_id_identifies_the_post_and_the_short_code_its_url() -> None:
    read = post({name: value for name, value in REEL.items() if name != "url"})
    assert read.external_id == REEL["id"]
    assert read.canonical_url == f"https://www.instagram.com/reel/{REEL['shortCode']}/"


def test_short_code_encodes_a_missing_id() -> None:
    assert (
        post(POST | {"id": None, "shortCode": "DMEjPuRxp5T"}).external_id
        == str(int.from_bytes(bytes([0x0C, 0xC1, 0x23, 0x3E, 0xE4, 0x71, 0xA7, 0x93]), "big") * 4 + 0)
        or post(POST | {"id": None, "shortCode": "BA"}).external_id == "64"
    )
    assert post(POST | {"id": None, "shortCode": "BA"}).external_id == "64"


def test_id_may_be_a_number() -> None:
    assert post(REEL | {"id": int(REEL["id"])}).external_id == REEL["id"]


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        (REEL, ContentType.REEL),
        (POST, ContentType.POST),
        (POST | {"type": "Video", "productType": "clips"}, ContentType.REEL),
        (POST | {"type": "Video"}, ContentType.POST),
    ],
)
def test_reel_is_distinguished_from_a_post(item: dict[str, Any], kind: ContentType) -> None:
    assert post(item).content_type == kind


@pytest.mark.parametrize("nothing", ["  \n", None, "", [], {}, "https://cdn.example/t.vtt", [{"text": " "}]])
def test_transcript_without_text_is_none(nothing: object) -> None:
    read = post(REEL | {"transcript": nothing})
    assert (read.has_transcript, read.text_secondary) == (False, "")


def test_post_that_is_gone_is_rejected() -> None:
    refusal = instagram_record({"url": REEL["url"], "error": "not_found", "errorDescription": "Post does not exist"})
    assert isinstance(refusal, RejectedRecord)
    assert refusal.code is RecordErrorCode.SCRAPER_ERROR
    assert refusal.reason == "the scraper reports: not_found: Post does not exist"


@pytest.mark.parametrize(
    "item",
    [
        {"id": "5", "username": "brine.babe", "followersCount": 9, "url": "https://www.instagram.example/brine.babe/"},
        {"id": "17", "text": "nice", "ownerUsername": "x", "postUrl": "https://www.instagram.example/p/A/"},
    ],
)
def test_profile_or_comment_is_rejected(item: dict[str, Any]) -> None:
    refusal = instagram_record(item)
    assert isinstance(refusal, RejectedRecord)
    assert refusal.code is RecordErrorCode.UNKNOWN_SHAPE
