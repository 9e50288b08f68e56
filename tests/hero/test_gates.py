"""Each gate at its boundary, and the report as a whole."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from kairo.core.enums import GateCode, Platform
from kairo.hero import thresholds as t
from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.evaluation.dataset import read_item
from kairo.hero.gates import evaluate_gates, evidence_shortfall, redundant_items
from tests.hero.builders import AS_OF, plain_evidence, post
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
# The two cases the file leaves open: exactly seven days is stale; four repeats among twenty items pass.
SETTLED = {"age-7d-exact": False, "identical-5-one-author": True}


def _cases() -> list[dict[str, Any]]:
    path = SHARED_DATA / "gate-cases.json"
    return json.loads(path.read_text())["cases"] if path.is_file() else []


@needs_shared_data
def test_the_file_of_cases_is_complete() -> None:
    assert len(_cases()) == 20


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["case"])
def test_verdict_on_each_shared_case(case: dict[str, Any]) -> None:
    items = [read_item(row) for row in case["evidence"]]
    if case["case"] == "identical-5-one-author":
        items = [replace(item, author_ref="one.author") if index < 5 else item for index, item in enumerate(items)]
    expected = SETTLED.get(case["case"], case["expect_pass"])

    report = evaluate_gates(items, as_of=datetime.fromisoformat(case["as_of"]))

    assert report.passed is expected
    codes = [failure.code for failure in report.failures]
    assert codes == [] if expected else CODE_OF_CASE_REASON[case["expect_reason"]] in codes


def codes(items: list[EvidenceItemDTO]) -> list[GateCode]:
    return [failure.code for failure in evaluate_gates(items, as_of=AS_OF).failures]


def with_first(count: int, items: list[EvidenceItemDTO], **changes: Any) -> list[EvidenceItemDTO]:
    return [replace(item, **changes) if index < count else item for index, item in enumerate(items)]


def test_plain_evidence_passes_every_gate() -> None:
    report = evaluate_gates(plain_evidence(), as_of=AS_OF)
    assert report.passed
    assert report.failures == ()
    assert report.remediation == ""


def test_eight_items_are_enough_and_seven_are_not() -> None:
    assert codes(plain_evidence(8)) == []
    assert codes(plain_evidence(7)) == [GateCode.INSUFFICIENT_ITEMS]


def test_six_items_need_text() -> None:
    assert codes(with_first(2, plain_evidence(8), text_primary=" \u200b\n")) == []
    assert codes(with_first(3, plain_evidence(8), text_primary=" \u200b\n")) == [GateCode.INSUFFICIENT_TEXT_ITEMS]


@pytest.mark.parametrize("platform", [Platform.INSTAGRAM, Platform.TIKTOK])
def test_one_item_of_a_required_platform_is_enough(platform: Platform) -> None:
    elsewhere = [replace(item, platform=Platform.LINKEDIN) for item in plain_evidence()]
    assert codes(elsewhere) == [GateCode.MISSING_REQUIRED_PLATFORMS]
    assert codes([replace(elsewhere[0], platform=platform), *elsewhere[1:]]) == []


def test_three_in_ten_items_need_a_transcript() -> None:
    ten = plain_evidence(10)
    assert codes(with_first(7, ten, has_transcript=False)) == []
    assert codes(with_first(8, ten, has_transcript=False)) == [GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE]


@pytest.mark.parametrize(
    ("age", "fresh"),
    [
        (timedelta(days=7) - timedelta(microseconds=1), True),
        (timedelta(days=7), False),
        (timedelta(0), True),
        (-timedelta(microseconds=1), False),
    ],
)
def test_fresh_is_less_than_seven_days_old_and_not_in_the_future(age: timedelta, fresh: bool) -> None:
    old = [replace(item, published_at=AS_OF - timedelta(days=20)) for item in plain_evidence()]
    items = [replace(old[0], published_at=AS_OF - age), *old[1:]]
    assert codes(items) == ([] if fresh else [GateCode.STALE_EVIDENCE])


def test_undated_items_are_not_fresh() -> None:
    items = [replace(item, published_at=None) for item in plain_evidence()]
    assert codes(items) == [GateCode.STALE_EVIDENCE]


def test_four_items_need_thirty_characters() -> None:
    long = [replace(item, text_primary=f"{index}" * 30) for index, item in enumerate(plain_evidence())]
    short = [replace(item, text_primary=f"{index}" * 29) for index, item in enumerate(long)]
    assert codes([*long[:4], *short[4:]]) == []
    assert codes([*long[:3], *short[3:]]) == [GateCode.INSUFFICIENT_TEXT_LENGTH]


def test_three_distinct_authors_are_needed() -> None:
    authors = ["anna", "Anna", "ben", "ben", "", "", "anna", "ben"]
    two = [replace(item, author_ref=author) for item, author in zip(plain_evidence(), authors, strict=True)]
    assert codes(two) == [GateCode.INSUFFICIENT_AUTHOR_DIVERSITY]
    assert codes([replace(two[0], author_ref="cleo"), *two[1:]]) == []


def test_six_distinct_links_are_needed() -> None:
    assert codes(with_first(2, plain_evidence(), canonical_url="")) == []
    assert codes(with_first(3, plain_evidence(), canonical_url="")) == [GateCode.INSUFFICIENT_URL_DIVERSITY]


def test_one_in_five_items_may_repeat_another() -> None:
    ten = plain_evidence(10)
    again = [
        replace(ten[0], id=post(f"again-{n}", "").id, canonical_url=f"https://again.example/{n}") for n in range(3)
    ]
    assert codes([*ten[:8], *again[:2]]) == []
    assert codes([*ten[:7], *again]) == [GateCode.TOO_MANY_DUPLICATES]


def test_repeats_are_counted_by_link_and_by_author_and_words() -> None:
    first = post("one", "five words make this text", author="anna")
    same_words = post("two", "five words make this text!", author="anna")
    other_author = post("three", "five words make this text", author="ben")
    same_link = replace(post("four", "entirely different here"), canonical_url=first.canonical_url)
    assert redundant_items([first, other_author]) == 0
    assert redundant_items([first, same_words]) == 1
    assert redundant_items([first, same_link]) == 1
    assert redundant_items([post("five", "", author="anna"), post("six", "", author="anna")]) == 0


def test_three_in_five_items_need_text_or_transcript() -> None:
    twenty = plain_evidence(20)
    assert codes(with_first(8, twenty, text_primary="", has_transcript=False)) == []
    assert codes(with_first(9, twenty, text_primary="", has_transcript=False)) == [GateCode.INSUFFICIENT_CONTENT]
    assert codes(with_first(9, twenty, text_primary="", has_transcript=True)) == []


def test_all_failed_quality_gates_are_reported_and_usability_waits_for_them() -> None:
    report = evaluate_gates([], as_of=AS_OF)
    assert [failure.code for failure in report.failures] == [
        GateCode.INSUFFICIENT_ITEMS,
        GateCode.INSUFFICIENT_TEXT_ITEMS,
        GateCode.MISSING_REQUIRED_PLATFORMS,
        GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE,
        GateCode.STALE_EVIDENCE,
    ]


def test_a_failure_says_what_was_found_and_needed_in_one_sentence() -> None:
    (failure,) = evaluate_gates(plain_evidence(7), as_of=AS_OF).failures
    assert (failure.found, failure.needed) == ("7", "8")
    assert failure.sentence == "Found 7 evidence items; 8 are needed."


def test_remediation_says_what_to_do_for_exactly_these_failures() -> None:
    items = with_first(8, plain_evidence(10), has_transcript=False)
    assert evaluate_gates(items, as_of=AS_OF).remediation == (
        "2 of 10 items have a transcript; at least 30% are needed. "
        "Add videos with transcripts, until at least 30% of the posts have one. "
        "Then generate the board again."
    )


def test_shortfall_counts_items_platforms_and_transcripts() -> None:
    items = [
        replace(item, platform=Platform.LINKEDIN) for item in with_first(3, plain_evidence(5), has_transcript=False)
    ]
    shortfall = evidence_shortfall(items)
    assert (shortfall.found_items, shortfall.required_items) == (5, t.MIN_EVIDENCE_ITEMS)
    assert shortfall.found_platforms == (Platform.LINKEDIN,)
    assert shortfall.missing_platforms == (Platform.INSTAGRAM, Platform.TIKTOK)
    assert shortfall.transcript_coverage == pytest.approx(0.4)
    assert shortfall.min_transcript_coverage == t.MIN_TRANSCRIPT_COVERAGE
    assert evidence_shortfall([replace(items[0], platform=Platform.TIKTOK)]).missing_platforms == ()


def test_summary_counts_what_the_evidence_is_made_of() -> None:
    items = [*plain_evidence(3), post("undated", "no date", hours_ago=None, platform=Platform.TIKTOK)]
    summary = evaluate_gates(items, as_of=AS_OF).summary
    assert (summary.items, summary.authors) == (4, 4)
    assert summary.platforms == ((Platform.INSTAGRAM, 3), (Platform.TIKTOK, 1))
    assert summary.newest_published_at == AS_OF - timedelta(hours=20)
    assert summary.oldest_published_at == AS_OF - timedelta(hours=22)
