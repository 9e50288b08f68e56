"""Is the evidence good enough? Hard checks: one that fails ends the job, it never only warns.

The brand's own posts are no evidence of demand: no gate counts them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kairo.core.enums import Platform
from kairo.hero.dto import (
    BrandSnapshotDTO,
    EvidenceItemDTO,
    EvidenceShortfallDTO,
    EvidenceSummaryDTO,
    GateCheckDTO,
    GateFailureDTO,
)
from kairo.hero.enums import GateCode, GateKind
from kairo.hero.gates import thresholds as t
from kairo.hero.gates.evidence_figures import distinct_authors, evidence_shortfall, evidence_summary, transcribable
from kairo.hero.gates.own_posts import without_own
from kairo.hero.gates.platforms import platform_names, required_platforms
from kairo.hero.gates.redundancy import redundant_items
from kairo.hero.gates.remediation import remediation_for
from kairo.hero.text.folding import visible

# The numbers by the names that callers know them by; they are set in `thresholds`.
MIN_EVIDENCE_ITEMS = t.MIN_EVIDENCE_ITEMS
MIN_TRANSCRIPT_COVERAGE = t.MIN_TRANSCRIPT_COVERAGE


@dataclass(frozen=True, kw_only=True, slots=True)
class GateReport:
    """The verdict on a brand's evidence. `remediation` says what to do about exactly these failures, "" if none."""

    passed: bool
    failures: tuple[GateFailureDTO, ...]
    shortfall: EvidenceShortfallDTO
    summary: EvidenceSummaryDTO
    remediation: str


