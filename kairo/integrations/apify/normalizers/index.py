"""Finds the normalizer for an item, by its actor or by its shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.record_errors import RejectedRecord
from kairo.integrations.apify.normalizers import (
    instagram_reel_scraper,
    instagram_scraper,
    linkedin_company_posts,
    tiktok_scraper,
    website_content_crawler,
    youtube_scraper,
)
from kairo.integrations.apify.normalizers.raw_item import Item, Record, reported_error


@dataclass(frozen=True, slots=True)
class Normalizer:
    """Recognises the items of one actor by their shape, and turns them into evidence records."""

    actor: str
    recognises: Callable[[Item], bool]
    record: Callable[[Item], Record | RejectedRecord]


# In order of precedence: an item belongs to the first that recognises it.
NORMALIZERS = tuple(
    Normalizer(module.ACTOR, module.recognises, module.record)
    for module in (
        tiktok_scraper,
        instagram_reel_scraper,
        instagram_scraper,
        linkedin_company_posts,
        website_content_crawler,
        youtube_scraper,
    )
)
_BY_ACTOR = {normalizer.actor: normalizer for normalizer in NORMALIZERS}


def to_record(item: object, *, actor: str) -> Record | RejectedRecord:
    """Returns the record of an item in this actor's dataset, or why it has none. Invalid items raise no exception.

    Raises:
        KeyError: the actor has no normalizer.
    """
    normalizer = _BY_ACTOR[actor.replace("~", "/")]
    if not isinstance(item, Mapping):
        return RejectedRecord(RecordErrorCode.NOT_AN_OBJECT, "", "an item of a dataset must be a JSON object")
    record = normalizer.record(item)
    return record if isinstance(record, RejectedRecord) else {**record, "source": f"apify:{normalizer.actor}"}


def actor_for(item: object) -> str | None:
    """Returns the actor whose shape the item has, or None. An item with a platform is a finished record."""
    if not isinstance(item, Mapping) or "platform" in item:
        return None
    return next((normalizer.actor for normalizer in NORMALIZERS if normalizer.recognises(item)), None)


def read_raw(item: object) -> Record | RejectedRecord | None:
    """Returns the record of a scraper's item, with the item as `raw`; None where no normalizer recognises it.

    The default of KAIRO_RAW_READERS, with which files of raw items are imported.
    """
    if not isinstance(item, Mapping) or "platform" in item:
        return None
    if (actor := actor_for(item)) is None:
        return reported_error(item)
    record = to_record(item, actor=actor)
    return record if isinstance(record, RejectedRecord) else {**record, "raw": item}
