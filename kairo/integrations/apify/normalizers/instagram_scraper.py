"""apify/instagram-scraper: images, carousels and videos of a profile or a hashtag."""

from __future__ import annotations

from kairo.integrations.apify.normalizers.instagram_post import instagram_record
from kairo.integrations.apify.normalizers.raw_item import Item, text

ACTOR = "apify/instagram-scraper"
record = instagram_record


def recognises(item: Item) -> bool:
    if "error" in item:
        return "instagram." in text(item.get("url"), item.get("inputUrl"))
    return "shortCode" in item and ("ownerUsername" in item or "caption" in item or "likesCount" in item)
