"""How far a brand's evidence is from a board, gate by gate, in words that say what to add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kairo.core.enums import GateCode, GateKind
from kairo.hero import thresholds as t
from kairo.hero.dto import EvidenceCoverageDTO, EvidenceItemDTO, GateCheckDTO, GateCoverageDTO
from kairo.hero.gates import gate_checks


def evidence_coverage(items: Sequence[EvidenceItemDTO], *, as_of: datetime) -> EvidenceCoverageDTO:
    """Every gate on these items, by the thresholds that a job would ask.

    A job asks the usability gates only when all quality gates hold; here all are told, so that a person need not
    come twice.
    """
    checks = gate_checks(items, as_of=as_of)
    return EvidenceCoverageDTO(
        as_of=as_of,
        ready=all(check.holds for _, check in checks),
        items=len(items),
        gates=tuple(_told(kind, check) for kind, check in checks),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """What to say of a gate that holds and of one that does not; filled with `found`, `needed` and `missing`."""

    enough: str
    short: str


def _count_of(things: str) -> _Words:
    return _Words(
        enough=f"You have {{found}} {things}; {{needed}} are needed.",
        short=f"You have {{found}} of {{needed}} {things}; add {{missing}}.",
    )


def _share_of(having: str, kind: str) -> _Words:
    return _Words(
        enough=f"{{found}} of your items have {having}; {{needed}} are needed.",
        short=f"{{found}} of your items have {having}; {{needed}} are needed: add {{missing}} with {kind}.",
    )


_PLATFORMS = " or ".join(platform.label for platform in t.REQUIRED_PLATFORMS)
_DAYS = t.FRESHNESS_WINDOW.days

WORDS = {
    GateCode.INSUFFICIENT_ITEMS: _count_of("items"),
    GateCode.INSUFFICIENT_TEXT_ITEMS: _count_of("items with a text of their own"),
    GateCode.MISSING_REQUIRED_PLATFORMS: _Words(
        enough=f"You have items from {_PLATFORMS}.",
        short=f"You have no items from {_PLATFORMS}; add {{missing}}.",
    ),
    GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE: _share_of("a transcript", "one"),
    GateCode.STALE_EVIDENCE: _Words(
        enough="Your newest item is {found}; {needed} is needed.",
        short=f"You have no item published in the last {_DAYS} days; add {{missing}}.",
    ),
    GateCode.INSUFFICIENT_TEXT_LENGTH: _count_of(f"items with a text of {t.LONG_TEXT_CHARS} characters or more"),
    GateCode.INSUFFICIENT_AUTHOR_DIVERSITY: _count_of("different authors"),
    GateCode.INSUFFICIENT_URL_DIVERSITY: _count_of("different links"),
    GateCode.TOO_MANY_DUPLICATES: _Words(
        enough="{found} of your items repeat another one; {needed} may.",
        short="{found} of your items repeat another one; {needed} may: add {missing} that differ, or delete repeats.",
    ),
    GateCode.INSUFFICIENT_CONTENT: _share_of("a text or a transcript", "either"),
}


def _told(kind: GateKind, check: GateCheckDTO) -> GateCoverageDTO:
    words = WORDS[check.code]
    message = words.enough if check.holds else words.short
    return GateCoverageDTO(
        code=check.code,
        kind=kind,
        satisfied=check.holds,
        found=check.found,
        needed=check.needed,
        missing=check.missing,
        message=message.format(found=check.found, needed=check.needed, missing=check.missing),
    )
