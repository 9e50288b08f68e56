"""What a person can do about thin evidence, in the words a screen shows."""

from __future__ import annotations

from collections.abc import Sequence

from kairo.core.enums import GateCode
from kairo.hero import thresholds as t
from kairo.hero.dto import GateFailureDTO

_ADVICE = {
    GateCode.INSUFFICIENT_ITEMS: f"Add posts until there are at least {t.MIN_EVIDENCE_ITEMS}.",
    GateCode.INSUFFICIENT_TEXT_ITEMS: f"Add posts that have a caption, until at least {t.MIN_TEXT_ITEMS} do.",
    GateCode.MISSING_REQUIRED_PLATFORMS: "Add posts from Instagram or TikTok.",
    GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE: (
        f"Add videos with transcripts, until at least {t.MIN_TRANSCRIPT_COVERAGE:.0%} of the posts have one."
    ),
    GateCode.STALE_EVIDENCE: f"Add posts published in the last {t.FRESHNESS_WINDOW.days} days.",
    GateCode.INSUFFICIENT_TEXT_LENGTH: (
        f"Add posts with captions of {t.LONG_TEXT_CHARS} characters or more, "
        f"until there are at least {t.MIN_LONG_TEXT_ITEMS}."
    ),
    GateCode.INSUFFICIENT_AUTHOR_DIVERSITY: f"Add posts by other authors, at least {t.MIN_AUTHORS} in all.",
    GateCode.INSUFFICIENT_URL_DIVERSITY: f"Add posts with links of their own, at least {t.MIN_DISTINCT_URLS} in all.",
    GateCode.TOO_MANY_DUPLICATES: (
        f"Remove repeated posts, or add different ones, until at most {t.MAX_DUPLICATE_SHARE:.0%} are repeats."
    ),
    GateCode.INSUFFICIENT_CONTENT: (
        f"Add posts with a caption or a transcript, until at least {t.MIN_CONTENT_SHARE:.0%} of them have either."
    ),
}


def remediation_for(failures: Sequence[GateFailureDTO]) -> str:
    """One instruction for each failed gate, in their order, then the last step; "" without failures."""
    if not failures:
        return ""
    steps = [f"{failure.sentence} {_ADVICE[failure.code]}" for failure in failures]
    return " ".join([*steps, "Then generate the board again."])
