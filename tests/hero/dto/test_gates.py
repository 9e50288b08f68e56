from __future__ import annotations

import msgspec

from kairo.hero.dto import EvidenceShortfallDTO
from kairo.hero.gates.evidence_gates import evaluate_gates
from tests.hero.builders import AS_OF, brand, plain_evidence


def test_gate_shortfall_is_equal_after_it_is_stored_as_json() -> None:
    report = evaluate_gates(plain_evidence(3), as_of=AS_OF, brand=brand())
    assert report.failures
    assert msgspec.json.decode(msgspec.json.encode(report.shortfall), type=EvidenceShortfallDTO) == report.shortfall
