"""The usability gates: long texts, several authors and links, few duplicates."""

from __future__ import annotations

from kairo.hero.enums import GateCode, GateKind
from kairo.hero.gates import thresholds as t
from kairo.hero.gates.evidence_figures import distinct_authors
from kairo.hero.gates.gate import (
    Gate,
    GateInput,
    GateResult,
    count_result,
    fewest_additions,
    percent,
    share_result,
)
from kairo.hero.gates.redundancy import count_redundant


def _text_length(evidence: GateInput) -> GateResult:
    found = sum(1 for caption in evidence.captions if len(caption) >= t.LONG_TEXT_CHARS)
    needed = t.MIN_LONG_TEXT_ITEMS
    sentence = f"Only {found} items have a text of {t.LONG_TEXT_CHARS} characters or more; {needed} are needed."
    return count_result(found, needed, sentence)


def _author_diversity(evidence: GateInput) -> GateResult:
    found, needed = len(distinct_authors(evidence.items)), t.MIN_AUTHORS
    return count_result(found, needed, f"The items come from {found} distinct authors; {needed} are needed.")


def _url_diversity(evidence: GateInput) -> GateResult:
    found, needed = (
        len({item.canonical_url for item in evidence.items if item.canonical_url.strip()}),
        t.MIN_DISTINCT_URLS,
    )
    return count_result(found, needed, f"The items have {found} distinct links; {needed} are needed.")


def _duplicates(evidence: GateInput) -> GateResult:
    total, redundant = len(evidence.items), count_redundant(evidence.items)
    distinct = total - redundant

    def share_holds(added: int = 0) -> bool:
        return not total or redundant / (total + added) <= t.MAX_DUPLICATE_SHARE

    def holds(added: int) -> bool:
        return distinct + added >= t.ENOUGH_DISTINCT_ITEMS or share_holds(added)

    return GateResult(
        holds=holds(0),
        found=percent(redundant, total),
        needed=f"at most {t.MAX_DUPLICATE_SHARE:.0%}",
        missing=fewest_additions(holds),
        sentence=f"{redundant} of {total} items repeat another one; at most {t.MAX_DUPLICATE_SHARE:.0%} may.",
        exception="" if share_holds() else f"{distinct} of your items differ, which is enough whatever others repeat.",
    )


def _content(evidence: GateInput) -> GateResult:
    total, needed = len(evidence.items), t.MIN_CONTENT_SHARE
    found = sum(
        1 for item, caption in zip(evidence.items, evidence.captions, strict=True) if caption or item.has_transcript
    )
    is_exempt = found >= t.ENOUGH_CONTENT_ITEMS and found / total < needed
    return share_result(
        found,
        total,
        needed,
        f"{found} of {total} items have a text or a transcript; at least {needed:.0%} are needed.",
        sufficient=t.ENOUGH_CONTENT_ITEMS,
        exception=f"{found} of your items have a text or a transcript, which is enough." if is_exempt else "",
    )


USABILITY_GATES = (
    Gate(
        code=GateCode.INSUFFICIENT_TEXT_LENGTH,
        kind=GateKind.USABILITY,
        check=_text_length,
        advice=(
            f"Add posts with captions of {t.LONG_TEXT_CHARS} characters or more, "
            f"until there are at least {t.MIN_LONG_TEXT_ITEMS}."
        ),
        satisfied=(
            f"You have {{found}} items with a text of {t.LONG_TEXT_CHARS} characters or more; {{needed}} are needed."
        ),
        failed=(
            f"You have {{found}} of {{needed}} items with a text of {t.LONG_TEXT_CHARS} characters or more; "
            "add {missing}."
        ),
    ),
    Gate(
        code=GateCode.INSUFFICIENT_AUTHOR_DIVERSITY,
        kind=GateKind.USABILITY,
        check=_author_diversity,
        advice=f"Add posts by other authors, at least {t.MIN_AUTHORS} in all.",
        satisfied="You have {found} different authors; {needed} are needed.",
        failed="You have {found} of {needed} different authors; add {missing}.",
    ),
    Gate(
        code=GateCode.INSUFFICIENT_URL_DIVERSITY,
        kind=GateKind.USABILITY,
        check=_url_diversity,
        advice=f"Add posts with links of their own, at least {t.MIN_DISTINCT_URLS} in all.",
        satisfied="You have {found} different links; {needed} are needed.",
        failed="You have {found} of {needed} different links; add {missing}.",
    ),
    Gate(
        code=GateCode.TOO_MANY_DUPLICATES,
        kind=GateKind.USABILITY,
        check=_duplicates,
        advice=(
            f"Remove repeated posts, or add different ones, until at most {t.MAX_DUPLICATE_SHARE:.0%} are repeats or "
            f"{t.ENOUGH_DISTINCT_ITEMS} differ."
        ),
        satisfied="{found} of your items repeat another one; {needed} may.",
        failed=(
            "{found} of your items repeat another one; {needed} may: add {missing} that differ, or delete repeats."
        ),
    ),
    Gate(
        code=GateCode.INSUFFICIENT_CONTENT,
        kind=GateKind.USABILITY,
        check=_content,
        advice=(
            f"Add posts with a caption or a transcript, until at least {t.MIN_CONTENT_SHARE:.0%} of them, or "
            f"{t.ENOUGH_CONTENT_ITEMS}, have either."
        ),
        satisfied="{found} of your items have a text or a transcript; {needed} are needed.",
        failed="{found} of your items have a text or a transcript; {needed} are needed: add {missing} with either.",
    ),
)
