"""streamers/youtube-scraper: videos, shorts and streams of a channel or a search."""

from __future__ import annotations

import re

from kairo.core.enums import ContentType, Platform
from kairo.evidence.record_errors import RejectedRecord
from kairo.integrations.apify.normalizers.raw_item import (
    Item,
    Record,
    count,
    hashtags,
    objects,
    reference,
    reported_error,
    text,
    timestamp,
    unknown_shape,
)
from kairo.integrations.apify.normalizers.speech import spoken_text

ACTOR = "streamers/youtube-scraper"
_VIDEO_PATH = re.compile(
    r"https?://[^/?#]+/(watch\?(.*&)?v=|(?P<short>shorts)/|(embed|live|v)/|(?=[\w-]{11}([?#&]|$)))(?P<id>[\w-]{11})",
    re.ASCII,
)
_NON_VIDEO_TYPES = {"channel", "playlist", "about"}
_VIDEO_FIELDS = ("viewCount", "date", "title", "duration", "channelName")
_CAPTIONS = ("srt", "plaintext", "vtt", "text")


def recognises(item: Item) -> bool:
    if "error" in item:
        return "youtu" in text(item.get("url"), item.get("input"))
    return ("channelName" in item or "channelUrl" in item) and any(
        name in item for name in ("viewCount", "title", "numberOfSubscribers")
    )


def record(item: Item) -> Record | RejectedRecord:
    url = text(item.get("url"))
    path = _VIDEO_PATH.match(url)
    video_id = reference(item.get("id"), item.get("videoId")) or (path["id"] if path else "")
    kind = text(item.get("type")).lower()
    if not video_id or kind in _NON_VIDEO_TYPES or not (path or any(name in item for name in _VIDEO_FIELDS)):
        return reported_error(item) or unknown_shape("a video")
    title, description = text(item.get("title")), text(item.get("text"), item.get("description"))
    if not title and (error := reported_error(item)):
        return error
    is_short = kind in {"short", "shorts"} or bool(path and path["short"])
    transcript = _transcript(item)
    return {
        "platform": Platform.YOUTUBE.value,
        "content_type": (ContentType.SHORT_VIDEO if is_short else ContentType.VIDEO).value,
        "external_id": video_id,
        "canonical_url": url or f"https://www.youtube.com/watch?v={video_id}",
        "published_at": timestamp(item.get("date"), item.get("publishedAt"), item.get("uploadDate")),
        "author_ref": text(item.get("channelName"), item.get("channelUsername"), item.get("channelUrl")),
        "title": title,
        "text_primary": title,
        "text_secondary": transcript or description,  # has_transcript is false for a description
        "has_transcript": bool(transcript),
        "hashtags": hashtags(item.get("hashtags"), title, description),
        "metrics": {
            "views": count(item.get("viewCount"), item.get("views")),
            "likes": count(item.get("likes"), item.get("likesCount")),
            "comments": count(item.get("commentsCount"), item.get("commentCount")),
            "shares": None,
        },
    }


def _transcript(item: Item) -> str:
    """Prefers subtitles written by people to generated ones."""
    subtitles = item.get("subtitles")
    if isinstance(subtitles, str):
        return spoken_text(subtitles)
    tracks = sorted(objects(subtitles), key=lambda track: track.get("type") == "auto_generated")
    texts = (spoken_text(track.get(name)) for track in tracks for name in _CAPTIONS)
    return next(filter(None, texts), "")
