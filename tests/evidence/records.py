"""Evidence records with a default for every field."""

from __future__ import annotations

from typing import Any

from kairo.evidence.importing.jsonl import RawRecord


def a_record(**changes: Any) -> dict[str, Any]:
    """A valid record."""
    return {
        "platform": "tiktok",
        "content_type": "short_video",
        "external_id": "7001",
        "canonical_url": "https://www.tiktok.example/@brine/video/7001",
        "published_at": "2025-10-31T10:00:00Z",
        "author_ref": "brine",
        "title": None,
        "text_primary": "Keep the brine #PickleBrine",
        "text_secondary": "Do not pour it away.",
        "has_transcript": True,
        "hashtags": ["PickleBrine"],
        "metrics": {"views": 900, "likes": 90, "comments": 9, "shares": None},
        "source": "a test",
        "synthetic": True,
        "snapshot_at": "2025-11-01T12:00:00Z",
        **changes,
    }


def numbered(*contents: object) -> list[RawRecord]:
    """The contents as records with positions from 1."""
    return [RawRecord(position, content) for position, content in enumerate(contents, 1)]
