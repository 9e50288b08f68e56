"""The results of the evidence gates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kairo.core.enums import Platform
from kairo.hero.enums import GateCode, GateKind


@dataclass(frozen=True, kw_only=True, slots=True)
class GateFailureDTO:
    """One failed gate: the value found, the value needed, and a sentence for people."""

    code: GateCode
    found: str
    needed: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GateCoverageDTO:
    """The state of one gate for a brand; `message` is a sentence that says what to add if the gate fails."""

    code: GateCode
    kind: GateKind
    satisfied: bool
    found: str
    needed: str
    missing: int
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceCoverageDTO:
    """The state of every gate for a brand. `ready` is whether a job would pass them all.

    `baseline_from` is the time from which bursts can be detected; None without dated posts.
    """

    as_of: datetime
    ready: bool
    items: int
    gates: tuple[GateCoverageDTO, ...]
    baseline_from: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceShortfallDTO:
    """Evidence required against evidence found. Both transcript figures are shares, 0 to 1."""

    required_items: int
    found_items: int
    required_platforms: tuple[Platform, ...]
    found_platforms: tuple[Platform, ...]
    missing_platforms: tuple[Platform, ...]
    transcript_coverage: float
    min_transcript_coverage: float
    failures: tuple[GateFailureDTO, ...] = ()
