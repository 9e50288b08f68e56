"""Reads evidence, brands and labels of a data directory directly from its files, without a database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from kairo.core.enums import Channel, ContentType, Platform
from kairo.hero.dto import (
    BrandSnapshotDTO,
    CampaignDTO,
    EvidenceItemDTO,
    MetricsDTO,
    PersonaDTO,
    PillarDTO,
    TabooTermDTO,
)
from kairo.hero.evaluation.kinds import read_kind

_NAMESPACE = UUID("0c8e4f8c-6d0e-5b32-9a38-6c1f0a2f7f10")


def id_of(reference: str) -> UUID:
    """A deterministic id for a name in the files."""
    return uuid5(_NAMESPACE, reference)


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """The label of one post: its topic, and the kind of its story, one of kinds.Kind."""

    topic: str | None
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelledBoard:
    """One brand's evidence with its labels.

    `evidence` is the input of a board and `stored` are all stored posts; `stored` is empty if the two are equal.
    """

    brand: BrandSnapshotDTO
    as_of: datetime
    evidence: tuple[EvidenceItemDTO, ...]
    labels: Mapping[UUID, Label]
    synthetic: frozenset[UUID]
    stored: tuple[EvidenceItemDTO, ...] = ()

    @property
    def posts(self) -> tuple[EvidenceItemDTO, ...]:
        """All posts that may have a label."""
        return self.stored or self.evidence

    def only_synthetic(self) -> LabelledBoard:
        """The board with only its synthetic posts."""
        return replace(self, evidence=tuple(item for item in self.evidence if item.id in self.synthetic))


def read_boards(directory: Path) -> list[LabelledBoard]:
    """The labelled boards of `brands.json`, `demo-<slug>.jsonl` and `labels-demo.json`, in the brands' order.

    Raises:
        FileNotFoundError: one of those files is missing.
    """
    labels = json.loads((directory / "labels-demo.json").read_text(encoding="utf-8"))["labels"]
    boards = []
    for raw in json.loads((directory / "brands.json").read_text(encoding="utf-8"))["brands"]:
        rows = read_rows(directory / f"demo-{raw['slug']}.jsonl")
        boards.append(
            LabelledBoard(
                brand=read_brand(raw),
                as_of=datetime.fromisoformat(raw["as_of"]),
                evidence=tuple(read_item(row) for row in rows),
                labels={
                    id_of(row["id"]): Label(topic=labels[row["id"]]["topic"], kind=read_kind(labels[row["id"]]["kind"]))
                    for row in rows
                    if row["id"] in labels
                },
                synthetic=frozenset(id_of(row["id"]) for row in rows if row.get("synthetic")),
            )
        )
    return boards


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_brand(raw: Mapping[str, Any]) -> BrandSnapshotDTO:
    """One entry of `brands.json`."""
    return BrandSnapshotDTO(
        id=id_of(raw["slug"]),
        tenant_id=id_of("tenant"),
        slug=raw["slug"],
        name=raw["name"],
        positioning=raw.get("positioning", ""),
        tone_tags=tuple(raw.get("tone_tags", ())),
        taboos=tuple(raw.get("taboos") or (entry["term"] for entry in raw.get("taboo_terms", ()))),
        taboo_terms=tuple(
            TabooTermDTO(term=entry["term"], synonyms=tuple(entry["synonyms"]))
            for entry in raw.get("taboo_terms", ())
            if entry.get("synonyms")
        ),
        channels=tuple(Channel(channel) for channel in raw.get("channels", ())),
        languages=tuple(raw.get("languages", ())),
        handles=tuple(raw.get("handles", ())),
        product_names=tuple(raw.get("product_names", ())),
        competitor_handles=tuple(raw.get("competitor_handles", ())),
        campaigns=tuple(
            CampaignDTO(
                name=campaign["name"],
                starts=date.fromisoformat(campaign["starts"]),
                ends=date.fromisoformat(campaign["ends"]),
                keywords=tuple(campaign.get("keywords", ())),
            )
            for campaign in raw.get("active_campaigns", ())
        ),
        pillars=tuple(
            PillarDTO(
                id=id_of(pillar["id"]),
                name=pillar["name"],
                description=pillar.get("description", ""),
                keywords=tuple(pillar.get("keywords", ())),
                rank=rank,
            )
            for rank, pillar in enumerate(raw.get("pillars", ()))
        ),
        personas=tuple(
            PersonaDTO(
                id=id_of(persona["id"]),
                name=persona["name"],
                role=persona.get("role", ""),
                summary=persona.get("summary", ""),
                priorities=tuple(persona.get("priorities", ())),
                pains=tuple(persona.get("pains", ())),
                keywords=tuple(persona.get("keywords", ())),
            )
            for persona in raw.get("personas", ())
        ),
    )


def read_item(raw: Mapping[str, Any]) -> EvidenceItemDTO:
    """One row of an evidence file."""
    metrics = raw.get("metrics") or {}
    published = raw.get("published_at")
    return EvidenceItemDTO(
        id=id_of(raw.get("id") or f"{raw['platform']}|{raw['external_id']}"),
        platform=Platform(raw["platform"]),
        content_type=ContentType(raw["content_type"]),
        external_id=raw.get("external_id") or "",
        canonical_url=raw.get("canonical_url") or "",
        published_at=datetime.fromisoformat(published) if published else None,
        author_ref=raw.get("author_ref") or "",
        title=raw.get("title") or "",
        text_primary=raw.get("text_primary") or "",
        text_secondary=raw.get("text_secondary") or "",
        has_transcript=bool(raw.get("has_transcript")),
        hashtags=tuple(raw.get("hashtags") or ()),
        metrics=MetricsDTO(**{name: metrics.get(name) for name in ("views", "likes", "comments", "shares")}),
    )
