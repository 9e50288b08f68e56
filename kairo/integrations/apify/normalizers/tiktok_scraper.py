"""clockworks/tiktok-scraper: videos and slideshows of a profile, a hashtag or a search."""

from __future__ import annotations

import re

from kairo.core.enums import ContentType, Platform
from kairo.evidence.record_errors import RejectedRecord
from kairo.integrations.apify.normalizers.raw_item import (
    Item,
    Record,
    count,
    hashtags,
    nested,
    objects,
    reference,
    reported_error,
    text,
    timestamp,
    unknown_shape,
)
from kairo.integrations.apify.normalizers.speech import spoken_text

ACTOR = "clockworks/tiktok-scraper"
_VIDEO_PATH = re.compile(r"https?://[^/?#]+/@(?P<author>[\w.-]*)/(video|photo)/(?P<id>\d+)", re.ASCII)
_VIDEO_FIELDS = ("createTime", "createTimeISO", "playCount", "diggCount", "videoMeta", "text")


def recognises(item: Item) -> bool:
    if "error" in item:
        return "note" in item and "input" in item
    return "webVideoUrl" in item or (
        ("authorMeta" in item or "authorMeta.name" in item) and any(name in item for name in _VIDEO_FIELDS)
    )


def record(item: Item) -> Record | RejectedRecord:
    url = text(item.get("webVideoUrl"))
    path = _VIDEO_PATH.match(url)
    video_id = reference(item.get("id")) or (path["id"] if path else "")
    if not video_id or not (path or any(name in item for name in _VIDEO_FIELDS)):
        return reported_error(item) or unknown_shape("a video")
    caption = text(item.get("text"))
    if not (caption or url) and (error := reported_error(item)):
        return error
    handle = text(nested(item, "authorMeta", "name"), path and path["author"])
    is_slideshow = item.get("isSlideshow") is True
    kind = "photo" if is_slideshow else "video"
    transcript = _transcript(item)
    return {
        "platform": Platform.TIKTOK.value,
        "content_type": (ContentType.POST if is_slideshow else ContentType.SHORT_VIDEO).value,
        "external_id": video_id,
        "canonical_url": url or (f"https://www.tiktok.com/@{handle}/{kind}/{video_id}" if handle else ""),
        "published_at": timestamp(item.get("createTimeISO"), item.get("createTime")),
        "author_ref": handle or text(nested(item, "authorMeta", "nickName")),
        "text_primary": caption,
        "text_secondary": transcript,
        "has_transcript": bool(transcript),
        "hashtags": hashtags(item.get("hashtags"), caption),
        "metrics": {
            "views": count(item.get("playCount")),
            "likes": count(item.get("diggCount")),
            "comments": count(item.get("commentCount")),
            "shares": count(item.get("shareCount")),
        },
    }


def _transcript(item: Item) -> str:
    """Returns the item's own subtitles, machine translations (MT) last. Links to subtitles are ignored."""
    links = sorted(objects(nested(item, "videoMeta", "subtitleLinks")), key=lambda link: link.get("source") == "MT")
    texts = (spoken_text(link.get("text")) for link in links)
    return next(filter(None, texts), "") or spoken_text(item.get("transcript")) or spoken_text(item.get("subtitles"))
