"""Is the evidence good enough? Hard checks: one that fails ends the job, it never only warns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from kairo.core.enums import GateCode, GateKind, Platform
from kairo.hero import thresholds as t
from kairo.hero.dto import EvidenceItemDTO, EvidenceShortfallDTO, EvidenceSummaryDTO, GateCheckDTO, GateFailureDTO
from kairo.hero.remediation import remediation_for
from kairo.hero.text.folding import visible
from kairo.hero.text.words import likeness, word_set

# The numbers by the names that callers know them by; they are set in `thresholds`.
MIN_EVIDENCE_ITEMS = t.MIN_EVIDENCE_ITEMS
MIN_TRANSCRIPT_COVERAGE = t.MIN_TRANSCRIPT_COVERAGE
REQUIRED_PLATFORMS = t.REQUIRED_PLATFORMS

Gate = Callable[[Sequence[EvidenceItemDTO], datetime], GateCheckDTO]


@dataclass(frozen=True, kw_only=True, slots=True)
class GateReport:
    """The verdict on a brand's evidence. `remediation` says what to do about exactly these failures, "" if none."""

    passed: bool
    failures: tuple[GateFailureDTO, ...]
    shortfall: EvidenceShortfallDTO
    summary: EvidenceSummaryDTO
    remediation: str


def evaluate_gates(items: Sequence[EvidenceItemDTO], *, as_of: datetime) -> GateReport:
    """Every gate that does not hold: quality first; usability is asked only when quality holds."""
    failures = _failures(QUALITY_GATES, items, as_of) or _failures(USABILITY_GATES, items, as_of)
    return GateReport(
        passed=not failures,
        failures=failures,
        shortfall=evidence_shortfall(items, failures=failures),
        summary=evidence_summary(items),
        remediation=remediation_for(failures),
    )


def evidence_shortfall(
    items: Sequence[EvidenceItemDTO], *, failures: tuple[GateFailureDTO, ...] = ()
) -> EvidenceShortfallDTO:
    """How far the evidence is from enough. A required platform is missing only while none of them is there."""
    found = {item.platform for item in items}
    enough = any(platform in found for platform in t.REQUIRED_PLATFORMS)
    return EvidenceShortfallDTO(
        required_items=t.MIN_EVIDENCE_ITEMS,
        found_items=len(items),
        required_platforms=t.REQUIRED_PLATFORMS,
        found_platforms=tuple(sorted((Platform(platform) for platform in found), key=str)),
        missing_platforms=() if enough else t.REQUIRED_PLATFORMS,
        transcript_coverage=_transcript_coverage(items),
        min_transcript_coverage=t.MIN_TRANSCRIPT_COVERAGE,
        failures=failures,
    )


def evidence_summary(items: Sequence[EvidenceItemDTO]) -> EvidenceSummaryDTO:
    """What the evidence is made of."""
    platforms = Counter(Platform(item.platform) for item in items)
    published = [item.published_at for item in items if item.published_at is not None]
    return EvidenceSummaryDTO(
        items=len(items),
        authors=len(_authors(items)),
        platforms=tuple(sorted(platforms.items())),
        transcript_coverage=_transcript_coverage(items),
        newest_published_at=max(published, default=None),
        oldest_published_at=min(published, default=None),
    )


def redundant_items(items: Sequence[EvidenceItemDTO]) -> int:
    """How many items repeat an earlier one: the same canonical url, or the same author in nearly the same words."""
    urls: set[str] = set()
    words_by_author: dict[str, list[frozenset[str]]] = {}
    redundant = 0
    for item in items:
        words = word_set(_text(item))
        earlier = words_by_author.setdefault(item.author_ref, [])
        same_url = bool(item.canonical_url) and item.canonical_url in urls
        same_words = bool(item.author_ref) and any(likeness(words, other) >= t.DUPLICATE_LIKENESS for other in earlier)
        redundant += same_url or same_words
        urls.add(item.canonical_url)
        earlier.append(words)
    return redundant


# Quality gates.


