"""Renders docs/examples/boards.md: the boards of invented brands, in full."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from kairo.hero.dto import AnglePartDTO, BrandMentionDTO, BrandSnapshotDTO, EvidenceItemDTO
from kairo.hero.evaluation.dataset import LabelledBoard, read_brand, read_item, read_rows
from kairo.hero.evaluation.runs import run_board
from kairo.hero.ports import CandidateDTO

_INTRODUCTION = """# {number} boards

What the built-in engine makes of invented brands and posts: the five of the demo, and three more that were written to
find its faults (`tests/hero/evaluation/labelled/fresh`). Every number in a sentence can be counted again in the posts
below it; the points of the four parts add up to the score. What people say about the brand itself is a brand mention,
never an opportunity.

Written by `python manage.py example_boards`; CI fails when the engine says something else.
"""
_NUMBERS = {5: "Five", 8: "Eight"}


@dataclass(frozen=True, slots=True)
class Example:
    """A brand of a directory, with its posts and the time of its board."""

    brand: BrandSnapshotDTO
    evidence: tuple[EvidenceItemDTO, ...]
    as_of: datetime


def example_page(directories: Sequence[Path]) -> str:
    """Renders the page from directories with `brands.json` and `<slug>.jsonl`, either there or in `evidence/`."""
    examples = [example for directory in directories for example in read_examples(directory)]
    lines = [_INTRODUCTION.format(number=_NUMBERS.get(len(examples), str(len(examples))))]
    for example in examples:
        lines += _board(example)
    return "\n".join(lines)


def read_examples(directory: Path) -> list[Example]:
    """Reads the brands of a directory whose `brands.json` contains `as_of`."""
    content = json.loads((directory / "brands.json").read_text(encoding="utf-8"))
    posts = directory / "evidence" if (directory / "evidence").is_dir() else directory
    return [
        Example(
            read_brand(with_ids(raw)),
            tuple(read_item(row) for row in read_rows(posts / f"{raw['slug']}.jsonl")),
            datetime.fromisoformat(raw.get("as_of") or content["as_of"]),
        )
        for raw in content["brands"]
    ]


def with_ids(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Adds ids to the brand's pillars and personas, which the demo's files lack."""
    parts = {
        kind: [{"id": f"{raw['slug']}:{kind}:{part['name']}", **part} for part in raw.get(kind, ())]
        for kind in ("pillars", "personas")
    }
    return {**raw, **parts, "active_campaigns": raw.get("active_campaigns", raw.get("campaigns", ()))}


def _board(example: Example) -> Iterator[str]:
    brand, evidence = example.brand, example.evidence
    board = LabelledBoard(brand=brand, as_of=example.as_of, evidence=evidence, labels={}, synthetic=frozenset())
    run = run_board(board)
    names = {pillar.id: pillar.name for pillar in brand.pillars}
    names |= {persona.id: persona.name for persona in brand.personas}
    posts = {item.id: item for item in evidence}
    yield f"## {brand.name}\n"
    yield f"{brand.positioning}\n"
    yield f"{len(evidence)} posts, as of {example.as_of.day} {example.as_of:%B %Y}.\n"
    for rank, candidate in enumerate(run.kept, start=1):
        yield from _candidate(rank, candidate, names, posts)
    if run.mentions:
        yield "### Brand mentions\n"
        for mention in run.mentions:
            yield from _mention(mention, posts)
    yield "### Dropped\n"
    for dropped in run.dropped:
        yield f"- Dropped “{dropped.title}” ({dropped.code.value}): {dropped.detail}"
    yield "\n### Pillars\n"
    for pillar in run.coverage:
        yield f"- {pillar.pillar.name}: {pillar.reason}"
    if run.notes:
        yield "\n### Notes\n"
        yield from (f"- {note}" for note in run.notes)
    yield ""


def _candidate(
    rank: int, candidate: CandidateDTO, names: Mapping[UUID, str], posts: Mapping[UUID, EvidenceItemDTO]
) -> Iterator[str]:
    yield f"### {rank}. {candidate.title}\n"
    channel = candidate.primary_channel.value
    yield f"**{candidate.score}** · {candidate.type.value} · {channel}{_for(candidate, names)}\n"
    yield f"{candidate.angle}\n"
    yield f"*Why now:* {candidate.why_now}\n"
    if candidate.angle_parts:
        yield "The angle's parts:\n"
        yield from (_angle_part(part, posts) for part in candidate.angle_parts)
        yield ""
    for score_part in candidate.score_parts:
        yield f"- {score_part.part.value} {score_part.points}/{score_part.max}: {score_part.sentence}"
    yield ""
    yield from (_post(posts[id_]) for id_ in candidate.evidence_ids)
    yield ""


def _angle_part(part: AnglePartDTO, posts: Mapping[UUID, EvidenceItemDTO]) -> str:
    authors = dict.fromkeys(posts[id_].author_ref for id_ in part.evidence_ids)
    return f"- {part.kind.value}: {part.text}" + (f" (shown by {', '.join(authors)})" if authors else "")


def _mention(mention: BrandMentionDTO, posts: Mapping[UUID, EvidenceItemDTO]) -> Iterator[str]:
    authors = "1 author" if mention.authors == 1 else f"{mention.authors} authors"
    yield f"**{mention.phrase}** · {authors} · {mention.window}\n"
    yield from (f"- {claim.text}" for claim in mention.claims)
    yield from (_post(posts[id_]) for id_ in mention.evidence_ids)
    yield ""


def _post(post: EvidenceItemDTO) -> str:
    date = f"{post.published_at:%Y-%m-%d}" if post.published_at else "no date"
    return f"- [{post.author_ref}, {date}]({post.canonical_url}): {' '.join(post.text_primary.split())}"


def _for(candidate: CandidateDTO, names: Mapping[UUID, str]) -> str:
    named = [names[id_] for id_ in (candidate.pillar_id, candidate.persona_id) if id_ is not None]
    return f" · {' · '.join(named)}" if named else ""
