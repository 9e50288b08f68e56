"""Evidence that passes every gate unless changed, and the gates that it fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kairo.core.enums import ContentType
from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.enums import GateCode
from kairo.hero.gates.evidence_gates import evaluate_gates
from tests.hero.builders import AS_OF, brand, plain_evidence


def codes(items: Sequence[EvidenceItemDTO], **fields: Any) -> list[GateCode]:
    """The failures for a brand with these fields; without any, for one with Instagram and YouTube."""
    return [failure.code for failure in evaluate_gates(items, as_of=AS_OF, brand=brand(**fields)).failures]


def spread(count: int, **changes: Any) -> list[EvidenceItemDTO]:
    """Posts that pass every gate, of a type that has no transcripts unless changed."""
    plain = {"content_type": ContentType.POST, "has_transcript": False, **changes}
    return [replace(item, **plain) for item in plain_evidence(count)]


def with_first(count: int, items: list[EvidenceItemDTO], **changes: Any) -> list[EvidenceItemDTO]:
    return [replace(item, **changes) if index < count else item for index, item in enumerate(items)]
