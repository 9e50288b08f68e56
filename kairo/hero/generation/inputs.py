"""Everything a generation depends on: gathered from the database, kept with its board, found again for a replay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kairo.core.services.brands import brand_with_context
from kairo.hero.boards import brand_snapshot, evidence_items
from kairo.hero.boards.previous_board import board_content_of, last_ready_board
from kairo.hero.decisions import opportunity_decisions
from kairo.hero.decisions.opportunity_decisions import ActiveDecisions
from kairo.hero.dto import BrandSnapshotDTO, EvidenceItemDTO, OpportunityDTO, WindowCountsDTO
from kairo.hero.engine.counted_phrases import phrases_to_count
from kairo.hero.generation import evidence_window
from kairo.hero.generation.evidence_window import EvidenceWindow
from kairo.hero.generation.record_format import (
    PackedCounts,
    fingerprint,
    pack_counts,
    pack_evidence,
    unpack_counts,
    unpack_evidence,
)

VERSION = 2
"""Version 1, of boards made before the window was counted, is read as well."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """What a generation may know. `previous` holds the ideas of the brand's last ready board, best first.

    `counts` are over all posts of the window, of which `evidence` may be a sample; None where they were not kept.
    """

    as_of: datetime
    brand: BrandSnapshotDTO
    evidence: tuple[EvidenceItemDTO, ...]
    counts: WindowCountsDTO | None
    standing: ActiveDecisions
    previous: tuple[OpportunityDTO, ...]
    previous_board_id: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Record:
    """Inputs as they are kept: posts by id and hash, the previous board by id, the rest as it was."""

    as_of: datetime
    brand: BrandSnapshotDTO
    evidence: str
    counts: PackedCounts | None
    standing: ActiveDecisions
    previous_board_id: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _FirstRecord:
    """Version 1. It has whole fingerprints, and no counts."""

    as_of: datetime
    brand: BrandSnapshotDTO
    evidence: tuple[tuple[UUID, str], ...]
    standing: ActiveDecisions
    previous_board_id: UUID | None


def gather_inputs(*, brand_id: UUID, as_of: datetime) -> Inputs:
    """
    Raises:
        NotFound: the brand is gone.
    """
    previous = last_ready_board(brand_id=brand_id)
    brand = brand_snapshot.whole(brand_with_context(brand_id=brand_id))
    window = evidence_window.gather(brand_id=brand_id, as_of=as_of)
    return Inputs(
        as_of=as_of,
        brand=brand,
        evidence=window.items,
        counts=_with_phrases(window, brand=brand, as_of=as_of),
        standing=opportunity_decisions.standing_of(brand_id=brand_id),
        previous=board_content_of(previous).opportunities,
        previous_board_id=previous.id if previous else None,
    )


def _with_phrases(window: EvidenceWindow, *, brand: BrandSnapshotDTO, as_of: datetime) -> WindowCountsDTO:
    """The window's counts; of a sample also how often all posts say what may be bursting: one SQL statement."""
    if window.counts.posts <= len(window.items):
        return window.counts
    spellings = phrases_to_count(window.items, brand=brand, as_of=as_of)
    phrases = evidence_window.phrase_counts(brand_id=brand.id, as_of=as_of, spellings=spellings)
    return replace(window.counts, phrases=phrases)


def record_of(inputs: Inputs) -> dict[str, Any]:
    """JSON-ready, for `inputs_of`."""
    record = _Record(
        as_of=inputs.as_of,
        brand=inputs.brand,
        evidence=pack_evidence(inputs.evidence),
        counts=pack_counts(inputs.counts) if inputs.counts else None,
        standing=inputs.standing,
        previous_board_id=inputs.previous_board_id,
    )
    builtins: dict[str, Any] = msgspec.to_builtins(record)
    return {"version": VERSION, **builtins}


def inputs_of(record: dict[str, Any]) -> tuple[Inputs, tuple[str, ...]]:
    """The inputs as they can be found today, and one sentence for each that is not what it was.

    Raises:
        ValueError: the record has another version, or none: its board was made before inputs were kept.
    """
    version, kept = record.get("version"), {name: value for name, value in record.items() if name != "version"}
    if version == VERSION:
        read = msgspec.convert(kept, _Record)
        return _found(read, unpack_evidence(read.evidence), unpack_counts(read.counts) if read.counts else None)
    if version == 1:
        first = msgspec.convert(kept, _FirstRecord)
        return _found(first, iter(first.evidence), None)
    raise ValueError("This board's inputs were not kept in a form this release can replay.")


def _found(
    kept: _Record | _FirstRecord, evidence: Iterator[tuple[UUID, str]], counts: WindowCountsDTO | None
) -> tuple[Inputs, tuple[str, ...]]:
    prints = dict(evidence)
    found = evidence_items.items(brand_id=kept.brand.id, ids=prints)
    changes = []
    for id_, print_ in prints.items():
        if id_ not in found:
            changes.append(f"Evidence {id_} is not stored any more.")
        elif not fingerprint(found[id_]).startswith(print_):
            changes.append(f"Evidence {id_} was stored again with other content.")
    inputs = Inputs(
        as_of=kept.as_of,
        brand=kept.brand,
        evidence=tuple(found[id_] for id_ in prints if id_ in found),
        counts=counts,
        standing=kept.standing,
        previous=board_content_of(kept.previous_board_id).opportunities,
        previous_board_id=kept.previous_board_id,
    )
    return inputs, tuple(changes)
