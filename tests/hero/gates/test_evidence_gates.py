"""Each gate at its boundary, and the report as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairo.core.enums import Channel, ContentType, Platform
from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.enums import GateCode
from kairo.hero.evaluation import gate_cases
from kairo.hero.gates import thresholds as t
from kairo.hero.gates.evidence_figures import evidence_shortfall
from kairo.hero.gates.evidence_gates import evaluate_gates
from kairo.hero.gates.platforms import PLATFORMS_BY_CHANNEL, platform_names
from kairo.hero.gates.redundancy import redundant_items
from tests.hero.builders import AS_OF, brand, plain_evidence, post
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

WORDS = ("oak", "elm", "ash", "fir", "yew", "box", "bay", "fig", "sorb", "beech")


def _cases() -> list[dict[str, Any]]:
    path = SHARED_DATA / "gate-cases.json"
    return gate_cases.cases_of(path) if path.is_file() else []


@needs_shared_data
def test_the_file_of_cases_is_complete() -> None:
    assert len(_cases()) == 20


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["case"])
def test_verdict_on_each_shared_case(case: dict[str, Any]) -> None:
    expected, report = gate_cases.expected_of(case), gate_cases.report_of(case)
    assert report.passed is expected
    codes = [failure.code for failure in report.failures]
    assert codes == [] if expected else CODE_OF_CASE_REASON[case["expect_reason"]] in codes


def codes(items: Sequence[EvidenceItemDTO], **fields: Any) -> list[GateCode]:
    """The failures for a brand with these fields; without any, for one with Instagram and YouTube."""
    return [failure.code for failure in evaluate_gates(items, as_of=AS_OF, brand=brand(**fields)).failures]


def spread(count: int, **changes: Any) -> list[EvidenceItemDTO]:
    """Posts that pass every gate, of a type that has no transcripts unless changed."""
    plain = {"content_type": ContentType.POST, "has_transcript": False, **changes}
    return [replace(item, **plain) for item in plain_evidence(count)]


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


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("platform", list(Platform))
def test_platform_gate_needs_one_post_that_speaks_for_a_channel(channel: Channel, platform: Platform) -> None:
    other = Channel.X if channel != Channel.X else Channel.TIKTOK
    elsewhere = Platform.INSTAGRAM if channel != Channel.INSTAGRAM else Platform.YOUTUBE
    items = spread(9, platform=elsewhere)
    assert codes(items, channels=(channel,)) == [GateCode.MISSING_REQUIRED_PLATFORMS]
    one = [replace(items[0], platform=platform), *items[1:]]
    speaks = platform in PLATFORMS_BY_CHANNEL[channel]
    assert codes(one, channels=(channel,)) == ([] if speaks else [GateCode.MISSING_REQUIRED_PLATFORMS])
    assert (
        codes([replace(items[0], platform=PLATFORMS_BY_CHANNEL[other][0]), *items[1:]], channels=(channel, other)) == []
    )


def test_every_channel_has_platforms_that_speak_for_it() -> None:
    assert list(PLATFORMS_BY_CHANNEL) == list(Channel)
    assert PLATFORMS_BY_CHANNEL[Channel.NEWSLETTER] == (Platform.WEB,)


@pytest.mark.parametrize("platform", list(Platform))
def test_without_channels_any_platform_will_do(platform: Platform) -> None:
    assert codes(spread(8, platform=platform), channels=()) == []
    assert evaluate_gates(spread(8, platform=platform), as_of=AS_OF).passed


def test_platforms_are_named_as_people_name_them() -> None:
    assert platform_names((Platform.LINKEDIN,)) == "LinkedIn"
    assert platform_names((Platform.LINKEDIN, Platform.X)) == "LinkedIn or X"
    assert platform_names((Platform.TIKTOK, Platform.YOUTUBE, Platform.WEB)) == "TikTok, YouTube or the web"


def test_remediation_names_the_brands_own_channels() -> None:
    b2b = brand(channels=(Channel.LINKEDIN, Channel.X))
    report = evaluate_gates(spread(8), as_of=AS_OF, brand=b2b)
    assert report.remediation == (
        "No item is from LinkedIn or X; at least one must be. Add posts from LinkedIn or X. "
        "Then generate the board again."
    )
    assert (report.failures[0].found, report.failures[0].needed) == ("instagram", "linkedin or x")
    assert report.shortfall.required_platforms == report.shortfall.missing_platforms == (Platform.LINKEDIN, Platform.X)


@pytest.mark.parametrize("type_", list(ContentType))
def test_three_in_ten_posts_that_can_have_a_transcript_need_one(type_: ContentType) -> None:
    ten = [replace(item, content_type=type_) for item in plain_evidence(10)]
    asked = type_ in {ContentType.VIDEO, ContentType.SHORT_VIDEO, ContentType.REEL}
    assert codes(with_first(7, ten, has_transcript=False)) == []
    assert codes(with_first(8, ten, has_transcript=False)) == (
        [GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE] if asked else []
    )


def test_transcripts_are_asked_for_where_half_of_the_posts_can_have_one() -> None:
    bare = [replace(item, has_transcript=False) for item in plain_evidence(10)]
    assert codes(with_first(5, bare, content_type=ContentType.TEXT_POST)) == [GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE]
    assert codes(with_first(6, bare, content_type=ContentType.TEXT_POST)) == []


def test_transcripts_of_other_posts_do_not_count_for_videos() -> None:
    half = with_first(5, plain_evidence(10), content_type=ContentType.POST)
    videos_without = [*half[:5], *(replace(item, has_transcript=False) for item in half[5:])]
    assert codes(videos_without) == [GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE]
    assert codes([*videos_without[:8], *half[8:]]) == []  # 2 of 5


def test_own_posts_count_in_no_gate() -> None:
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


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.sets(st.sampled_from(WORDS), max_size=9), st.integers(0, 12)), max_size=14
    )
)
def test_repeats_are_those_that_comparing_every_pair_finds(rows: list[tuple[str, set[str], int]]) -> None:
    items = [
        replace(post(str(n), " ".join(sorted(words)), author=author), canonical_url=f"https://u.example/{url}")
        for n, (author, words, url) in enumerate(rows)
    ]

    def repeats(place: int) -> bool:
        author, words, url = rows[place]
        return any(
            url == other_url
            or (author == other_author and words and len(words & other) / len(words | other) >= t.DUPLICATE_LIKENESS)
            for other_author, other, other_url in rows[:place]
        )

    assert redundant_items(items) == sum(repeats(place) for place in range(len(items)))


def test_forty_distinct_posts_pass_whatever_others_repeat() -> None:
    distinct = spread(40)
    again = [replace(distinct[n % 40], id=post(f"again-{n}", "").id) for n in range(60)]
    assert codes([*distinct, *again]) == []
    assert codes([*distinct[:39], *(item for item in again if item.text_primary != distinct[39].text_primary)]) == [
        GateCode.TOO_MANY_DUPLICATES
    ]


def test_forty_posts_with_content_pass_whatever_others_lack() -> None:
    hundred = spread(100)
    assert codes(with_first(60, hundred, text_primary="")) == []
    assert codes(with_first(61, hundred, text_primary="")) == [GateCode.INSUFFICIENT_CONTENT]


def test_three_in_five_items_need_text_or_transcript() -> None:
    twenty = plain_evidence(20)
    assert codes(with_first(8, twenty, text_primary="", has_transcript=False)) == []
    assert codes(with_first(9, twenty, text_primary="", has_transcript=False)) == [GateCode.INSUFFICIENT_CONTENT]
    assert codes(with_first(9, twenty, text_primary="", has_transcript=True)) == []


def test_all_failed_quality_gates_are_reported_and_usability_waits_for_them() -> None:
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


def test_a_failure_says_what_was_found_and_needed_in_one_sentence() -> None:
    (failure,) = evaluate_gates(plain_evidence(7), as_of=AS_OF).failures
    assert (failure.found, failure.needed) == ("7", "8")
    assert failure.sentence == "Found 7 evidence items; 8 are needed."


def test_remediation_says_what_to_do_for_exactly_these_failures() -> None:
    items = with_first(8, plain_evidence(10), has_transcript=False)
    assert evaluate_gates(items, as_of=AS_OF).remediation == (
        "2 of 10 videos have a transcript; at least 30% are needed. "
        "Add videos with transcripts, until at least 30% of the videos have one. "
        "Then generate the board again."
    )


def test_shortfall_counts_items_platforms_and_transcripts() -> None:
    channels = brand(channels=(Channel.TIKTOK, Channel.NEWSLETTER))
    items = [
        replace(item, platform=Platform.LINKEDIN) for item in with_first(3, plain_evidence(5), has_transcript=False)
    ]
    items.append(replace(items[0], content_type=ContentType.TEXT_POST, has_transcript=False))
    shortfall = evidence_shortfall(items, brand=channels)
    assert (shortfall.found_items, shortfall.required_items) == (6, t.MIN_EVIDENCE_ITEMS)
    assert shortfall.found_platforms == (Platform.LINKEDIN,)
    assert shortfall.required_platforms == shortfall.missing_platforms == (Platform.TIKTOK, Platform.WEB)
    assert shortfall.transcript_coverage == pytest.approx(0.4)
    assert shortfall.min_transcript_coverage == t.MIN_TRANSCRIPT_COVERAGE
    assert evidence_shortfall([replace(items[0], platform=Platform.TIKTOK)], brand=channels).missing_platforms == ()


def test_summary_counts_what_the_evidence_is_made_of() -> None:
    items = [*plain_evidence(3), post("undated", "no date", hours_ago=None, platform=Platform.TIKTOK)]
    summary = evaluate_gates(items, as_of=AS_OF).summary
    assert (summary.items, summary.authors) == (4, 4)
    assert summary.platforms == ((Platform.INSTAGRAM, 3), (Platform.TIKTOK, 1))
    assert summary.newest_published_at == AS_OF - timedelta(hours=20)
    assert summary.oldest_published_at == AS_OF - timedelta(hours=22)
