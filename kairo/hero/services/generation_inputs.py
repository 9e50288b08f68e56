"""Everything a generation depends on: gathered from the database, kept with its board, found again for a replay."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kairo.core.services.brands import brand_with_context
from kairo.hero.dto import BrandSnapshotDTO, EvidenceItemDTO, OpportunityDTO
from kairo.hero.services import brand_snapshot, decisions, evidence_service
from kairo.hero.services.decisions import Standing
from kairo.hero.services.previous_board import board_content_of, last_ready_board

VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """What a generation may know. `previous` holds the ideas of the brand's last ready board, best first."""

    as_of: datetime
    brand: BrandSnapshotDTO
    evidence: tuple[EvidenceItemDTO, ...]
    standing: Standing
    previous: tuple[OpportunityDTO, ...]
    previous_board_id: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Record:
    """Inputs as they are kept: posts by id and fingerprint, the previous board by id, the rest as it was."""

    as_of: datetime
    brand: BrandSnapshotDTO
    evidence: tuple[tuple[UUID, str], ...]
    standing: Standing
    previous_board_id: UUID | None


def gather_inputs(*, brand_id: UUID, as_of: datetime) -> Inputs:
    """
    Raises:
        NotFound: the brand is gone.
    """
    previous = last_ready_board(brand_id=brand_id)
    return Inputs(
        as_of=as_of,
        brand=brand_snapshot.whole(brand_with_context(brand_id=brand_id)),
        evidence=evidence_service.gather(brand_id=brand_id, as_of=as_of),
        standing=decisions.standing_of(brand_id=brand_id),
        previous=board_content_of(previous).opportunities,
        previous_board_id=previous.id if previous else None,
    )


def record_of(inputs: Inputs) -> dict[str, Any]:
    """JSON-ready, for `inputs_of`."""
    record = _Record(
        as_of=inputs.as_of,
        brand=inputs.brand,
        evidence=tuple((item.id, fingerprint(item)) for item in inputs.evidence),
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
    if record.get("version") != VERSION:
        raise ValueError("This board's inputs were not kept in a form this release can replay.")
    kept = msgspec.convert({name: value for name, value in record.items() if name != "version"}, _Record)
    found = evidence_service.items(brand_id=kept.brand.id, ids=[id_ for id_, _ in kept.evidence])
    changes = []
    for id_, print_ in kept.evidence:
        if id_ not in found:
            changes.append(f"Evidence {id_} is not stored any more.")
        elif fingerprint(found[id_]) != print_:
            changes.append(f"Evidence {id_} was stored again with other content.")
    inputs = Inputs(
        as_of=kept.as_of,
        brand=kept.brand,
        evidence=tuple(found[id_] for id_, _ in kept.evidence if id_ in found),
        standing=kept.standing,
        previous=board_content_of(kept.previous_board_id).opportunities,
        previous_board_id=kept.previous_board_id,
    )
    return inputs, tuple(changes)


def fingerprint(item: EvidenceItemDTO) -> str:
    """The same for the same content, on any machine."""
    return hashlib.sha256(msgspec.json.encode(item, order="deterministic")).hexdigest()[:32]
