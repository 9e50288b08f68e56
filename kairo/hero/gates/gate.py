"""What a gate is: a check of the evidence, its code, and the texts that people read about it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kairo.core.enums import Platform
from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.enums import GateCode, GateKind


@dataclass(frozen=True, kw_only=True, slots=True)
class GateInput:
    """The evidence that gates check.

    `items` are without the brand's own posts, and `captions` are their visible captions in the same order: neither
    transcripts nor descriptions. `platforms` are the required ones, empty if any platform is accepted.
    """

    items: tuple[EvidenceItemDTO, ...]
    captions: tuple[str, ...]
    platforms: tuple[Platform, ...]
    as_of: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class GateResult:
    """The result of one gate.

    `missing` is the number of suitable items that would make the gate hold, 0 if it holds. `sentence` describes the
    failure. `exception` explains why the gate holds although its usual rule fails, or is "".
    """

    holds: bool
    found: str
    needed: str
    missing: int
    sentence: str
    exception: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gate:
    """One gate. Coverage shows `satisfied` or `failed`; the remediation of a failed gate ends with `advice`.

    The templates `satisfied` and `failed` contain {found}, {needed} and {missing} of the result; they and `advice` may
    contain {platforms}, the names of the required platforms.
    """

    code: GateCode
    kind: GateKind
    check: Callable[[GateInput], GateResult]
    advice: str
    satisfied: str
    failed: str


def count_result(found: int, needed: int, sentence: str) -> GateResult:
    """The result of a gate that needs a number of items."""
    return GateResult(
        holds=found >= needed,
        found=str(found),
        needed=str(needed),
        missing=max(needed - found, 0),
        sentence=sentence,
    )


def single_result(holds: bool, found: str, needed: str, sentence: str, *, exception: str = "") -> GateResult:
    """The result of a gate that one suitable item satisfies."""
    return GateResult(
        holds=holds, found=found, needed=needed, missing=0 if holds else 1, sentence=sentence, exception=exception
    )


def share_result(
    count: int, total: int, needed: float, sentence: str, *, sufficient: int | None = None, exception: str
) -> GateResult:
    """The result of a gate that needs a share of the items, or `sufficient` items. With an exception it holds."""

    def holds(added: int) -> bool:
        if exception or (sufficient is not None and count + added >= sufficient):
            return True
        return total + added > 0 and (count + added) / (total + added) >= needed

    return GateResult(
        holds=holds(0),
        found=percent(count, total),
        needed=f"{needed:.0%}",
        missing=fewest_additions(holds),
        sentence=sentence,
        exception=exception,
    )


def fewest_additions(holds: Callable[[int], bool]) -> int:
    """Returns the smallest number of added items for which `holds` is true; `holds` is monotonic."""
    limit = 1
    while not holds(limit):
        limit *= 2
    return bisect_left(range(limit), True, key=holds)


def percent(part: int, total: int) -> str:
    return f"{part / total:.0%}" if total else "0%"
