from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kairo.hero.gates import evaluate_gates
from kairo.hero.services import evidence_service


def enough(*, brand_id: UUID, as_of: datetime) -> bool:
    """Whether a board made of the brand's stored posts would pass every gate. Found by KAIRO_EVIDENCE_ENOUGH."""
    return evaluate_gates(evidence_service.gather(brand_id=brand_id, as_of=as_of), as_of=as_of).passed
