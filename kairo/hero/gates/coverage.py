"""Reports how far a brand's evidence is from a board, gate by gate, in sentences that say what to add."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kairo.hero.dto import (
    BrandSnapshotDTO,
    EvidenceCoverageDTO,
    EvidenceItemDTO,
    GateCoverageDTO,
    WindowCountsDTO,
)
from kairo.hero.gates.evidence_gates import evaluate_every_gate
from kairo.hero.gates.gate import Gate, GateResult
from kairo.hero.gates.own_posts import exclude_own_posts
from kairo.hero.gates.platforms import platform_names, required_platforms


def evidence_coverage(
    items: Sequence[EvidenceItemDTO],
    *,
    as_of: datetime,
    brand: BrandSnapshotDTO | None = None,
    counts: WindowCountsDTO | None = None,
) -> EvidenceCoverageDTO:
    """Reports every gate for these items; `counts` cover the window that they come from.

    A job runs the usability gates only when all quality gates hold. Coverage reports all of them, so that everything
    that is missing can be added at once.
    """
    results = evaluate_every_gate(items, as_of=as_of, brand=brand)
    platforms = platform_names(required_platforms(brand.channels if brand else ()))
    return EvidenceCoverageDTO(
        as_of=as_of,
        ready=all(result.holds for _, result in results),
        items=len(exclude_own_posts(items, brand.handles if brand else ())),
        gates=tuple(_gate_coverage(gate, result, platforms) for gate, result in results),
        baseline_from=counts.baseline_from if counts else None,
    )


def _gate_coverage(gate: Gate, result: GateResult, platforms: str) -> GateCoverageDTO:
    template = (result.exception or gate.satisfied) if result.holds else gate.failed
    return GateCoverageDTO(
        code=gate.code,
        kind=gate.kind,
        satisfied=result.holds,
        found=result.found,
        needed=result.needed,
        missing=result.missing,
        message=template.format(found=result.found, needed=result.needed, missing=result.missing, platforms=platforms),
    )
