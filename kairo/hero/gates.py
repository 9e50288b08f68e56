"""Is the evidence good enough? Hard checks: one that fails ends the job, it never only warns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from kairo.core.enums import GateCode, Platform
from kairo.hero import thresholds as t
from kairo.hero.dto import EvidenceItemDTO, EvidenceShortfallDTO, EvidenceSummaryDTO, GateFailureDTO
from kairo.hero.remediation import remediation_for
from kairo.hero.text.folding import visible
from kairo.hero.text.words import likeness, word_set

# The numbers by the names that callers know them by; they are set in `thresholds`.
MIN_EVIDENCE_ITEMS = t.MIN_EVIDENCE_ITEMS
MIN_TRANSCRIPT_COVERAGE = t.MIN_TRANSCRIPT_COVERAGE
REQUIRED_PLATFORMS = t.REQUIRED_PLATFORMS

Gate = Callable[[Sequence[EvidenceItemDTO], datetime], GateFailureDTO | None]


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


def _items(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateFailureDTO | None:
    found, needed = len(items), t.MIN_EVIDENCE_ITEMS
    if found >= needed:
        return None
    return _failure(GateCode.INSUFFICIENT_ITEMS, found, needed, f"Found {found} evidence items; {needed} are needed.")


def _text_items(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateFailureDTO | None:
    found, needed = sum(1 for item in items if _text(item)), t.MIN_TEXT_ITEMS
    if found >= needed:
        return None
    sentence = f"Only {found} items have a text of their own; {needed} are needed."
    return _failure(GateCode.INSUFFICIENT_TEXT_ITEMS, found, needed, sentence)


def _required_platforms(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateFailureDTO | None:
    found = sorted({str(Platform(item.platform).value) for item in items})
    if any(platform.value in found for platform in t.REQUIRED_PLATFORMS):
        return None
    needed = " or ".join(platform.value for platform in t.REQUIRED_PLATFORMS)
    sentence = "No item is from Instagram or TikTok; at least one of the two platforms must be present."
    return _failure(GateCode.MISSING_REQUIRED_PLATFORMS, ", ".join(found) or "none", needed, sentence)


def _transcripts(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateFailureDTO | None:
    having, needed = sum(1 for item in items if item.has_transcript), t.MIN_TRANSCRIPT_COVERAGE
    if items and having / len(items) >= needed:
        return None
    sentence = f"{having} of {len(items)} items have a transcript; at least {needed:.0%} are needed."
    return _failure(GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE, _percent(having, items), f"{needed:.0%}", sentence)


def _freshness(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateFailureDTO | None:
    ages = [as_of - item.published_at for item in items if item.published_at and item.published_at <= as_of]
    if ages and min(ages) < t.FRESHNESS_WINDOW:
        return None
    days = t.FRESHNESS_WINDOW.days
    found = f"{min(ages).days} days old" if ages else "no dated item"
    sentence = f"No item was published less than {days} days ago."
    return _failure(GateCode.STALE_EVIDENCE, found, f"less than {days} days old", sentence)


# Usability gates.


def _text_length(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateFailureDTO | None:
    found = sum(1 for item in items if len(_text(item)) >= t.LONG_TEXT_CHARS)
    if found >= t.MIN_LONG_TEXT_ITEMS:
        return None
    sentence = (
        f"Only {found} items have a text of {t.LONG_TEXT_CHARS} characters or more; {t.MIN_LONG_TEXT_ITEMS} are needed."
    )
    return _failure(GateCode.INSUFFICIENT_TEXT_LENGTH, found, t.MIN_LONG_TEXT_ITEMS, sentence)


def _author_diversity(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateFailureDTO | None:
    found, needed = len(_authors(items)), t.MIN_AUTHORS
    if found >= needed:
        return None
    sentence = f"The items come from {found} distinct authors; {needed} are needed."
    return _failure(GateCode.INSUFFICIENT_AUTHOR_DIVERSITY, found, needed, sentence)


def _url_diversity(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateFailureDTO | None:
    found, needed = len({item.canonical_url for item in items if item.canonical_url.strip()}), t.MIN_DISTINCT_URLS
    if found >= needed:
        return None
    sentence = f"The items have {found} distinct links; {needed} are needed."
    return _failure(GateCode.INSUFFICIENT_URL_DIVERSITY, found, needed, sentence)


def _duplicates(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateFailureDTO | None:
    redundant, most = redundant_items(items), t.MAX_DUPLICATE_SHARE
    if not items or redundant / len(items) <= most:
        return None
    sentence = f"{redundant} of {len(items)} items repeat another one; at most {most:.0%} may."
    return _failure(GateCode.TOO_MANY_DUPLICATES, _percent(redundant, items), f"at most {most:.0%}", sentence)


def _content(items: Sequence[EvidenceItemDTO], as_of: datetime) -> GateFailureDTO | None:
    having, needed = sum(1 for item in items if _text(item) or item.has_transcript), t.MIN_CONTENT_SHARE
    if items and having / len(items) >= needed:
        return None
    sentence = f"{having} of {len(items)} items have a text or a transcript; at least {needed:.0%} are needed."
    return _failure(GateCode.INSUFFICIENT_CONTENT, _percent(having, items), f"{needed:.0%}", sentence)


QUALITY_GATES: tuple[Gate, ...] = (_items, _text_items, _required_platforms, _transcripts, _freshness)
USABILITY_GATES: tuple[Gate, ...] = (_text_length, _author_diversity, _url_diversity, _duplicates, _content)


def _failures(gates: Sequence[Gate], items: Sequence[EvidenceItemDTO], as_of: datetime) -> tuple[GateFailureDTO, ...]:
    def failing() -> Iterator[GateFailureDTO]:
        for gate in gates:
            if failure := gate(items, as_of):
                yield failure

    return tuple(failing())


def _failure(code: GateCode, found: int | str, needed: int | str, sentence: str) -> GateFailureDTO:
    return GateFailureDTO(code=code, found=str(found), needed=str(needed), sentence=sentence)


def _text(item: EvidenceItemDTO) -> str:
    """A post's own words, as far as a reader sees them. A transcript or a description is not among them."""
    return visible(item.text_primary)


def _authors(items: Sequence[EvidenceItemDTO]) -> set[str]:
    return {item.author_ref.casefold() for item in items if item.author_ref.strip()}


def _transcript_coverage(items: Sequence[EvidenceItemDTO]) -> float:
    return sum(1 for item in items if item.has_transcript) / len(items) if items else 0.0


def _percent(part: int, items: Sequence[EvidenceItemDTO]) -> str:
    return f"{part / len(items):.0%}" if items else "0%"
