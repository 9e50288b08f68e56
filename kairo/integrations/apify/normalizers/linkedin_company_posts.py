"""apimaestro/linkedin-company-posts. Field names differ between its versions and other actors for the same posts."""

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
    reference,
    reported_error,
    text,
    timestamp,
    unknown_shape,
)

ACTOR = "apimaestro/linkedin-company-posts"

_URN = re.compile(r"(activity|share|ugcPost)[:-](?P<id>\d{8,25})", re.ASCII)
_IDS = ("activity_urn", "activityUrn", "activity_id", "activityId", "full_urn", "fullUrn", "post_urn", "postUrn", "urn")
_URLS = ("post_url", "postUrl", "linkedinUrl", "share_url", "shareUrl", "url")
_TEXTS = ("text", "content", "commentary", "post_text", "postText")
_DATES = ("posted_at", "postedAt", "posted", "published_at", "publishedAt", "created_at", "createdAt")
_STATS = ("stats", "engagement", "socialContent", "social_counts")
_VIEWS = ("views", "total_views", "impressions", "numViews", "viewsCount")
_LIKES = ("total_reactions", "totalReactions", "reactions", "numLikes", "likesCount", "likes", "like")
_COMMENTS = ("total_comments", "totalComments", "comments", "numComments", "commentsCount")
_SHARES = ("reposts", "shares", "numShares", "repostsCount", "sharesCount", "total_shares")
_AUTHORS = ("author", "company", "actor")
_VIDEO_KINDS = {"video", "linkedin_video"}
_MORE = re.compile(r"\s*(…|\.\.\.)\s*(see )?more\s*$")


def recognises(item: Item) -> bool:
    if any(name in item for name in ("activity_urn", "activityUrn", "full_urn", "postUrn", "post_urn")):
        return True
    url = _first(item, _URLS)
    return "linkedin." in url and ("error" in item or any(name in item for name in (*_TEXTS, *_DATES, *_STATS)))


def record(item: Item) -> Record | RejectedRecord:
    url = _first(item, _URLS)
    post_id = _post_id(item, url)
    body = _MORE.sub("", _first(item, _TEXTS))
    if not post_id or not (body or any(name in item for name in (*_TEXTS, *_DATES, *_STATS))):
        return reported_error(item) or unknown_shape("a post")
    return {
        "platform": Platform.LINKEDIN.value,
        "content_type": (ContentType.VIDEO if _is_video(item) else ContentType.TEXT_POST).value,
        "external_id": post_id,
        "canonical_url": url or f"https://www.linkedin.com/feed/update/urn:li:activity:{post_id}",
        "published_at": _published_at(item),
        "author_ref": _author(item),
        "text_primary": body,
        "hashtags": hashtags(item.get("hashtags"), body),
        "metrics": {
            "views": count(*_stats(item, _VIEWS)),
            "likes": count(*_stats(item, _LIKES)),
            "comments": count(*_stats(item, _COMMENTS)),
            "shares": count(*_stats(item, _SHARES)),
        },
    }


def _first(item: Item, names: tuple[str, ...]) -> str:
    return text(*(item.get(name) for name in names))


def _post_id(item: Item, url: str) -> str:
    for name in (*_IDS, "id"):
        value = reference(item.get(name), nested(item, name, "activity_urn"), nested(item, name, "activityUrn"))
        if value.isascii() and value.isdigit():
            return value
        if match := _URN.search(value):
            return match["id"]
    match = _URN.search(url)
    return match["id"] if match else ""


def _published_at(item: Item) -> str | None:
    """Prefers Unix timestamps: dates have no zone (they are UTC), or are relative, such as "3d"."""
    timestamps = [item.get(name) for name in ("postedAtTimestamp", "posted_at_timestamp", "timestamp")]
    timestamps += [nested(item, name, "timestamp") for name in _DATES]
    dates = [nested(item, name, "date") for name in _DATES] + [item.get(name) for name in (*_DATES, "postedAtISO")]
    return timestamp(*timestamps, *dates, item.get("date"))


def _stats(item: Item, names: tuple[str, ...]) -> list[object]:
    inner = [nested(item, group, name) for name in names for group in _STATS]
    return [*inner, *(item.get(name) for name in names)]


def _author(item: Item) -> str:
    """Returns the URL of the author's page, which is unambiguous, or else a name."""
    links = ("company_url", "profile_url", "linkedinUrl", "profileUrl", "companyUrl", "url")
    names = ("username", "universalName", "public_identifier", "name")
    of_author = [nested(item, author, name) for name in (*links, *names) for author in _AUTHORS]
    flat = [item.get(name) for name in ("authorProfileUrl", "author_url", "companyUrl", "authorName", "companyName")]
    return text(*of_author, *flat, item.get("author"), item.get("source_company"))


def _is_video(item: Item) -> bool:
    kind = nested(item, "media", "type")
    return isinstance(kind, str) and kind.lower() in _VIDEO_KINDS