def evaluate_gates(
    items: Sequence[EvidenceItemDTO], *, as_of: datetime, brand: BrandSnapshotDTO | None = None
) -> GateReport:
    """Every gate that does not hold: quality first; usability is asked only when quality holds.

    Without a brand, or for one without channels, posts of any platform count.
    """
    basis = _basis(items, as_of=as_of, brand=brand)
    failures = _failures(QUALITY_GATES, basis) or _failures(USABILITY_GATES, basis)
    return GateReport(
        passed=not failures,
        failures=failures,
        shortfall=evidence_shortfall(items, brand=brand, failures=failures),
        summary=evidence_summary(items),
        remediation=remediation_for(failures, platforms=basis.platforms),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Basis:
    """What gates are asked of: the items that count, and their texts as far as a reader sees them.

    A transcript or a description is not among the texts. `platforms` is empty where any platform will do.
    """

    items: tuple[EvidenceItemDTO, ...]
    texts: tuple[str, ...]
    platforms: tuple[Platform, ...]
    as_of: datetime


Gate = Callable[[_Basis], GateCheckDTO]


def gate_checks(
    items: Sequence[EvidenceItemDTO], *, as_of: datetime, brand: BrandSnapshotDTO | None = None
) -> tuple[tuple[GateKind, GateCheckDTO], ...]:
    """Every gate asked, those of usability too where quality does not hold, in the order of a report."""
    basis = _basis(items, as_of=as_of, brand=brand)
    kinds = ((GateKind.QUALITY, QUALITY_GATES), (GateKind.USABILITY, USABILITY_GATES))
    return tuple((kind, gate(basis)) for kind, gates in kinds for gate in gates)


def _basis(items: Sequence[EvidenceItemDTO], *, as_of: datetime, brand: BrandSnapshotDTO | None) -> _Basis:
    counted = without_own(items, brand.handles if brand else ())
    return _Basis(
        items=counted,
        texts=tuple(visible(item.text_primary) for item in counted),
        platforms=required_platforms(brand.channels if brand else ()),
        as_of=as_of,
    )


# Quality gates.


def _items(basis: _Basis) -> GateCheckDTO:
    found, needed = len(basis.items), t.MIN_EVIDENCE_ITEMS
    return _counted(GateCode.INSUFFICIENT_ITEMS, found, needed, f"Found {found} evidence items; {needed} are needed.")


def _text_items(basis: _Basis) -> GateCheckDTO:
    found, needed = sum(1 for text in basis.texts if text), t.MIN_TEXT_ITEMS
    sentence = f"Only {found} items have a text of their own; {needed} are needed."
    return _counted(GateCode.INSUFFICIENT_TEXT_ITEMS, found, needed, sentence)


def _required_platforms(basis: _Basis) -> GateCheckDTO:
    found = {Platform(item.platform) for item in basis.items}
    holds = bool(found.intersection(basis.platforms) if basis.platforms else found)
    return _one(
        GateCode.MISSING_REQUIRED_PLATFORMS,
        holds,
        ", ".join(sorted(platform.value for platform in found)) or "none",
        " or ".join(platform.value for platform in basis.platforms) or "any platform",
        f"No item is from {platform_names(basis.platforms)}; at least one must be.",
        exception="" if basis.platforms else "Items of any platform count, because the brand lists no channels.",
    )


def _transcripts(basis: _Basis) -> GateCheckDTO:
    able = transcribable(basis.items)
    having, needed = sum(1 for item in able if item.has_transcript), t.MIN_TRANSCRIPT_COVERAGE
    asked = bool(able) and len(able) / len(basis.items) >= t.MIN_TRANSCRIBED_SHARE
    return _shared(
        GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE,
        having,
        len(able),
        needed,
        f"{having} of {len(able)} videos have a transcript; at least {needed:.0%} are needed.",
        exception=(
            ""
            if asked
            else f"{len(able)} of your {len(basis.items)} items are videos; transcripts are needed only where at least "
            f"{t.MIN_TRANSCRIBED_SHARE:.0%} are."
        ),
    )


def _freshness(basis: _Basis) -> GateCheckDTO:
    as_of = basis.as_of
    ages = [as_of - item.published_at for item in basis.items if item.published_at and item.published_at <= as_of]
    days = t.FRESHNESS_WINDOW.days
    found = f"{min(ages).days} days old" if ages else "no dated item"
    sentence = f"No item was published less than {days} days ago."
    holds = bool(ages) and min(ages) < t.FRESHNESS_WINDOW
    return _one(GateCode.STALE_EVIDENCE, holds, found, f"less than {days} days old", sentence)


# Usability gates.


def _text_length(basis: _Basis) -> GateCheckDTO:
    found, needed = sum(1 for text in basis.texts if len(text) >= t.LONG_TEXT_CHARS), t.MIN_LONG_TEXT_ITEMS
    sentence = f"Only {found} items have a text of {t.LONG_TEXT_CHARS} characters or more; {needed} are needed."
    return _counted(GateCode.INSUFFICIENT_TEXT_LENGTH, found, needed, sentence)


def _author_diversity(basis: _Basis) -> GateCheckDTO:
    found, needed = len(distinct_authors(basis.items)), t.MIN_AUTHORS
    sentence = f"The items come from {found} distinct authors; {needed} are needed."
    return _counted(GateCode.INSUFFICIENT_AUTHOR_DIVERSITY, found, needed, sentence)


def _url_diversity(basis: _Basis) -> GateCheckDTO:
    found = len({item.canonical_url for item in basis.items if item.canonical_url.strip()})
    sentence = f"The items have {found} distinct links; {t.MIN_DISTINCT_URLS} are needed."
    return _counted(GateCode.INSUFFICIENT_URL_DIVERSITY, found, t.MIN_DISTINCT_URLS, sentence)


def _duplicates(basis: _Basis) -> GateCheckDTO:
    total, redundant, most = len(basis.items), redundant_items(basis.items), t.MAX_DUPLICATE_SHARE
    distinct = total - redundant
    few_repeats = not total or redundant / total <= most

    def holds(added: int) -> bool:
        if distinct + added >= t.ENOUGH_DISTINCT_ITEMS:
            return True
        return not total or redundant / (total + added) <= most

    return GateCheckDTO(
        code=GateCode.TOO_MANY_DUPLICATES,
        holds=holds(0),
        found=_percent(redundant, total),
        needed=f"at most {most:.0%}",
        missing=_least(holds),
        sentence=f"{redundant} of {total} items repeat another one; at most {most:.0%} may.",
        exception="" if few_repeats else f"{distinct} of your items differ, which is enough whatever others repeat.",
    )


def _content(basis: _Basis) -> GateCheckDTO:
    total, needed = len(basis.items), t.MIN_CONTENT_SHARE
    having = sum(1 for item, text in zip(basis.items, basis.texts, strict=True) if text or item.has_transcript)
    sentence = f"{having} of {total} items have a text or a transcript; at least {needed:.0%} are needed."
    many = having >= t.ENOUGH_CONTENT_ITEMS and having / total < needed
    return _shared(
        GateCode.INSUFFICIENT_CONTENT,
        having,
        total,
        needed,
        sentence,
        enough=t.ENOUGH_CONTENT_ITEMS,
        exception=f"{having} of your items have a text or a transcript, which is enough." if many else "",
    )


QUALITY_GATES: tuple[Gate, ...] = (_items, _text_items, _required_platforms, _transcripts, _freshness)
USABILITY_GATES: tuple[Gate, ...] = (_text_length, _author_diversity, _url_diversity, _duplicates, _content)


def _failures(gates: Sequence[Gate], basis: _Basis) -> tuple[GateFailureDTO, ...]:
    checks = [gate(basis) for gate in gates]
    return tuple(
        GateFailureDTO(code=check.code, found=check.found, needed=check.needed, sentence=check.sentence)
        for check in checks
        if not check.holds
    )


def _counted(code: GateCode, found: int, needed: int, sentence: str) -> GateCheckDTO:
    return GateCheckDTO(
        code=code,
        holds=found >= needed,
        found=str(found),
        needed=str(needed),
        missing=max(needed - found, 0),
        sentence=sentence,
    )


def _one(code: GateCode, holds: bool, found: str, needed: str, sentence: str, *, exception: str = "") -> GateCheckDTO:
    """A gate that one right item satisfies."""
    return GateCheckDTO(
        code=code,
        holds=holds,
        found=found,
        needed=needed,
        missing=0 if holds else 1,
        sentence=sentence,
        exception=exception,
    )


def _shared(
    code: GateCode, having: int, total: int, needed: float, sentence: str, *, enough: int | None = None, exception: str
) -> GateCheckDTO:
    """A gate that asks for a share of the items, or for `enough` of them. With an exception it holds."""

    def holds(added: int) -> bool:
        if exception or (enough is not None and having + added >= enough):
            return True
        return total + added > 0 and (having + added) / (total + added) >= needed

    return GateCheckDTO(
        code=code,
        holds=holds(0),
        found=_percent(having, total),
        needed=f"{needed:.0%}",
        missing=_least(holds),
        sentence=sentence,
        exception=exception,
    )


def _least(holds: Callable[[int], bool]) -> int:
    """The smallest number of added items with which a gate holds that holds with any greater number too."""
    most = 1
    while not holds(most):
        most *= 2
    return bisect_left(range(most), True, key=holds)


def _percent(part: int, total: int) -> str:
    return f"{part / total:.0%}" if total else "0%"
