"""What was said in a post is paid for once: a later reading that does not tell it does not take it away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from kairo.evidence.models import NormalizedEvidenceItem
from kairo.evidence.ports import SourceItem


def reuse_transcripts(*, brand_id: UUID, items: Iterable[SourceItem]) -> list[SourceItem]:
    """The items, those without a transcript given the one that is stored of the same post, and then no lead any more.

    One SQL statement.
    """
    given = list(items)
    silent = {post[1] for item in given if (post := _silent_post(item)) is not None}
    rows = NormalizedEvidenceItem.objects.filter(brand_id=brand_id, external_id__in=silent, has_transcript=True)
    known = {
        (platform, external_id): spoken
        for platform, external_id, spoken in rows.values_list("platform", "external_id", "text_secondary")
    }
    return [_told(item, known) for item in given]


def _silent_post(item: SourceItem) -> tuple[str, str] | None:
    """Platform and id of a post whose transcript the item does not tell."""
    record = item.content
    if not isinstance(record, Mapping) or record.get("has_transcript"):
        return None
    platform, external_id = record.get("platform"), record.get("external_id")
    return (platform, external_id) if isinstance(platform, str) and isinstance(external_id, str) else None


def _told(item: SourceItem, known: Mapping[tuple[str, str], str]) -> SourceItem:
    post = _silent_post(item)
    if post is None or post not in known or not isinstance(item.content, Mapping):
        return item
    spoken = {"text_secondary": known[post], "has_transcript": True}
    return replace(item, content={**item.content, **spoken}, followup="")
