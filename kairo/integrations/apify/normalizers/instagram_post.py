"""The shape of a post that both Instagram actors share."""

from __future__ import annotations

import re

from kairo.core.enums import ContentType, Platform
from kairo.evidence.record_errors import RejectedRecord
from kairo.integrations.apify.normalizers.raw_item import (
    Item,
    Record,
    count,
    hashtags,
    reference,
    reported_error,
    text,
    timestamp,
    unknown_shape,
)
from kairo.integrations.apify.normalizers.speech import spoken_text

_POST_PATH = re.compile(r"https?://[^/?#]+/([\w.]+/)?(?P<kind>p|reels?|tv)/(?P<code>[\w-]+)", re.ASCII)
_TYPES = {"Image", "Video", "Sidecar"}
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_CODE_CHARACTERS = 11  # codes of private posts have a secret after the id


def instagram_record(item: Item) -> Record | RejectedRecord:
    """Returns the record of a post. Its id is `id`, or else the number that its short code encodes."""
    url = text(item.get("url"))
    path = _POST_PATH.match(url)
    code = text(item.get("shortCode"), item.get("shortcode")).strip() or (path["code"] if path else "")
    caption = text(item.get("caption"))
    post_id = reference(item.get("id"), item.get("pk"))
    if not code and not (post_id and text(item.get("type")) in _TYPES):
        return reported_error(item) or unknown_shape("a post")
    if not (post_id and (caption or item.get("timestamp"))) and (error := reported_error(item)):
        return error
    is_reel = item.get("productType") == "clips" or bool(path and path["kind"].startswith("reel"))
    transcript = spoken_text(item.get("transcript"))
    return {
        "platform": Platform.INSTAGRAM.value,
        "content_type": (ContentType.REEL if is_reel else ContentType.POST).value,
        "external_id": post_id or _decode_short_code(code),
        "canonical_url": url or f"https://www.instagram.com/{'reel' if is_reel else 'p'}/{code}/",
        "published_at": timestamp(item.get("timestamp"), item.get("takenAtTimestamp"), item.get("takenAt")),
        "author_ref": text(item.get("ownerUsername"), item.get("ownerFullName")),
        "text_primary": caption,
        "text_secondary": transcript,
        "has_transcript": bool(transcript),
        "hashtags": hashtags(item.get("hashtags"), caption),
        "metrics": {
            "views": count(item.get("videoPlayCount"), item.get("videoViewCount")),
            "likes": count(item.get("likesCount")),
            "comments": count(item.get("commentsCount")),
            "shares": count(item.get("sharesCount"), item.get("reshareCount")),
        },
    }


def _decode_short_code(code: str) -> str:
    """Decodes the numeric id from a base-64 short code, so that both forms identify the same post."""
    number = 0
    for letter in code[:_CODE_CHARACTERS]:
        if letter not in _ALPHABET:
            return ""
        number = number * 64 + _ALPHABET.index(letter)
    return str(number) if number else ""
