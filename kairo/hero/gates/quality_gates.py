"""The quality gates: enough fresh items with text, from a platform of the brand."""

from __future__ import annotations

from kairo.core.enums import Platform
from kairo.hero.enums import GateCode, GateKind
from kairo.hero.gates import thresholds as t
from kairo.hero.gates.evidence_figures import transcribable
from kairo.hero.gates.gate import Gate, GateInput, GateResult, count_result, share_result, single_result
from kairo.hero.gates.platforms import platform_names


def _items(evidence: GateInput) -> GateResult:
    found, needed = len(evidence.items), t.MIN_EVIDENCE_ITEMS
    return count_result(found, needed, f"Found {found} evidence items; {needed} are needed.")


def _text_items(evidence: GateInput) -> GateResult:
    found, needed = sum(1 for caption in evidence.captions if caption), t.MIN_TEXT_ITEMS
    return count_result(found, needed, f"Only {found} items have a text of their own; {needed} are needed.")


def _required_platforms(evidence: GateInput) -> GateResult:
    required = evidence.platforms
    found = {Platform(item.platform) for item in evidence.items}
    return single_result(
        bool(found.intersection(required) if required else found),
        ", ".join(sorted(platform.value for platform in found)) or "none",
        " or ".join(platform.value for platform in required) or "any platform",
        f"No item is from {platform_names(required)}; at least one must be.",
        exception="" if required else "Items of any platform count, because the brand lists no channels.",
    )


def _transcripts(evidence: GateInput) -> GateResult:
    total = len(evidence.items)
    videos = transcribable(evidence.items)
    found, needed = sum(1 for item in videos if item.has_transcript), t.MIN_TRANSCRIPT_COVERAGE
    is_required = bool(videos) and len(videos) / total >= t.MIN_TRANSCRIBED_SHARE
    exception = (
        f"{len(videos)} of your {total} items are videos; transcripts are needed only where at least "
        f"{t.MIN_TRANSCRIBED_SHARE:.0%} are."
    )
    return share_result(
        found,
        len(videos),
        needed,
        f"{found} of {len(videos)} videos have a transcript; at least {needed:.0%} are needed.",
        exception="" if is_required else exception,
    )


def _freshness(evidence: GateInput) -> GateResult:
    as_of = evidence.as_of
    ages = [as_of - item.published_at for item in evidence.items if item.published_at and item.published_at <= as_of]
    days = t.FRESHNESS_WINDOW.days
    return single_result(
        bool(ages) and min(ages) < t.FRESHNESS_WINDOW,
        f"{min(ages).days} days old" if ages else "no dated item",
        f"less than {days} days old",
        f"No item was published less than {days} days ago.",
    )


QUALITY_GATES = (
    Gate(
        code=GateCode.INSUFFICIENT_ITEMS,
        kind=GateKind.QUALITY,
        check=_items,
        advice=f"Add posts until there are at least {t.MIN_EVIDENCE_ITEMS}.",
        satisfied="You have {found} items; {needed} are needed.",
        failed="You have {found} of {needed} items; add {missing}.",
    ),
    Gate(
        code=GateCode.INSUFFICIENT_TEXT_ITEMS,
        kind=GateKind.QUALITY,
        check=_text_items,
        advice=f"Add posts that have a caption, until at least {t.MIN_TEXT_ITEMS} do.",
        satisfied="You have {found} items with a text of their own; {needed} are needed.",
        failed="You have {found} of {needed} items with a text of their own; add {missing}.",
    ),
    Gate(
        code=GateCode.MISSING_REQUIRED_PLATFORMS,
        kind=GateKind.QUALITY,
        check=_required_platforms,
        advice="Add posts from {platforms}.",
        satisfied="You have items from {platforms}.",
        failed="You have no items from {platforms}; add {missing}.",
    ),
    Gate(
        code=GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE,
        kind=GateKind.QUALITY,
        check=_transcripts,
        advice=f"Add videos with transcripts, until at least {t.MIN_TRANSCRIPT_COVERAGE:.0%} of the videos have one.",
        satisfied="{found} of your videos have a transcript; {needed} are needed.",
        failed="{found} of your videos have a transcript; {needed} are needed: add {missing} with one.",
    ),
    Gate(
        code=GateCode.STALE_EVIDENCE,
        kind=GateKind.QUALITY,
        check=_freshness,
        advice=f"Add posts published in the last {t.FRESHNESS_WINDOW.days} days.",
        satisfied="Your newest item is {found}; {needed} is needed.",
        failed=f"You have no item published in the last {t.FRESHNESS_WINDOW.days} days; add {{missing}}.",
    ),
)
