"""Each candidate rule, kept and broken, and engines that mean harm."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.dto import BrandSnapshotDTO, ClaimDTO, RejectedCandidateDTO, ScorePartDTO
from kairo.hero.enums import RejectionCode, ScorePartName
from kairo.hero.generation.review.candidates import review
from kairo.hero.generation.review.vacuity import has_anchor
from kairo.hero.ports import CandidateDTO
from tests.hero.builders import AS_OF, an_id, brand, plain_evidence, post

EVIDENCE = (
    *plain_evidence(6),
    post("bench", "A bench plane restored in 3 evenings", author="planes.pia"),
    post("jointer", "My jointer plane cuts again", author="jo.inter", hours_ago=24 * 9),
    post("saws", "How I set the teeth of an old saw", author="saw.sven", hours_ago=90),
)


def part(name: Any, points: Any, most: Any) -> ScorePartDTO:
    return ScorePartDTO(part=name, points=points, max=most, rule="by hand", sentence="Because.")


def parts(relevance: Any = 20, timeliness: Any = 10) -> tuple[ScorePartDTO, ...]:
    return (
        part(ScorePartName.RELEVANCE, relevance, 30),
        part(ScorePartName.TIMELINESS, timeliness, 25),
        part(ScorePartName.AUDIENCE, 10, 25),
        part(ScorePartName.CHANNEL, 10, 20),
    )


def speechless(one: Any) -> Any:
    return replace(one, sentence=None)


def claim(**changes: Any) -> ClaimDTO:
    value = ClaimDTO(
        text="2 makers posted about planes in the last 10 days.",
        metric="authors",
        value="2",
        window="2025-10-22T12:00:00Z/2025-11-01T12:00:00Z",
        evidence_ids=(an_id("bench"), an_id("jointer")),
        phrase="planes",
    )
    return replace(value, **changes)


def candidate(**changes: Any) -> CandidateDTO:
    value = CandidateDTO(
        concept_key="topic:plane",
        title="Restore a bench plane",
        angle="Show the three evenings one by one.",
        why_now="2 makers posted about planes in the last 10 days.",
        type=OpportunityType.EVERGREEN,
        primary_channel=Channel.INSTAGRAM,
        suggested_channels=(Channel.YOUTUBE,),
        score_parts=(),
        evidence_ids=(an_id("bench"), an_id("jointer")),
        claims=(claim(),),
        pillar_id=brand().pillars[0].id,
        persona_id=brand().personas[0].id,
    )
    return replace(value, **changes)


WEAK: dict[str, Any] = {"pillar_id": None, "persona_id": None}
"""What lowers the score that review works out: no pillar, no reader."""


def look(
    *candidates: Any, by: BrandSnapshotDTO | None = None
) -> tuple[tuple[CandidateDTO, ...], tuple[RejectedCandidateDTO, ...]]:
    return review(candidates, brand=by or brand(), evidence=EVIDENCE, as_of=AS_OF)


def code_for(*, by: Any = None, **changes: Any) -> RejectionCode | None:
    kept, rejected = look(candidate(**changes), by=by)
    assert len(kept) + len(rejected) == 1
    return rejected[0].code if rejected else None


def test_a_sound_candidate_is_kept_as_it_is() -> None:
    kept, rejected = look(candidate())
    assert [replace(one, score_parts=()) for one in kept] == [candidate()]
    assert rejected == ()


@pytest.mark.parametrize(
    ("field", "shortest", "code"),
    [
        ("title", 5, RejectionCode.TITLE_TOO_SHORT),
        ("angle", 10, RejectionCode.ANGLE_TOO_SHORT),
        ("why_now", 10, RejectionCode.WHY_NOW_TOO_SHORT),
    ],
)
def test_texts_have_a_least_length_that_blanks_do_not_fill(field: str, shortest: int, code: RejectionCode) -> None:
    text = "planes, jo.inter and 2 makers"[: shortest - 1]
    assert code_for(**{field: f"{text}s"}) is not code
    assert code_for(**{field: text + " \u200b" * 9}) is code


@pytest.mark.parametrize(
    "why_now",
    [
        "Planes are always relevant, 3 people say.",
        "It is TIMELESS: 4 posts.",
        "Siempre relevante: 3 veces.",
        "Zeitlos, 5-mal.",
    ],
)
def test_a_vacuous_why_now_is_rejected_even_with_a_number(why_now: str) -> None:
    assert code_for(why_now=why_now) is RejectionCode.WHY_NOW_VACUOUS


@pytest.mark.parametrize(
    "why_now",
    [
        "Posts about planes went up by a lot, 40 %.",
        "planes.pia showed how a plane comes back to life.",
        "Interest doubled within a fortnight or so.",
        "The fair opens on Saturday in Leeds.",
        'Somebody wrote "the teeth of an old saw" and more.',
        "In den letzten Tagen ४ Beiträge dazu.",
    ],
)
def test_numbers_dates_rates_and_named_posts_are_anchors(why_now: str) -> None:
    assert has_anchor(why_now, [item for item in EVIDENCE if item.id in {an_id("bench"), an_id("saws")}])


def test_a_why_now_without_anchor_is_rejected() -> None:
    assert code_for(why_now="People talk about planes these days.") is RejectionCode.WHY_NOW_WITHOUT_ANCHOR


def test_evidence_must_be_named_and_real() -> None:
    assert code_for(evidence_ids=()) is RejectionCode.NO_EVIDENCE
    assert code_for(evidence_ids=(an_id("bench"), an_id("elsewhere"))) is RejectionCode.UNKNOWN_EVIDENCE
    assert code_for(evidence_ids=("bench",)) is RejectionCode.UNKNOWN_EVIDENCE
    stray = replace(parts()[0], evidence_ids=(an_id("elsewhere"),))
    assert code_for(score_parts=(stray, *parts()[1:])) is RejectionCode.UNKNOWN_EVIDENCE


def test_the_type_is_one_of_the_four() -> None:
    assert code_for(type="listicle") is RejectionCode.INVALID_TYPE
    assert code_for(type=["trend"]) is RejectionCode.INVALID_TYPE
    assert code_for(type="evergreen") is None


def test_channels_are_the_brands() -> None:
    assert code_for(primary_channel=Channel.LINKEDIN) is RejectionCode.CHANNEL_NOT_USED
    assert code_for(suggested_channels=(Channel.TIKTOK,)) is RejectionCode.CHANNEL_NOT_USED
    assert code_for(primary_channel="myspace", by=brand(channels=())) is RejectionCode.CHANNEL_NOT_USED
    assert code_for(primary_channel=Channel.LINKEDIN, by=brand(channels=())) is None


def test_pillar_and_persona_are_the_brands_or_none() -> None:
    assert code_for(pillar_id=None, persona_id=None) is None
    assert code_for(pillar_id=an_id("stranger")) is RejectionCode.INVALID_REFERENCE
    assert code_for(persona_id=an_id("stranger")) is RejectionCode.INVALID_REFERENCE


@pytest.mark.parametrize("field", ["title", "angle", "why_now"])
def test_a_taboo_in_any_text_is_rejected_with_term_and_place(field: str) -> None:
    text = f"{getattr(candidate(), field)} Mind the chainsaws."
    _, (rejected,) = look(candidate(**{field: text}), by=brand(taboos=("chain saw",)))
    assert rejected.code is RejectionCode.TABOO
    assert "chain saw" in rejected.detail
    assert field in rejected.detail


def test_a_taboo_in_sentence_claim_or_evidence_is_rejected() -> None:
    banned = brand(taboos=("bench planes",))
    assert code_for(by=banned, title="Restore an old tool") is RejectionCode.TABOO
    clean = {"title": "Restore an old tool", "evidence_ids": (an_id("saws"),)}
    assert code_for(by=banned, **clean) is not RejectionCode.TABOO
    loud = replace(parts()[0], sentence="It is about a bench-plane.")
    assert code_for(by=banned, **clean, score_parts=(loud, *parts()[1:])) is RejectionCode.TABOO


@pytest.mark.parametrize(
    "bad",
    [
        parts(relevance=31),
        parts(relevance=-1),
        parts(relevance=float("nan")),
        parts(relevance=12.5),
        parts(relevance=True),
        parts(relevance="20"),
        parts(relevance=10**30),
        (*parts(), parts()[0]),
        (part(ScorePartName.RELEVANCE, 40, 50),),
        (part("charm", 5, 30),),
        (part(ScorePartName.RELEVANCE, 0, 30), part(ScorePartName.CHANNEL, 0, 20)),
    ],
)
def test_scores_are_whole_positive_and_within_their_maxima(bad: tuple[ScorePartDTO, ...]) -> None:
    assert code_for(score_parts=bad) in {RejectionCode.INVALID_SCORE, RejectionCode.SCORE_NOT_POSITIVE}


def test_claims_are_recomputed_and_a_false_one_costs_the_candidate() -> None:
    assert code_for(claims=(claim(),)) is None
    assert code_for(claims=(claim(value="3"),)) is RejectionCode.UNPROVEN_CLAIM
    assert code_for(claims=(claim(evidence_ids=(an_id("bench"),)),)) is RejectionCode.UNPROVEN_CLAIM
    assert code_for(claims=(claim(metric="vibes"),)) is RejectionCode.UNPROVEN_CLAIM
    assert code_for(claims=(claim(window="lately"),)) is RejectionCode.UNPROVEN_CLAIM
    assert code_for(claims=(claim(text="2 makers, 900 % more than before"),)) is RejectionCode.UNPROVEN_CLAIM


def test_a_number_outside_the_claims_costs_the_candidate() -> None:
    why_now = "2 makers posted about planes in the last 10 days, up 70 %."
    assert code_for(why_now=why_now, claims=(claim(),)) is RejectionCode.NUMBER_WITHOUT_CLAIM


@pytest.mark.parametrize(
    "broken",
    [
        None,
        "an idea",
        candidate(title=None),
        candidate(title="x" * 1_000_000),
        candidate(title="A plane\x00 again"),
        candidate(angle="Half a pair \ud800 is no text"),
        candidate(why_now=7),
        candidate(concept_key=""),
        candidate(concept_key="k" * 5_000),
        candidate(evidence_ids=None),
        candidate(evidence_ids=[an_id("bench")]),
        candidate(score_parts=None),
        candidate(score_parts=("20",)),
        candidate(claims=({"text": "2"},)),
        candidate(suggested_channels=None),
        candidate(score_parts=(speechless(parts()[0]), *parts()[1:])),
        candidate(claims=(ClaimDTO(text="2", metric="posts", value="2", window="", evidence_ids=None),)),  # type: ignore[arg-type]  # a hostile engine
    ],
)
def test_a_hostile_value_is_rejected_and_never_raises(broken: Any) -> None:
    kept, rejected = look(broken, candidate(title="Set the teeth of a saw", concept_key="topic:saw"))
    assert [one.concept_key for one in kept] == ["topic:saw"]
    assert [one.code for one in rejected] == [RejectionCode.MALFORMED]


def test_an_unhashable_id_is_rejected_and_never_raises() -> None:
    assert code_for(pillar_id=["x"]) is RejectionCode.MALFORMED


def test_an_answer_that_is_no_sequence_is_rejected_whole() -> None:
    kept, rejected = review(None, brand=brand(), evidence=EVIDENCE, as_of=AS_OF)  # type: ignore[arg-type]  # a hostile engine
    assert kept == ()
    assert [one.code for one in rejected] == [RejectionCode.MALFORMED]


@pytest.mark.parametrize("hostile", ["Buy at https://spam.example now", "A **bold** idea", "As an AI model, yes"])
def test_an_ignored_idea_is_rejected_and_shows_no_title_that_a_board_may_not_show(hostile: str) -> None:
    given = [candidate(concept_key="ignored", title=hostile), candidate()]
    kept, (rejected,) = review(given, brand=brand(), evidence=EVIDENCE, as_of=AS_OF, ignored=("ignored",))
    assert kept == look(candidate())[0]
    assert len(kept) == 1
    assert (rejected.title, rejected.code) == ("", RejectionCode.DECIDED_IGNORED)


def test_of_titles_alike_the_best_scored_stays() -> None:
    weak = candidate(concept_key="topic:a", title="Restore a bench plane today", **WEAK)
    strong = candidate(concept_key="topic:b")
    kept, rejected = look(weak, strong)
    assert [one.concept_key for one in kept] == ["topic:b"]
    assert [(one.code, one.title) for one in rejected] == [(RejectionCode.NEAR_DUPLICATE, weak.title)]


def test_titles_less_alike_than_three_in_four_both_stay() -> None:
    kept, _ = look(candidate(), candidate(concept_key="topic:b", title="Restore a bench vice"))
    assert len(kept) == 2


def test_one_concept_is_on_the_board_once() -> None:
    _, rejected = look(candidate(), candidate(title="Something else entirely"))
    assert [one.code for one in rejected] == [RejectionCode.NEAR_DUPLICATE]


def test_best_first_and_ties_in_the_engines_order() -> None:
    ideas = [
        candidate(concept_key=f"topic:{name}", title=f"{name} {name}{name} stands alone", **changes)
        for name, changes in [("oak", WEAK), ("elm", {}), ("ash", {}), ("yew", WEAK)]
    ]
    kept, _ = look(*ideas)
    assert [one.concept_key for one in kept] == ["topic:elm", "topic:ash", "topic:oak", "topic:yew"]
    assert kept[0].score == kept[1].score > kept[2].score == kept[3].score


def test_a_board_holds_twenty_four_ideas() -> None:
    names = [f"{first}{second}" for first in "abcdef" for second in "aeiou"]
    ideas = [candidate(concept_key=f"topic:{n}", title=f"word{n} again{n} other{n}") for n in names]
    kept, rejected = look(*ideas)
    assert len(kept) == 24
    assert {one.code for one in rejected} == {RejectionCode.PORTFOLIO_LIMIT}
    assert len(rejected) == 6
