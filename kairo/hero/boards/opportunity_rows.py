from __future__ import annotations

import msgspec

from kairo.core.enums import Channel, CreatedVia, OpportunityType
from kairo.core.models import Opportunity
from kairo.hero.dto import AnglePartDTO, ClaimDTO, NamedRefDTO, OpportunityDTO, ScorePartDTO


def opportunity_from_row(row: Opportunity) -> OpportunityDTO:
    """The opportunity in its row. No SQL when `row` was read with persona and pillar."""
    return OpportunityDTO(
        id=row.id,
        concept_key=row.concept_key,
        title=row.title,
        angle=row.angle,
        angle_parts=_angle_parts(row),
        why_now=row.why_now,
        type=OpportunityType(row.type),
        primary_channel=Channel(row.primary_channel),
        suggested_channels=tuple(Channel(channel) for channel in row.suggested_channels),
        score=row.score,
        score_parts=msgspec.convert(row.score_parts, tuple[ScorePartDTO, ...]),
        claims=msgspec.convert(row.claims, tuple[ClaimDTO, ...]),
        evidence_ids=tuple(row.evidence_ids),
        persona=NamedRefDTO(id=row.persona.id, name=row.persona.name) if row.persona else None,
        pillar=NamedRefDTO(id=row.pillar.id, name=row.pillar.name) if row.pillar else None,
        created_via=CreatedVia(row.created_via),
        created_at=row.created_at,
    )


def _angle_parts(row: Opportunity) -> tuple[AnglePartDTO, ...]:
    """The parts of the row's angle; none where a release without parts has written the angle since."""
    parts = msgspec.convert(row.angle_parts, tuple[AnglePartDTO, ...])
    return parts if all(part.text in row.angle for part in parts) else ()
