"""One hand-written valid item of each actor, with invented people and `.example` hosts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

REEL: dict[str, Any] = {
    "id": "3900000000000000001",
    "type": "Video",
    "shortCode": "Cx0Brine001",
    "url": "https://www.instagram.example/reel/Cx0Brine001/",
    "inputUrl": "https://www.instagram.example/brine.babe/",
    "caption": "Do not pour the brine away #PickleBrine #zerowaste",
    "hashtags": ["PickleBrine", "zerowaste"],
    "timestamp": "2025-10-31T10:00:00.000Z",
    "ownerUsername": "brine.babe",
    "likesCount": 900,
    "commentsCount": 12,
    "videoViewCount": 5000,
    "videoPlayCount": 9000,
    "productType": "clips",
    "transcript": "Three things to do with brine.",
}
POST: dict[str, Any] = {
    "id": "3900000000000000002",
    "type": "Sidecar",
    "shortCode": "Cx0Brine002",
    "url": "https://www.instagram.example/p/Cx0Brine002/",
    "caption": "Brine, step by step",
    "hashtags": [],
    "timestamp": "2025-10-30T10:00:00.000Z",
    "ownerUsername": "brine.babe",
    "likesCount": 80,
    "commentsCount": 1,
    "childPosts": [],
}
TIKTOK: dict[str, Any] = {
    "id": "7500000000000000001",
    "text": "Brine hack #brinetok",
    "createTime": 1761904800,
    "createTimeISO": "2025-10-31T10:00:00.000Z",
    "authorMeta": {"name": "brinetok.ben", "nickName": "Ben"},
    "webVideoUrl": "https://www.tiktok.example/@brinetok.ben/video/7500000000000000001",
    "videoMeta": {"duration": 20, "subtitleLinks": []},
    "diggCount": 50,
    "shareCount": 4,
    "playCount": 1200,
    "commentCount": 3,
    "hashtags": [{"name": "brinetok"}],
    "isSlideshow": False,
}
LINKEDIN: dict[str, Any] = {
    "activity_urn": "7300000000000000001",
    "full_urn": "urn:li:activity:7300000000000000001",
    "post_url": "https://www.linkedin.example/feed/update/urn:li:activity:7300000000000000001",
    "text": "We cut food waste by a third #foodwaste",
    "posted_at": {"date": "2025-10-31 10:00:00", "relative": "1d", "timestamp": 1761904800000},
    "author": {"name": "Brine Works", "company_url": "https://www.linkedin.example/company/brine-works"},
    "stats": {"total_reactions": 30, "like": 20, "total_comments": 2, "reposts": 1},
}
YOUTUBE: dict[str, Any] = {
    "id": "brine000001",
    "type": "video",
    "title": "Ten jars, one brine",
    "url": "https://www.youtube.example/watch?v=brine000001",
    "date": "2025-10-31T10:00:00.000Z",
    "viewCount": 400,
    "likes": 30,
    "commentsCount": 2,
    "channelName": "Brine School",
    "channelUrl": "https://www.youtube.example/@brineschool",
    "text": "All about #brine",
    "hashtags": ["brine"],
    "subtitles": None,
}
PAGE: dict[str, Any] = {
    "url": "https://blog.example/brine?utm_source=x",
    "crawl": {"loadedUrl": "https://blog.example/brine?utm_source=x", "httpStatusCode": 200},
    "metadata": {
        "canonicalUrl": "https://blog.example/brine",
        "title": "What to do with brine",
        "description": "A guide",
        "openGraph": [{"property": "og:title", "content": "What to do with brine"}],
        "jsonLd": [{"@type": "BlogPosting", "datePublished": "2025-10-31T10:00:00Z"}],
    },
    "text": "Brine is salt, water and time. Use it again.",
    "markdown": "# Brine",
}

GOOD_ITEMS: dict[str, dict[str, Any]] = {
    "apify/instagram-reel-scraper": REEL,
    "apify/instagram-scraper": POST,
    "clockworks/tiktok-scraper": TIKTOK,
    "apimaestro/linkedin-company-posts": LINKEDIN,
    "streamers/youtube-scraper": YOUTUBE,
    "apify/website-content-crawler": PAGE,
}


def without(item: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields the item with each field, also of nested objects, once missing and once null."""
    for name, value in item.items():
        yield name, {other: kept for other, kept in item.items() if other != name}
        yield name, {**item, name: None}
        if isinstance(value, dict):
            for inner, changed in without(value):
                yield f"{name}.{inner}", {**item, name: changed}
