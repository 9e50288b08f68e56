"""The shipped demo's boards as a page to read: what the engine makes of invented posts, printed in full."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from kairo.hero.candidates import review
from kairo.hero.dto import BrandSnapshotDTO, EvidenceItemDTO
from kairo.hero.evaluation.dataset import read_brand, read_item, read_rows
from kairo.hero.ports import CandidateDTO, SynthesisRequest
from kairo.hero.synthesis import BuiltinSynthesizer

_INTRODUCTION = """# Five demo boards

What the built-in engine makes of the demo's invented brands and posts, as of {as_of}. Every number in a sentence can be
counted again in the posts below it; the points of the four parts add up to the score.

Written by `python manage.py example_boards`; CI fails when the engine says something else.
"""


def example_page(directory: Path) -> str:
    """The page, of a directory with `brands.json` and `evidence/<slug>.jsonl`: the same page on any machine."""
    content = json.loads((directory / "brands.json").read_text(encoding="utf-8"))
    as_of = datetime.fromisoformat(content["as_of"])
    lines = [_INTRODUCTION.format(as_of=f"{as_of.day} {as_of:%B %Y}")]
    for raw in content["brands"]:
        rows = read_rows(directory / "evidence" / f"{raw['slug']}.jsonl")
        lines += _board(read_brand(with_ids(raw)), tuple(read_item(row) for row in rows), as_of=as_of)
    return "\n".join(lines)


def with_ids(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The brand with ids for its parts: the demo's have none until they are stored."""
    parts = {
        kind: [{"id": f"{raw['slug']}:{kind}:{part['name']}", **part} for part in raw.get(kind, ())]
        for kind in ("pillars", "personas")
    }
    return {**raw, **parts, "active_campaigns": raw.get("active_campaigns", raw.get("campaigns", ()))}


def _board(brand: BrandSnapshotDTO, evidence: tuple[EvidenceItemDTO, ...], *, as_of: datetime) -> Iterator[str]:
    result = BuiltinSynthesizer().synthesize(SynthesisRequest(as_of=as_of, brand=brand, evidence=evidence))
    kept, rejected = review(result.candidates, brand=brand, evidence=evidence, as_of=as_of)
    names = {pillar.id: pillar.name for pillar in brand.pillars}
    names |= {persona.id: persona.name for persona in brand.personas}
    posts = {item.id: item for item in evidence}
    yield f"## {brand.name}\n"
    yield f"{brand.positioning}\n"
    for rank, idea in enumerate(kept, start=1):
        yield from _idea(rank, idea, names, posts)
    yield "### Dropped\n"
    for dropped in (*result.rejected, *rejected):
        yield f"- Dropped “{dropped.title}” ({dropped.code.value}): {dropped.detail}"
    yield "\n### Pillars\n"
    for pillar in result.coverage:
        yield f"- {pillar.pillar.name}: {pillar.reason}"
    yield ""


def _idea(
    rank: int, idea: CandidateDTO, names: Mapping[UUID, str], posts: Mapping[UUID, EvidenceItemDTO]
) -> Iterator[str]:
    yield f"### {rank}. {idea.title}\n"
    yield f"**{idea.score}** · {idea.type.value} · {idea.primary_channel.value}{_for(idea, names)}\n"
    yield f"{idea.angle}\n"
    yield f"*Why now:* {idea.why_now}\n"
    for part in idea.score_parts:
        yield f"- {part.part.value} {part.points}/{part.max}: {part.sentence}"
    yield ""
    for id_ in idea.evidence_ids:
        post = posts[id_]
        date = f"{post.published_at:%Y-%m-%d}" if post.published_at else "no date"
        yield f"- [{post.author_ref}, {date}]({post.canonical_url}): {' '.join(post.text_primary.split())}"
    yield ""


def _for(idea: CandidateDTO, names: Mapping[UUID, str]) -> str:
    named = [names[id_] for id_ in (idea.pillar_id, idea.persona_id) if id_ is not None]
    return f" · {' · '.join(named)}" if named else ""
