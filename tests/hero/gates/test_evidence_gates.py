"""The report of all gates, and the verdicts on the shared cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kairo.core.enums import Channel, Platform
from kairo.hero.enums import GateCode
from kairo.hero.evaluation import gate_cases
from kairo.hero.gates.evidence_gates import evaluate_gates
from tests.hero.builders import AS_OF, brand, plain_evidence, post
from tests.hero.gates.evidence import codes, spread, with_first
from tests.hero.shared_data import SHARED_DATA, needs_shared_data

CODE_OF_CASE_REASON = {
    "min_items": GateCode.INSUFFICIENT_ITEMS,
    "min_text_items": GateCode.INSUFFICIENT_TEXT_ITEMS,
    "required_platform": GateCode.MISSING_REQUIRED_PLATFORMS,
    "transcript_coverage": GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE,
    "freshness": GateCode.STALE_EVIDENCE,
    "min_long_text": GateCode.INSUFFICIENT_TEXT_LENGTH,
    "min_authors": GateCode.INSUFFICIENT_AUTHOR_DIVERSITY,
    "min_urls": GateCode.INSUFFICIENT_URL_DIVERSITY,
    "max_near_duplicates": GateCode.TOO_MANY_DUPLICATES,
    "content_ratio": GateCode.INSUFFICIENT_CONTENT,
}


def _cases() -> list[dict[str, Any]]:
    path = SHARED_DATA / "gate-cases.json"
    return gate_cases.cases_of(path) if path.is_file() else []


@needs_shared_data
def test_gate_cases_file_is_complete() -> None:
    assert len(_cases()) == 20


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["case"])
def test_gate_verdict_on_each_shared_case(case: dict[str, Any]) -> None:
    expected, report = gate_cases.expected_of(case), gate_cases.report_of(case)
    assert report.passed is expected
    codes = [failure.code for failure in report.failures]
    assert codes == [] if expected else CODE_OF_CASE_REASON[case["expect_reason"]] in codes


def test_gates_pass_plain_evidence() -> None:
    report = evaluate_gates(plain_evidence(), as_of=AS_OF)
    assert report.passed
    assert report.failures == ()
    assert report.remediation == ""


def test_gate_remediation_names_the_platforms_of_the_brands_channels() -> None:
    b2b = brand(channels=(Channel.LINKEDIN, Channel.X))
    report = evaluate_gates(spread(8), as_of=AS_OF, brand=b2b)
    assert report.remediation == (
        "No item is from LinkedIn or X; at least one must be. Add posts from LinkedIn or X. "
        "Then generate the board again."
    )
    assert (report.failures[0].found, report.failures[0].needed) == ("instagram", "linkedin or x")
    assert report.shortfall.required_platforms == report.shortfall.missing_platforms == (Platform.LINKEDIN, Platform.X)


def test_gates_exclude_own_posts() -> None:
    eight = spread(8)
    own = [replace(item, author_ref="@Tidewater.Tools") for item in eight]
    handles = ("tidewater.tools", "", "@")
    assert codes([*spread(7), own[7]]) == []
    assert codes([*spread(7), own[7]], handles=handles) == [GateCode.INSUFFICIENT_ITEMS]
    assert codes([*eight, *(replace(item, text_primary="again") for item in own)], handles=handles) == []
    assert codes(own, handles=handles, channels=()) == [
        GateCode.INSUFFICIENT_ITEMS,
        GateCode.INSUFFICIENT_TEXT_ITEMS,
        GateCode.MISSING_REQUIRED_PLATFORMS,
        GateCode.STALE_EVIDENCE,
    ]
    report = evaluate_gates([*eight, *own], as_of=AS_OF, brand=brand(handles=handles))
    assert (report.shortfall.found_items, report.summary.items) == (8, 16)


def test_gate_report_lists_all_quality_failures_before_usability() -> None:
    quality = [
        GateCode.INSUFFICIENT_ITEMS,
        GateCode.INSUFFICIENT_TEXT_ITEMS,
        GateCode.MISSING_REQUIRED_PLATFORMS,
        GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE,
        GateCode.STALE_EVIDENCE,
    ]
    old = post("old", "", platform=Platform.TIKTOK, hours_ago=200)
    assert codes([old]) == quality
    assert codes([]) == [code for code in quality if code != GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE]


def test_gate_failure_has_found_needed_and_one_sentence() -> None:
    (failure,) = evaluate_gates(plain_evidence(7), as_of=AS_OF).failures
    assert (failure.found, failure.needed) == ("7", "8")
    assert failure.sentence == "Found 7 evidence items; 8 are needed."


def test_gate_remediation_has_one_instruction_for_each_failure() -> None:
    items = with_first(8, plain_evidence(10), has_transcript=False)
    assert evaluate_gates(items, as_of=AS_OF).remediation == (
        "2 of 10 videos have a transcript; at least 30% are needed. "
        "Add videos with transcripts, until at least 30% of the videos have one. "
        "Then generate the board again."
    )
