"""Coverage reports every gate: how far the evidence is, and what to add."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kairo.core.enums import Channel, ContentType, Platform
from kairo.hero.dto import EvidenceItemDTO, GateCoverageDTO
from kairo.hero.engine.baseline import counts_of
from kairo.hero.enums import GateCode, GateKind
from kairo.hero.gates.coverage import evidence_coverage
from kairo.hero.gates.evidence_gates import GATES, evaluate_gates
from tests.hero.builders import AS_OF, brand, plain_evidence, post

BRAND = brand(channels=(Channel.INSTAGRAM, Channel.TIKTOK))


def gates_of(items: list[EvidenceItemDTO], **fields: Any) -> dict[GateCode, GateCoverageDTO]:
    coverage = evidence_coverage(items, as_of=AS_OF, brand=replace(BRAND, **fields))
    return {gate.code: gate for gate in coverage.gates}


def posts(number: int, **changes: Any) -> list[EvidenceItemDTO]:
    """Posts that pass every gate when there are enough, unless changed."""
    return [
        replace(item, **changes)
        for item in (
            post(f"p{n}", f"Loaf {n} rises {n * 7} minutes in oven {n * 13}, said baker {n}", transcript="Bake it.")
            for n in range(number)
        )
    ]


def test_coverage_lists_every_gate_in_order() -> None:
    coverage = evidence_coverage([], as_of=AS_OF, brand=BRAND)
    assert [gate.code for gate in coverage.gates] == list(GateCode) == [gate.code for gate in GATES]
    assert [gate.kind for gate in coverage.gates] == [GateKind.QUALITY] * 5 + [GateKind.USABILITY] * 5
    assert (coverage.ready, coverage.items, coverage.as_of) == (False, 0, AS_OF)


def test_coverage_messages_without_evidence() -> None:
    assert [gate.message for gate in gates_of([]).values()] == [
        "You have 0 of 8 items; add 8.",
        "You have 0 of 6 items with a text of their own; add 6.",
        "You have no items from Instagram or TikTok; add 1.",
        "0 of your 0 items are videos; transcripts are needed only where at least 50% are.",
        "You have no item published in the last 7 days; add 1.",
        "You have 0 of 4 items with a text of 30 characters or more; add 4.",
        "You have 0 of 3 different authors; add 3.",
        "You have 0 of 6 different links; add 6.",
        "0% of your items repeat another one; at most 20% may.",
        "0% of your items have a text or a transcript; 60% are needed: add 1 with either.",
    ]


def test_coverage_messages_of_satisfied_gates() -> None:
    coverage = evidence_coverage(posts(9), as_of=AS_OF, brand=BRAND)
    assert coverage.ready
    assert all(gate.satisfied and gate.missing == 0 for gate in coverage.gates)
    assert [gate.message for gate in coverage.gates] == [
        "You have 9 items; 8 are needed.",
        "You have 9 items with a text of their own; 6 are needed.",
        "You have items from Instagram or TikTok.",
        "100% of your videos have a transcript; 30% are needed.",
        "Your newest item is 1 days old; less than 7 days old is needed.",
        "You have 9 items with a text of 30 characters or more; 4 are needed.",
        "You have 9 different authors; 3 are needed.",
        "You have 9 different links; 6 are needed.",
        "0% of your items repeat another one; at most 20% may.",
        "100% of your items have a text or a transcript; 60% are needed.",
    ]


@pytest.mark.parametrize(
    ("items", "code", "found", "missing", "message"),
    [
        (posts(6), GateCode.INSUFFICIENT_ITEMS, "6", 2, "You have 6 of 8 items; add 2."),
        (
            posts(10, has_transcript=False),
            GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE,
            "0%",
            5,
            "0% of your videos have a transcript; 30% are needed: add 5 with one.",
        ),
        (
            posts(8, platform=Platform.LINKEDIN),
            GateCode.MISSING_REQUIRED_PLATFORMS,
            "linkedin",
            1,
            "You have no items from Instagram or TikTok; add 1.",
        ),
        (
            posts(7) + posts(3),
            GateCode.TOO_MANY_DUPLICATES,
            "30%",
            5,
            "30% of your items repeat another one; at most 20% may: add 5 that differ, or delete repeats.",
        ),
        (
            posts(10, text_primary="", has_transcript=False),
            GateCode.INSUFFICIENT_CONTENT,
            "0%",
            15,
            "0% of your items have a text or a transcript; 60% are needed: add 15 with either.",
        ),
    ],
    ids=lambda value: value.value if isinstance(value, GateCode) else "",
)
def test_coverage_counts_missing_items(
    items: list[EvidenceItemDTO], code: GateCode, found: str, missing: int, message: str
) -> None:
    gate = gates_of(items)[code]
    assert (gate.satisfied, gate.found, gate.missing, gate.message) == (False, found, missing, message)


@pytest.mark.parametrize("number", range(12))
@pytest.mark.parametrize("bare", [{}, {"has_transcript": False}, {"has_transcript": False, "text_primary": ""}])
def test_coverage_missing_is_the_fewest_items_that_satisfy_a_gate(number: int, bare: dict[str, Any]) -> None:
    items = posts(number, **bare)
    good = [
        replace(item, author_ref=f"new.{n}", canonical_url=f"https://new.example/{n}")
        for n, item in enumerate(posts(40)[20:])
    ]
    for code, gate in gates_of(items).items():
        assert gates_of(items + good[: gate.missing])[code].satisfied
        if gate.missing:
            assert not gates_of(items + good[: gate.missing - 1])[code].satisfied


@pytest.mark.parametrize("items", [[], posts(7), posts(8), posts(8, author_ref="one"), plain_evidence()], ids=len)
def test_coverage_agrees_with_the_report_of_a_job(items: list[EvidenceItemDTO]) -> None:
    coverage = evidence_coverage(items, as_of=AS_OF, brand=BRAND)
    report = evaluate_gates(items, as_of=AS_OF, brand=BRAND)
    assert coverage.ready is report.passed
    unsatisfied = {gate.code for gate in coverage.gates if not gate.satisfied}
    assert {failure.code for failure in report.failures} <= unsatisfied
    if not any(gate.kind == GateKind.QUALITY and not gate.satisfied for gate in coverage.gates):
        assert {failure.code for failure in report.failures} == unsatisfied


def test_coverage_reports_usability_while_quality_fails() -> None:
    gate = gates_of(posts(2))[GateCode.INSUFFICIENT_AUTHOR_DIVERSITY]
    assert (gate.satisfied, gate.message) == (False, "You have 2 of 3 different authors; add 1.")


def test_coverage_names_the_platforms_of_the_brands_channels() -> None:
    channels = (Channel.LINKEDIN, Channel.NEWSLETTER)
    gate = gates_of(posts(8), channels=channels)[GateCode.MISSING_REQUIRED_PLATFORMS]
    assert gate.message == "You have no items from LinkedIn or the web; add 1."
    there = gates_of(posts(8, platform=Platform.WEB), channels=channels)[GateCode.MISSING_REQUIRED_PLATFORMS]
    assert there.message == "You have items from LinkedIn or the web."
    anywhere = gates_of(posts(8), channels=())[GateCode.MISSING_REQUIRED_PLATFORMS]
    assert anywhere.message == "Items of any platform count, because the brand lists no channels."
    assert gates_of([], channels=())[GateCode.MISSING_REQUIRED_PLATFORMS].message == (
        "You have no items from any platform; add 1."
    )


def test_coverage_message_explains_an_exception() -> None:
    texts = posts(9, content_type=ContentType.TEXT_POST, has_transcript=False)
    transcripts = gates_of([*texts, *posts(2, has_transcript=False)])[GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE]
    assert (transcripts.satisfied, transcripts.missing) == (True, 0)
    assert transcripts.message == "2 of your 11 items are videos; transcripts are needed only where at least 50% are."
    duplicates = gates_of(posts(45) + posts(30))[GateCode.TOO_MANY_DUPLICATES]
    assert (duplicates.satisfied, duplicates.found) == (True, "40%")
    assert duplicates.message == "45 of your items differ, which is enough whatever others repeat."
    content = gates_of(posts(41) + posts(60, text_primary="", has_transcript=False))[GateCode.INSUFFICIENT_CONTENT]
    assert (content.satisfied, content.found) == (True, "41%")
    assert content.message == "41 of your items have a text or a transcript, which is enough."


def test_coverage_excludes_own_posts() -> None:
    items = [*posts(3), *posts(5, author_ref="@own")]
    coverage = evidence_coverage(items, as_of=AS_OF, brand=replace(BRAND, handles=("own",)))
    assert coverage.items == 3
    assert coverage.gates[0].message == "You have 3 of 8 items; add 5."


def test_coverage_tells_from_when_bursts_can_be_detected() -> None:
    counts = counts_of(posts(9), as_of=AS_OF)
    assert counts.baseline_from is not None
    assert evidence_coverage(posts(9), as_of=AS_OF, counts=counts).baseline_from == counts.baseline_from
    assert evidence_coverage(posts(9), as_of=AS_OF).baseline_from is None


def test_coverage_missing_of_thousands_of_items() -> None:
    alike = [replace(item, canonical_url="https://one.example") for item in posts(3_000, text_primary="")]
    gates = gates_of(alike)
    assert gates[GateCode.TOO_MANY_DUPLICATES].missing == 39
    few = posts(39) + posts(100, text_primary="", has_transcript=False)
    assert gates_of(few)[GateCode.INSUFFICIENT_CONTENT].missing == 1  # 40 are enough
    gates = gates_of(posts(3_000, has_transcript=False))
    assert gates[GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE].missing == 1_286  # 1,286 of 4,286 are 30 %
