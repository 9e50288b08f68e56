"""Decides whether a brand's evidence is good enough for a board. A failed gate ends the job; it never only warns.

The brand's own posts are no evidence of demand: no gate counts them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kairo.hero.dto import (
    BrandSnapshotDTO,
    EvidenceItemDTO,
    EvidenceShortfallDTO,
    EvidenceSummaryDTO,
    GateFailureDTO,
)
from kairo.hero.gates import thresholds as t
from kairo.hero.gates.evidence_figures import evidence_shortfall, evidence_summary
from kairo.hero.gates.gate import Gate, GateInput, GateResult
from kairo.hero.gates.own_posts import exclude_own_posts
from kairo.hero.gates.platforms import platform_names, required_platforms
from kairo.hero.gates.quality_gates import QUALITY_GATES
from kairo.hero.gates.usability_gates import USABILITY_GATES
from kairo.hero.text.folding import visible

# The seed's names for two of the thresholds.
MIN_EVIDENCE_ITEMS = t.MIN_EVIDENCE_ITEMS
MIN_TRANSCRIPT_COVERAGE = t.MIN_TRANSCRIPT_COVERAGE

GATES = (*QUALITY_GATES, *USABILITY_GATES)


@dataclass(frozen=True, kw_only=True, slots=True)
class GateReport:
    """The verdict on a brand's evidence. `remediation` says what to do about the failures; "" without failures."""

    passed: bool
    failures: tuple[GateFailureDTO, ...]
    shortfall: EvidenceShortfallDTO
    summary: EvidenceSummaryDTO
    remediation: str


def evaluate_gates(
    items: Sequence[EvidenceItemDTO], *, as_of: datetime, brand: BrandSnapshotDTO | None = None
) -> GateReport:
    """Reports every failed gate. Usability gates run only when all quality gates hold.

    Without a brand, or for a brand without channels, posts of any platform count.
    """
    evidence = _gate_input(items, as_of=as_of, brand=brand)
    failed = _failed(QUALITY_GATES, evidence) or _failed(USABILITY_GATES, evidence)
    failures = tuple(
        GateFailureDTO(code=gate.code, found=result.found, needed=result.needed, sentence=result.sentence)
        for gate, result in failed
    )
    return GateReport(
        passed=not failures,
        failures=failures,
        shortfall=evidence_shortfall(items, brand=brand, failures=failures),
        summary=evidence_summary(items),
        remediation=_remediation(failed, evidence),
    )


def evaluate_every_gate(
    items: Sequence[EvidenceItemDTO], *, as_of: datetime, brand: BrandSnapshotDTO | None = None
) -> tuple[tuple[Gate, GateResult], ...]:
    """The result of every gate, in the order of GATES, including usability gates when a quality gate fails."""
    evidence = _gate_input(items, as_of=as_of, brand=brand)
    return tuple((gate, gate.check(evidence)) for gate in GATES)


def _gate_input(items: Sequence[EvidenceItemDTO], *, as_of: datetime, brand: BrandSnapshotDTO | None) -> GateInput:
    counted = exclude_own_posts(items, brand.handles if brand else ())
    return GateInput(
        items=counted,
        captions=tuple(visible(item.text_primary) for item in counted),
        platforms=required_platforms(brand.channels if brand else ()),
        as_of=as_of,
    )


def _failed(gates: Sequence[Gate], evidence: GateInput) -> list[tuple[Gate, GateResult]]:
    results = [(gate, gate.check(evidence)) for gate in gates]
    return [(gate, result) for gate, result in results if not result.holds]


def _remediation(failed: Sequence[tuple[Gate, GateResult]], evidence: GateInput) -> str:
    """One instruction for each failed gate, then the last step."""
    if not failed:
        return ""
    names = platform_names(evidence.platforms)
    steps = [f"{result.sentence} {gate.advice.format(platforms=names)}" for gate, result in failed]
    return " ".join([*steps, "Then generate the board again."])
