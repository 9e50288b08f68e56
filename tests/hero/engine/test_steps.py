"""The smaller steps: fit, types, engagement, channels, feedback, portfolio, coverage and the run key."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kairo.core.enums import Channel, OpportunityType, Platform
from kairo.hero.dto import BrandSnapshotDTO, EvidenceItemDTO, MetricsDTO, ScorePartDTO
from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.engine.channels import choose_channels
from kairo.hero.engine.engagement import percentiles
from kairo.hero.engine.feedback import OpportunityTraits, decisions_in_force, feedback_for
from kairo.hero.engine.near_duplicate_posts import without_near_duplicates
from kairo.hero.engine.run_key import run_key
from kairo.hero.engine.selection import select_candidates
from kairo.hero.engine.tokenized_posts import tokenize_post
from kairo.hero.enums import RejectionCode, ScorePartName
from kairo.hero.generation.review.candidates import review
from kairo.hero.ports import CandidateDTO, DecisionDTO, SynthesisRequest, SynthesisResult
from tests.hero.builders import AS_OF, an_id, brand, campaign, persona, pillar, plain_evidence, post

OLD = [replace(item, published_at=AS_OF - timedelta(days=20)) for item in plain_evidence(8)]


def run(posts: list[EvidenceItemDTO], by: BrandSnapshotDTO | None = None, **request: Any) -> SynthesisResult:
    made = SynthesisRequest(as_of=AS_OF, brand=by or brand(), evidence=(*posts, *OLD), **request)
    return BuiltinSynthesizer().synthesize(made)


PLANES = (
    "Bench plane from the attic: rust off, sharpening on #benchplane",
    "Why my bench plane chatters, and how a restore fixed it",
    "Ten minutes of sharpening and the bench plane sings again. #benchplane",
    "Bench plane restore for people without a vice",
    "Do you wax the sole? A bench plane repair in my kitchen",
    "Grandfather left a bench plane; here is its second life #restore",
    "A bench plane is nothing without sharpening, said every old hand",
    "Flea market find: bench plane, two euros, one evening of repair",
)


def planes(*hours: float) -> list[EvidenceItemDTO]:
    return [post(f"plane-{index}", PLANES[index], hours_ago=hour) for index, hour in enumerate(hours)]


def test_repeats_fold_to_the_oldest() -> None:
    first = post("first", "five words make this text", hours_ago=50)
    again = post("again", "five words make this text!", hours_ago=10)
    assert [one.id for one in without_near_duplicates([tokenize_post(again), tokenize_post(first)])] == [first.id]


# Types.


def test_two_authors_over_seven_days_are_an_evergreen_and_over_six_are_not() -> None:
    (idea,) = run(planes(100, 100 + 7 * 24)).candidates
    assert idea.type is OpportunityType.EVERGREEN
    result = run(planes(100, 100 + 7 * 24 - 1))
    assert result.candidates == ()
    (rejected,) = [one for one in result.rejected if one.code is RejectionCode.NO_TYPE_FITS]
    assert "6 days apart" in rejected.detail


def test_a_trend_tells_what_was_there_before() -> None:
    result = run(planes(5, 20, 30, 50, 60, 24 * 9))
    kept, rejected = review(
        result.candidates, brand=brand(), evidence=(*planes(5, 20, 30, 50, 60, 24 * 9), *OLD), as_of=AS_OF
    )
    assert rejected == ()
    (idea,) = kept
    assert idea.type is OpportunityType.TREND
    assert idea.why_now.startswith(
        "5 creators posted about bench plane in the last 3 days, only 1 post in the 11 days before."
    )


def test_a_campaign_counts_from_two_weeks_before_it_starts_until_its_last_day() -> None:
    posts = [post("join", "Plane week: one plane a day. Who joins?")]

    def types(starts: str, ends: str) -> list[OpportunityType]:
        by = brand(campaigns=(campaign("Plane week", starts, ends, "plane a day"),))
        return [one.type for one in run(posts, by).candidates]

    assert types("2025-11-15", "2025-11-20") == [OpportunityType.CAMPAIGN]
    assert types("2025-11-16", "2025-11-20") == []
    assert types("2025-10-01", "2025-11-01") == [OpportunityType.CAMPAIGN]
    assert types("2025-10-01", "2025-10-31") == []


def test_one_word_of_a_campaign_is_not_enough() -> None:
    by = brand(campaigns=(campaign("Big autumn thing", "2025-11-01", "2025-11-20", "plane", "iron"),))
    assert run([post("one", "My plane at last")], by).candidates == ()
    assert len(run([post("two", "My plane and its iron")], by).candidates) == 1


def test_two_posts_of_a_declared_competitor_are_a_competitive_idea() -> None:
    by = brand(competitor_handles=("@Rival.Tools",))
    posts = [post(f"rival-{n}", f"New clamp set, colour {n}", author="rival.tools", hours_ago=20 + n) for n in range(2)]
    (idea,) = run(posts, by).candidates
    assert idea.type is OpportunityType.COMPETITIVE
    assert "clamp set" in idea.title.lower()
    assert "Rival" not in f"{idea.title} {idea.angle}"
    assert idea.why_now.startswith("Rival posted 2 times in the last")
    assert run(posts[:1], by).candidates == ()


def test_a_tag_that_no_post_says_is_no_evergreen() -> None:
    posts = [
        post("one", "Sharpening a chisel at last #toolclub", hours_ago=100),
        post("two", "New bench, old vice, repair done #toolclub", hours_ago=400),
    ]
    result = run(posts)
    assert result.candidates == ()
    assert any("hashtags only" in one.detail for one in result.rejected)


# Score.


def test_the_four_parts_show_how_they_add_up() -> None:
    (idea,) = run(planes(5, 20, 30, 50)).candidates
    assert [part.part for part in idea.score_parts] == list(ScorePartName)
    for part in idea.score_parts:
        addends = [float(line.rsplit(" ", 1)[1].split("/")[0]) for line in part.rule.split(" + ")]
        maxima = [int(line.rsplit("/", 1)[1]) for line in part.rule.split(" + ")]
        assert part.points == pytest.approx(sum(addends), abs=0.51 + 0.05 * len(addends))
        assert sum(maxima) == part.max
        assert part.sentence.endswith(".")
        assert part.evidence_ids


def test_an_evergreen_has_at_most_eighteen_points_of_timeliness() -> None:
    posts = planes(*[100 + 80 * index for index in range(8)])
    (idea,) = [one for one in run(posts).candidates if one.type is OpportunityType.EVERGREEN]
    assert idea.score_parts[1].points <= 18


# Engagement.


def test_engagement_is_a_place_among_the_posts_of_one_platform() -> None:
    posts = [
        replace(post(name, name, platform=platform), metrics=MetricsDTO(views=views, likes=likes))
        for name, platform, views, likes in [
            ("low", Platform.TIKTOK, 100_000, 100),
            ("middle", Platform.TIKTOK, 100_000, 2_000),
            ("high", Platform.TIKTOK, 100_000, 9_000),
            ("hidden", Platform.TIKTOK, 100_000, -1),
            ("unknown", Platform.TIKTOK, None, None),
            ("alone", Platform.YOUTUBE, 10, 10),
        ]
    ]
    found = percentiles(posts, as_of=AS_OF)
    assert found == {an_id("low"): 0.0, an_id("middle"): 0.5, an_id("high"): 1.0}


# Channels.


def test_the_channel_is_where_the_evidence_was_seen_if_the_brand_is_there() -> None:
    posts = [tokenize_post(post(f"p{n}", "text", platform=Platform.TIKTOK)) for n in range(3)]
    assert choose_channels(brand(channels=(Channel.INSTAGRAM, Channel.TIKTOK)), posts).primary is Channel.TIKTOK
    assert choose_channels(brand(channels=(Channel.NEWSLETTER, Channel.YOUTUBE)), posts).primary is Channel.YOUTUBE
    assert choose_channels(brand(channels=()), posts).primary is Channel.TIKTOK


# Decisions.


def decision(concept: str, kind: str, *, days_ago: float = 1, **changes: Any) -> DecisionDTO:
    value = DecisionDTO(
        concept_key=concept,
        kind=kind,
        at=AS_OF - timedelta(days=days_ago),
        opportunity_type=OpportunityType.TREND,
        pillar_id=brand().pillars[0].id,
    )
    return replace(value, **changes)


TRAITS = OpportunityTraits(
    type=OpportunityType.TREND, channel=Channel.INSTAGRAM, pillar_id=brand().pillars[0].id, persona_id=None
)


def points(*decisions: DecisionDTO) -> int:
    return feedback_for("topic:x", TRAITS, decisions_in_force(decisions, as_of=AS_OF), as_of=AS_OF).points


def test_feedback_lifts_and_lowers_by_at_most_five() -> None:
    assert points() == 0
    assert points(decision("a", "pinned"), decision("b", "pinned")) == 3
    assert points(*[decision(f"c{n}", "pinned") for n in range(20)]) == 5
    assert points(*[decision(f"c{n}", "ignored") for n in range(20)]) == -5


def test_only_the_decision_in_force_counts_and_never_the_ideas_own() -> None:
    assert points(decision("a", "pinned", days_ago=2), decision("a", "undone")) == 0
    assert points(decision("a", "snoozed")) == 0
    assert points(*[decision("topic:x", "pinned")]) == 0
    assert points(decision("a", "pinned", days_ago=-1)) == 0


def test_feedback_stands_on_the_receipt() -> None:
    decisions = tuple(decision(f"other-{n}", "pinned") for n in range(3))
    (plain,) = run(planes(5, 20, 30, 50)).candidates
    (lifted,) = run(planes(5, 20, 30, 50), decisions=decisions).candidates
    assert lifted.score > plain.score
    assert "feedback 4/5" in lifted.score_parts[0].rule or "feedback 5/5" in lifted.score_parts[0].rule
    assert "Your decisions on ideas like it (3 pinned)" in lifted.score_parts[0].sentence


def test_an_ignored_concept_does_not_come_back_until_that_is_undone() -> None:
    (idea,) = run(planes(5, 20, 30, 50)).candidates
    ignored = decision(idea.concept_key, "ignored", days_ago=3)
    result = run(planes(5, 20, 30, 50), decisions=(ignored,))
    assert result.candidates == ()
    assert RejectionCode.DECIDED_IGNORED in {one.code for one in result.rejected}
    assert run(planes(5, 20, 30, 50), decisions=(ignored, decision(idea.concept_key, "undone"))).candidates


# Portfolio.


def idea(concept: str, score: int, posts: str, title: str = "") -> CandidateDTO:
    part = ScorePartDTO(part=ScorePartName.RELEVANCE, points=score, max=30, rule="", sentence="")
    return CandidateDTO(
        concept_key=concept,
        title=title or f"all about {concept}",
        angle="",
        why_now="",
        type=OpportunityType.TREND,
        primary_channel=Channel.INSTAGRAM,
        suggested_channels=(),
        score_parts=(part,),
        evidence_ids=tuple(an_id(name) for name in posts),
    )


def test_an_idea_that_shares_more_than_half_of_its_posts_with_a_better_one_is_dropped() -> None:
    kept, dropped = select_candidates(
        [idea("saw", 20, "abcd"), idea("plane", 10, "cdef"), idea("vice", 5, "bcdx")], most=24
    )
    assert [one.concept_key for one in kept] == ["saw", "plane"]
    assert [(one.candidate.concept_key, one.code) for one in dropped] == [("vice", RejectionCode.NEAR_DUPLICATE)]


def test_like_titles_keep_the_better_and_a_full_board_says_so() -> None:
    kept, dropped = select_candidates(
        [idea("a", 9, "a", "one two three four"), idea("b", 8, "b", "one two three"), idea("c", 7, "c")], most=1
    )
    assert [one.concept_key for one in kept] == ["a"]
    assert [one.code for one in dropped] == [RejectionCode.NEAR_DUPLICATE, RejectionCode.PORTFOLIO_LIMIT]


def test_ideas_are_ordered_by_score_then_concept() -> None:
    kept, _ = select_candidates([idea("b", 5, "a"), idea("c", 9, "b"), idea("a", 5, "c")], most=24)
    assert [one.concept_key for one in kept] == ["c", "a", "b"]


# Coverage.


def test_coverage_says_why_a_pillar_has_no_idea() -> None:
    by = brand(
        pillars=(
            pillar("Planes", "bench plane"),
            pillar("Glue", "hide glue", rank=1),
            pillar("Saws", "hand saw", rank=2),
            pillar("Clamps", "bar clamp", rank=3),
        ),
        personas=(persona("Maker", "bench"),),
    )
    posts = [
        *planes(5, 20, 30, 50),
        post("glue", "Hide glue is forgiving", hours_ago=30),
        post("saw-1", "A hand saw sings", hours_ago=30),
        post("saw-2", "Old hand saw, new handle", hours_ago=60),
    ]
    reasons = {one.pillar.name: one.reason for one in run(posts, by).coverage}
    assert reasons["Planes"] == "4 items match, 4 authors: 1 idea."
    assert reasons["Glue"] == "1 item matches, 1 author, need 2."
    assert reasons["Saws"].startswith("2 items match, 2 authors. No burst, and its posts by 2 authors lie 1 day apart")
    assert reasons["Clamps"] == "0 items match, 0 authors, need 2."


# Run key.


def key_of(**changes: Any) -> str:
    request = SynthesisRequest(as_of=AS_OF, brand=brand(), evidence=tuple(planes(5, 20)))
    return run_key(replace(request, **changes), engine="e", engine_version="1")


def test_the_run_key_names_everything_the_answer_depends_on() -> None:
    assert key_of() == key_of(evidence=tuple(reversed(planes(5, 20))))
    assert key_of() == key_of(time_limit_s=1.0)
    changed = [
        key_of(as_of=AS_OF + timedelta(seconds=1)),
        key_of(brand=brand(taboos=("x",))),
        key_of(evidence=tuple(planes(5, 21))),
        key_of(evidence=tuple(replace(item, text_primary="other") for item in planes(5, 20))),
        key_of(decisions=(decision("a", "pinned"),)),
        key_of(max_opportunities=3),
    ]
    assert len({key_of(), *changed}) == 7


def test_the_result_carries_its_run_key() -> None:
    request = SynthesisRequest(as_of=AS_OF, brand=brand(), evidence=tuple(planes(5, 20)))
    result = BuiltinSynthesizer().synthesize(request)
    assert result.run_key == run_key(request, engine=result.engine, engine_version=result.engine_version)
