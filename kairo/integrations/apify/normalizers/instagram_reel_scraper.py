"""apify/instagram-reel-scraper: reels, with transcripts on request."""

from __future__ import annotations

from kairo.integrations.apify.normalizers.instagram_post import instagram_record
from kairo.integrations.apify.normalizers.raw_item import Item, text

ACTOR = "apify/instagram-reel-scraper"
record = instagram_record


def recognises(item: Item) -> bool:
    is_post = "shortCode" in item or "ownerUsername" in item or "error" in item
    return is_post and "instagram." in text(item.get("url")) and "/reel/" in text(item.get("url"))
