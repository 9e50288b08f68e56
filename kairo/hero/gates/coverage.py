"""How far a brand's evidence is from a board, gate by gate, in words that say what to add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kairo.hero.dto import (
    BrandSnapshotDTO,
    EvidenceCoverageDTO,
    EvidenceItemDTO,
    GateCheckDTO,
    GateCoverageDTO,
    WindowCountsDTO,
)
from kairo.hero.enums import GateCode, GateKind
from kairo.hero.gates import thresholds as t
from kairo.hero.gates.evidence_gates import gate_checks
from kairo.hero.gates.own_posts import without_own
from kairo.hero.gates.platforms import platform_names, required_platforms


def evidence_coverage(
    items: Sequence[EvidenceItemDTO],
    *,
    as_of: datetime,
    brand: BrandSnapshotDTO | None = None,
    counts: WindowCountsDTO | None = None,
) -> EvidenceCoverageDTO:
    """Every gate on these items, by the thresholds that a job applies; `counts` are of the window they are from.

    A job checks the usability gates only when all quality gates hold. Coverage reports all of them, so that everything
    that is missing can be added at once.
    """
    checks = gate_checks(items, as_of=as_of, brand=brand)
    platforms = platform_names(required_platforms(brand.channels if brand else ()))
    return EvidenceCoverageDTO(
        as_of=as_of,
        ready=all(check.holds for _, check in checks),
        items=len(without_own(items, brand.handles if brand else ())),
        gates=tuple(_gate_coverage(kind, check, platforms) for kind, check in checks),
        baseline_from=counts.baseline_from if counts else None,
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """The messages of a gate that holds and of one that does not.

    Filled with `found`, `needed`, `missing` and the required `platforms`.
    """

    enough: str
    short: str


def _count_of(things: str) -> _Words:
    return _Words(
        enough=f"You have {{found}} {things}; {{needed}} are needed.",
        short=f"You have {{found}} of {{needed}} {things}; add {{missing}}.",
    )


def _share_of(having: str, kind: str, *, of: str = "items") -> _Words:
    return _Words(
        enough=f"{{found}} of your {of} have {having}; {{needed}} are needed.",
        short=f"{{found}} of your {of} have {having}; {{needed}} are needed: add {{missing}} with {kind}.",
    )


_DAYS = t.FRESHNESS_WINDOW.days

WORDS = {
    GateCode.INSUFFICIENT_ITEMS: _count_of("items"),
    GateCode.INSUFFICIENT_TEXT_ITEMS: _count_of("items with a text of their own"),
    GateCode.MISSING_REQUIRED_PLATFORMS: _Words(
        enough="You have items from {platforms}.",
        short="You have no items from {platforms}; add {missing}.",
    ),
    GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE: _share_of("a transcript", "one", of="videos"),
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


def _gate_coverage(kind: GateKind, check: GateCheckDTO, platforms: str) -> GateCoverageDTO:
    words = WORDS[check.code]
    message = (check.exception or words.enough) if check.holds else words.short
    return GateCoverageDTO(
        code=check.code,
        kind=kind,
        satisfied=check.holds,
        found=check.found,
        needed=check.needed,
        missing=check.missing,
        message=message.format(found=check.found, needed=check.needed, missing=check.missing, platforms=platforms),
    )