def _items(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateCheckDTO:
    found, needed = len(items), t.MIN_EVIDENCE_ITEMS
    return _counted(GateCode.INSUFFICIENT_ITEMS, found, needed, f"Found {found} evidence items; {needed} are needed.")


def _text_items(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateCheckDTO:
    found, needed = sum(1 for item in items if _text(item)), t.MIN_TEXT_ITEMS
    sentence = f"Only {found} items have a text of their own; {needed} are needed."
    return _counted(GateCode.INSUFFICIENT_TEXT_ITEMS, found, needed, sentence)


def _required_platforms(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateCheckDTO:
    found = sorted({str(Platform(item.platform).value) for item in items})
    holds = any(platform.value in found for platform in t.REQUIRED_PLATFORMS)
    needed = " or ".join(platform.value for platform in t.REQUIRED_PLATFORMS)
    sentence = "No item is from Instagram or TikTok; at least one of the two platforms must be present."
    return _one(GateCode.MISSING_REQUIRED_PLATFORMS, holds, ", ".join(found) or "none", needed, sentence)


def _transcripts(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateCheckDTO:
    having, needed = sum(1 for item in items if item.has_transcript), t.MIN_TRANSCRIPT_COVERAGE
    sentence = f"{having} of {len(items)} items have a transcript; at least {needed:.0%} are needed."
    return _shared(GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE, having, items, needed, sentence)


def _freshness(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateCheckDTO:
    ages = [as_of - item.published_at for item in items if item.published_at and item.published_at <= as_of]
    days = t.FRESHNESS_WINDOW.days
    found = f"{min(ages).days} days old" if ages else "no dated item"
    sentence = f"No item was published less than {days} days ago."
    holds = bool(ages) and min(ages) < t.FRESHNESS_WINDOW
    return _one(GateCode.STALE_EVIDENCE, holds, found, f"less than {days} days old", sentence)


# Usability gates.


def _text_length(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateCheckDTO:
    found, needed = sum(1 for item in items if len(_text(item)) >= t.LONG_TEXT_CHARS), t.MIN_LONG_TEXT_ITEMS
    sentence = f"Only {found} items have a text of {t.LONG_TEXT_CHARS} characters or more; {needed} are needed."
    return _counted(GateCode.INSUFFICIENT_TEXT_LENGTH, found, needed, sentence)


def _author_diversity(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateCheckDTO:
    found, needed = len(_authors(items)), t.MIN_AUTHORS
    sentence = f"The items come from {found} distinct authors; {needed} are needed."
    return _counted(GateCode.INSUFFICIENT_AUTHOR_DIVERSITY, found, needed, sentence)


def _url_diversity(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateCheckDTO:
    found, needed = len({item.canonical_url for item in items if item.canonical_url.strip()}), t.MIN_DISTINCT_URLS
    sentence = f"The items have {found} distinct links; {needed} are needed."
    return _counted(GateCode.INSUFFICIENT_URL_DIVERSITY, found, needed, sentence)


def _duplicates(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateCheckDTO:
    redundant, most = redundant_items(items), t.MAX_DUPLICATE_SHARE

    def holds(added: int) -> bool:
        return not items or redundant / (len(items) + added) <= most

    return GateCheckDTO(
        code=GateCode.TOO_MANY_DUPLICATES,
        holds=holds(0),
        found=_percent(redundant, items),
        needed=f"at most {most:.0%}",
        missing=_least(holds),
        sentence=f"{redundant} of {len(items)} items repeat another one; at most {most:.0%} may.",
    )


def _content(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateCheckDTO:
    having, needed = sum(1 for item in items if _text(item) or item.has_transcript), t.MIN_CONTENT_SHARE
    sentence = f"{having} of {len(items)} items have a text or a transcript; at least {needed:.0%} are needed."
    return _shared(GateCode.INSUFFICIENT_CONTENT, having, items, needed, sentence)


QUALITY_GATES: tuple[Gate, ...] = (_items, _text_items, _required_platforms, _transcripts, _freshness)
USABILITY_GATES: tuple[Gate, ...] = (_text_length, _author_diversity, _url_diversity, _duplicates, _content)


def gate_checks(items: Sequence[EvidenceItemDTO], *, as_of: datetime) -> tuple[tuple[GateKind, GateCheckDTO], ...]:
    """Every gate asked, those of usability too where quality does not hold, in the order of a report."""
    kinds = ((GateKind.QUALITY, QUALITY_GATES), (GateKind.USABILITY, USABILITY_GATES))
    return tuple((kind, gate(items, as_of)) for kind, gates in kinds for gate in gates)


def _failures(gates: Sequence[Gate], items: Sequence[EvidenceItemDTO], as_of: datetime) -> tuple[GateFailureDTO, ...]:
    checks = [gate(items, as_of) for gate in gates]
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


def _one(code: GateCode, holds: bool, found: str, needed: str, sentence: str) -> GateCheckDTO:
    """A gate that one right item satisfies."""
    return GateCheckDTO(
        code=code, holds=holds, found=found, needed=needed, missing=0 if holds else 1, sentence=sentence
    )


def _shared(
    code: GateCode, having: int, items: Sequence[EvidenceItemDTO], needed: float, sentence: str
) -> GateCheckDTO:
    """A gate that asks for a share of the items."""

    def holds(added: int) -> bool:
        total = len(items) + added
        return bool(total) and (having + added) / total >= needed

    return GateCheckDTO(
        code=code,
        holds=holds(0),
        found=_percent(having, items),
        needed=f"{needed:.0%}",
        missing=_least(holds),
        sentence=sentence,
    )


def _least(holds: Callable[[int], bool]) -> int:
    """The smallest number of added items with which it holds."""
    return next(added for added in count() if holds(added))


def _text(item: EvidenceItemDTO) -> str:
    """A post's own words, as far as a reader sees them. A transcript or a description is not among them."""
    return visible(item.text_primary)


def _authors(items: Sequence[EvidenceItemDTO]) -> set[str]:
    return {item.author_ref.casefold() for item in items if item.author_ref.strip()}


def _transcript_coverage(items: Sequence[EvidenceItemDTO]) -> float:
    return sum(1 for item in items if item.has_transcript) / len(items) if items else 0.0


def _percent(part: int, items: Sequence[EvidenceItemDTO]) -> str:
    return f"{part / len(items):.0%}" if items else "0%"
