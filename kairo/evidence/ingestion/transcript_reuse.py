"""Keeps a stored transcript when a later run returns the same post without one: a transcript is paid for once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from kairo.evidence.models import NormalizedEvidenceItem
from kairo.evidence.ports import SourceItem

_Key = tuple[str, str]  # platform, external id


def reuse_transcripts(*, brand_id: UUID, items: Iterable[SourceItem]) -> list[SourceItem]:
    """Returns the items, with stored transcripts added where they have none. Such an item loses its followup.

    One SQL statement.
    """
    items = list(items)
    external_ids = {key[1] for item in items if (key := _key_without_transcript(item)) is not None}
    rows = NormalizedEvidenceItem.objects.filter(brand_id=brand_id, external_id__in=external_ids, has_transcript=True)
    transcripts = {
        (platform, external_id): transcript
        for platform, external_id, transcript in rows.values_list("platform", "external_id", "text_secondary")
    }
    return [_with_transcript(item, transcripts) for item in items]


def _key_without_transcript(item: SourceItem) -> _Key | None:
    """Returns the key of a post without a transcript, or None."""
    record = item.content
    if not isinstance(record, Mapping) or record.get("has_transcript"):
        return None
    platform, external_id = record.get("platform"), record.get("external_id")
    return (platform, external_id) if isinstance(platform, str) and isinstance(external_id, str) else None


def _with_transcript(item: SourceItem, transcripts: Mapping[_Key, str]) -> SourceItem:
    key = _key_without_transcript(item)
    if key is None or key not in transcripts or not isinstance(item.content, Mapping):
        return item
    added = {"text_secondary": transcripts[key], "has_transcript": True}
    return replace(item, content={**item.content, **added}, followup="")
