from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kairo.core.models import Brand
from kairo.hero.boards import brand_snapshot
from kairo.hero.gates.evidence_gates import evaluate_gates
from kairo.hero.generation import evidence_window


def enough(*, brand_id: UUID, as_of: datetime) -> bool:
    """Whether the brand's stored evidence passes every gate. The default of KAIRO_EVIDENCE_ENOUGH.

    Three SQL statements. False for a brand that does not exist.
    """
    brand = Brand.objects.filter(id=brand_id).first()
    if brand is None:
        return False
    window = evidence_window.gather(brand_id=brand_id, as_of=as_of)
    return evaluate_gates(window.items, as_of=as_of, brand=brand_snapshot.to_summary(brand)).passed
