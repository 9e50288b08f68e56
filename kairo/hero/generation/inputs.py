"""The inputs of a generation: gathered from the database, recorded with its board, restored for a replay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kairo.core.services.brands import brand_with_context
from kairo.hero.boards import brand_snapshot, evidence_items
from kairo.hero.boards.previous_board import content_of_board, last_ready_board
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
"""Version 1, of boards generated before the window was counted, is readable too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """All that a generation depends on. `previous` has the opportunities of the brand's last ready board, best first.

    `counts` are over all evidence items of the window, of which `evidence` may be a sample; None if not recorded.
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
    """Inputs as recorded: evidence items by id and hash, the previous board by id, the rest in full."""

    as_of: datetime
    brand: BrandSnapshotDTO
    evidence: str
    counts: PackedCounts | None
    standing: ActiveDecisions
    previous_board_id: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _FirstRecord:
    """Version 1, with full fingerprints and without counts."""

    as_of: datetime
    brand: BrandSnapshotDTO
    evidence: tuple[tuple[UUID, str], ...]
    standing: ActiveDecisions
    previous_board_id: UUID | None


def gather_inputs(*, brand_id: UUID, as_of: datetime) -> Inputs:
    """Reads the inputs of a generation.

    Raises:
        NotFound: the brand does not exist.
    """
    previous = last_ready_board(brand_id=brand_id)
    brand = brand_snapshot.to_full(brand_with_context(brand_id=brand_id))
    window = evidence_window.gather(brand_id=brand_id, as_of=as_of)
    return Inputs(
        as_of=as_of,
        brand=brand,
        evidence=window.items,
        counts=_with_phrases(window, brand=brand, as_of=as_of),
        standing=opportunity_decisions.active_decisions(brand_id=brand_id),
        previous=content_of_board(previous).opportunities,
        previous_board_id=previous.id if previous else None,
    )


def _with_phrases(window: EvidenceWindow, *, brand: BrandSnapshotDTO, as_of: datetime) -> WindowCountsDTO:
    """The window's counts. For a sample also those of phrases that may burst, over the window: one SQL statement."""
    if window.counts.posts <= len(window.items):
        return window.counts
    spellings = phrases_to_count(window.items, brand=brand, as_of=as_of)
    phrases = evidence_window.phrase_counts(brand_id=brand.id, as_of=as_of, spellings=spellings)
    return replace(window.counts, phrases=phrases)


def to_record(inputs: Inputs) -> dict[str, Any]:
    """Encodes the inputs as JSON, for `from_record`."""
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


def from_record(record: dict[str, Any]) -> tuple[Inputs, tuple[str, ...]]:
    """Restores the inputs from what is stored now, with one sentence for each input that has changed.

    Raises:
        ValueError: the record has another version, or none because its board is older than the recording of inputs.
    """
    version, fields = record.get("version"), {name: value for name, value in record.items() if name != "version"}
    if version == VERSION:
        current = msgspec.convert(fields, _Record)
        counts = unpack_counts(current.counts) if current.counts else None
        return _restore(current, unpack_evidence(current.evidence), counts)
    if version == 1:
        first = msgspec.convert(fields, _FirstRecord)
        return _restore(first, iter(first.evidence), None)
    raise ValueError("This board's inputs were not recorded in a form that this release can replay.")


def _restore(
    record: _Record | _FirstRecord, evidence: Iterator[tuple[UUID, str]], counts: WindowCountsDTO | None
) -> tuple[Inputs, tuple[str, ...]]:
    fingerprints = dict(evidence)
    stored = evidence_items.items(brand_id=record.brand.id, ids=fingerprints)
    changes = []
    for id_, expected in fingerprints.items():
        if id_ not in stored:
            changes.append(f"Evidence {id_} is not stored any more.")
        elif not fingerprint(stored[id_]).startswith(expected):
            changes.append(f"Evidence {id_} was stored again with other content.")
    inputs = Inputs(
        as_of=record.as_of,
        brand=record.brand,
        evidence=tuple(stored[id_] for id_ in fingerprints if id_ in stored),
        counts=counts,
        standing=record.standing,
        previous=content_of_board(record.previous_board_id).opportunities,
        previous_board_id=record.previous_board_id,
    )
    return inputs, tuple(changes)
