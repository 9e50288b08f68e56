from __future__ import annotations

from typing import Any

import pytest

from kairo.core.enums import ContentType
from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.normalizing.normalize import NormalizedEvidence, normalize
from kairo.evidence.record_errors import RejectedRecord
from kairo.integrations.apify.normalizers.youtube_scraper import record
from tests.integrations.apify.normalizers.items import YOUTUBE

CUES = ["1", "00:00:00,000 --> 00:00:02,000", "<i>Hello &amp; welcome</i>", "", "2", "00:00:02,000 --> 00:00:04,000"]
SRT = "\r\n".join([*CUES, "to 10 jars", "12", ""])


def video(**changes: Any) -> NormalizedEvidence:
    read = normalize(record(YOUTUBE | changes))
    assert isinstance(read, NormalizedEvidence), read
    return read


def test_description_is_no_transcript() -> None:
    assert (video().text_secondary, video().has_transcript) == ("All about #brine", False)


@pytest.mark.parametrize(
    "subtitles",
    [
        [{"srt": SRT, "language": "en"}],
        [{"srt": None, "srtUrl": "https://a.example/x"}, {"srt": SRT}],
        [{"srt": "auto", "type": "auto_generated"}, {"srt": SRT, "type": "user_generated"}],
        {"plaintext": "Hello & welcome to 10 jars 12"},
        SRT,
    ],
)
def test_subtitles_lose_their_timing(subtitles: object) -> None:
    read = video(subtitles=subtitles)
    assert (read.text_secondary, read.has_transcript) == ("Hello & welcome to 10 jars 12", True)


@pytest.mark.parametrize(
    "subtitles", [None, [], [{"srt": " "}], [{"srtUrl": "https://a.example/x.srt"}], "https://a.example/x"]
)
def test_subtitles_without_text_are_no_transcript(subtitles: object) -> None:
    assert not video(subtitles=subtitles).has_transcript


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, ContentType.VIDEO),
        ({"type": "stream"}, ContentType.VIDEO),
        ({"type": "shorts"}, ContentType.SHORT_VIDEO),
        ({"url": "https://www.youtube.com/shorts/brine000001"}, ContentType.SHORT_VIDEO),
    ],
)
def test_short_is_distinguished_from_a_video(changes: dict[str, Any], kind: ContentType) -> None:
    assert video(**changes).content_type == kind


def test_url_identifies_a_video_without_an_id() -> None:
    for address in ("https://youtu.be/brine000001?si=x", "https://www.youtube.com/watch?app=m&v=brine000001"):
        read = video(id=None, url=address)
        assert (read.external_id, read.canonical_url) == ("brine000001", "https://www.youtube.com/watch?v=brine000001")


def test_deleted_video_has_no_date_and_no_text() -> None:
    read = video(title=None, date=None, text=None, viewCount=None, channelName=None, channelUrl=None, hashtags=None)
    assert (read.published_at, read.text_primary, read.text_secondary, read.views) == (None, "", "", None)


@pytest.mark.parametrize("kind", ["channel", "playlist"])
def test_channel_is_rejected(kind: str) -> None:
    refusal = record(YOUTUBE | {"type": kind})
    assert isinstance(refusal, RejectedRecord)
    assert refusal.code is RecordErrorCode.UNKNOWN_SHAPE
