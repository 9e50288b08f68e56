"""Which actor's items are read by which normaliser, and whose an item is when nobody says."""

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
    """How items of an actor are known by their shape, and how one becomes a record of the documented schema."""

    actor: str
    recognises: Callable[[Item], bool]
    record: Callable[[Item], Record | RejectedRecord]


# The first that recognises an item has it.
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


def record_of(item: object, *, actor: str) -> Record | RejectedRecord:
    """The record in an item of this actor's dataset, or why there is none. Never raises for what an item holds.

    Raises:
        KeyError: the actor has no normaliser.
    """
    normalizer = _BY_ACTOR[actor.replace("~", "/")]
    if not isinstance(item, Mapping):
        return RejectedRecord(RecordErrorCode.NOT_AN_OBJECT, "", "an item of a dataset must be a JSON object")
    record = normalizer.record(item)
    return record if isinstance(record, RejectedRecord) else {**record, "source": f"apify:{normalizer.actor}"}


def recognised(item: object) -> str | None:
    """The actor whose shape the item has. A record of the documented schema is nobody's: it names its platform."""
    if not isinstance(item, Mapping) or "platform" in item:
        return None
    return next((normalizer.actor for normalizer in NORMALIZERS if normalizer.recognises(item)), None)


def read_raw(item: object) -> Record | RejectedRecord | None:
    """The record in what a scraper gave, with the raw item in it; None for what no normaliser recognises.

    This is the filling of KAIRO_RAW_READERS, by which files of raw items are read.
    """
    if not isinstance(item, Mapping) or "platform" in item:
        return None
    if (actor := recognised(item)) is None:
        return reported_error(item)
    record = record_of(item, actor=actor)
    return record if isinstance(record, RejectedRecord) else {**record, "raw": item}
