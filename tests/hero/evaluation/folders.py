"""Writes a folder with one small labelled board."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

_AS_OF = datetime(2026, 3, 9, 18, tzinfo=UTC)
TEXTS = (
    ("pull saw", "burst", 0, "My new pull saw cuts on the pull, and the bench stays still #pullsaw"),
    ("pull saw", "burst", 0, "Why a pull saw leaves a thinner line than a push saw"),
    ("pull saw", "burst", 1, "Pull saw mistakes: three ways to bend the blade"),
    ("pull saw", "burst", 1, "Two hands on the pull saw, and look along the line"),
    ("linseed oil", "ever", 2, "Linseed oil on every plane before the winter, a thin coat is enough"),
    ("linseed oil", "ever", 12, "How linseed oil keeps a workshop free of rust, and of the smell of rust"),
    ("linseed oil", "ever", 22, "Old linseed oil in a jar: when is it too old for a handle?"),
    ("asbestos", "taboo", 3, "Insulate the workshop with asbestos, nobody checks"),
    ("", "bg", 4, "Rain on the roof, coffee on the stove, shavings on the floor"),
    ("", "bg", 9, "Found a box of hinges that fit nothing at all in this house"),
    ("", "bg", 15, "The vice came from a school that closed in the eighties"),
    ("", "bg", 25, "A shelf for jam, of offcuts, without a single measure taken"),
)
ROWS: Sequence[Mapping[str, Any]] = [
    {
        "platform": "instagram",
        "content_type": "reel",
        "external_id": f"post-{number}",
        "canonical_url": f"https://www.instagram.example/reel/post-{number}",
        "published_at": (_AS_OF - timedelta(days=age, hours=2 + number % 4)).isoformat(),
        "author_ref": f"maker.{number}",
        "title": None,
        "text_primary": text,
        "text_secondary": "Spoken over the bench while the saw goes back and forth.",
        "has_transcript": True,
        "hashtags": [],
        "metrics": {"views": 1_000 + number, "likes": 50, "comments": 2, "shares": None},
    }
    for number, (_, _, age, text) in enumerate(TEXTS)
]
LABELS = {f"post-{number}": {"topic": topic, "kind": kind} for number, (topic, kind, _, _) in enumerate(TEXTS)}
BRAND: Mapping[str, Any] = {
    "slug": "plane-shop",
    "name": "Plane Shop",
    "positioning": "Hand tools and patient repair for people with a small workshop.",
    "channels": ["instagram", "youtube"],
    "languages": ["en"],
    "taboos": ["asbestos"],
    "pillars": [
        {"name": "Sawing by hand", "keywords": ["saw", "pull saw", "blade"]},
        {"name": "Care for tools", "keywords": ["oil", "linseed", "rust"]},
    ],
    "personas": [{"name": "Weekend maker", "keywords": ["workshop", "bench"]}],
}


def write_folder(
    folder: Path,
    *,
    rows: Sequence[Mapping[str, Any]] = ROWS,
    labels: Mapping[str, Any] = LABELS,
    as_of: str | None = "2026-03-09T18:00:00Z",
    as_of_of_brand: str | None = None,
) -> Path:
    """The folder, with brands.json, plane-shop.jsonl and labels.json in it."""
    brand = {**BRAND, **({"as_of": as_of_of_brand} if as_of_of_brand else {})}
    content = {"brands": [brand], **({"as_of": as_of} if as_of else {})}
    (folder / "brands.json").write_text(json.dumps(content), encoding="utf-8")
    (folder / "plane-shop.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    (folder / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    return folder
