"""The rules for types, lengths, references, scores and taboos, and values of a hostile engine."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.dto import ClaimDTO, ScorePartDTO
from kairo.hero.enums import RejectionCode, ScorePartName
from kairo.hero.gates.thresholds import SCORE_MAXIMA
from tests.hero.builders import an_id, brand
from tests.hero.generation.review import water_stones as stones
from tests.hero.generation.review.bench_planes import candidate, code_for, look, part, parts


def speechless(one: Any) -> Any:
    return replace(one, sentence=None)


@pytest.mark.parametrize(
    ("field", "shortest", "code"),
    [
        ("title", 5, RejectionCode.TITLE_TOO_SHORT),
        ("angle", 10, RejectionCode.ANGLE_TOO_SHORT),
        ("why_now", 10, RejectionCode.WHY_NOW_TOO_SHORT),
    ],
)
def test_candidate_rules_minimum_length_ignores_blanks(field: str, shortest: int, code: RejectionCode) -> None:
    text = "planes, jo.inter and 2 makers"[: shortest - 1]
    assert code_for(**{field: f"{text}s"}) is not code
    assert code_for(**{field: text + " \u200b" * 9}) is code


def test_candidate_rules_need_existing_evidence() -> None:
    assert code_for(evidence_ids=()) is RejectionCode.NO_EVIDENCE
    assert code_for(evidence_ids=(an_id("bench"), an_id("elsewhere"))) is RejectionCode.UNKNOWN_EVIDENCE
    assert code_for(evidence_ids=("bench",)) is RejectionCode.UNKNOWN_EVIDENCE
    stray = replace(parts()[0], evidence_ids=(an_id("elsewhere"),))
    assert code_for(score_parts=(stray, *parts()[1:])) is RejectionCode.UNKNOWN_EVIDENCE


def test_candidate_rules_need_a_known_type() -> None:
    assert code_for(type="listicle") is RejectionCode.INVALID_TYPE
    assert code_for(type=["trend"]) is RejectionCode.INVALID_TYPE
    assert code_for(type="evergreen") is None


def test_candidate_rules_need_channels_of_the_brand() -> None:
    assert code_for(primary_channel=Channel.LINKEDIN) is RejectionCode.CHANNEL_NOT_USED
    assert code_for(suggested_channels=(Channel.TIKTOK,)) is RejectionCode.CHANNEL_NOT_USED
    assert code_for(primary_channel="myspace", by=brand(channels=())) is RejectionCode.CHANNEL_NOT_USED
    assert code_for(primary_channel=Channel.LINKEDIN, by=brand(channels=())) is None


def test_candidate_rules_need_pillar_and_persona_of_the_brand_or_none() -> None:
    assert code_for(pillar_id=None, persona_id=None) is None
    assert code_for(pillar_id=an_id("stranger")) is RejectionCode.INVALID_REFERENCE
    assert code_for(persona_id=an_id("stranger")) is RejectionCode.INVALID_REFERENCE


@pytest.mark.parametrize("field", ["title", "angle", "why_now"])
def test_candidate_rules_reject_a_taboo_with_term_and_place(field: str) -> None:
    text = f"{getattr(candidate(), field)} Mind the chainsaws."
    _, (rejected,) = look(candidate(**{field: text}), by=brand(taboos=("chain saw",)))
    assert rejected.code is RejectionCode.TABOO
    assert "chain saw" in rejected.detail
    assert field in rejected.detail


def test_candidate_rules_reject_a_taboo_in_score_parts_and_evidence() -> None:
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
def test_candidate_rules_need_whole_positive_scores_within_their_maxima(bad: tuple[ScorePartDTO, ...]) -> None:
    assert code_for(score_parts=bad) in {RejectionCode.INVALID_SCORE, RejectionCode.SCORE_NOT_POSITIVE}


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
def test_candidate_rules_reject_hostile_values_without_raising(broken: Any) -> None:
    kept, rejected = look(broken, candidate(title="Set the teeth of a saw", concept_key="topic:saw"))
    assert [one.concept_key for one in kept] == ["topic:saw"]
    assert [one.code for one in rejected] == [RejectionCode.MALFORMED]


def test_candidate_rules_reject_an_unhashable_id_without_raising() -> None:
    assert code_for(pillar_id=["x"]) is RejectionCode.MALFORMED


ALTERED = {
    "all score parts at their maximum": (
        stones.candidate(
            score_parts=tuple(
                replace(stones.SCORE, part=part, points=most, max=most) for part, most in SCORE_MAXIMA.items()
            )
        ),
        RejectionCode.SCORE_MISMATCH,
    ),
    "a score part left out": (stones.candidate(score_parts=(stones.SCORE,)), RejectionCode.SCORE_MISMATCH),
    "a trend without a burst": (stones.candidate(type=OpportunityType.TREND), RejectionCode.TYPE_WITHOUT_PROOF),
    "a competitive idea without a competitor": (
        stones.candidate(type=OpportunityType.COMPETITIVE),
        RejectionCode.TYPE_WITHOUT_PROOF,
    ),
    "a campaign's idea without a campaign": (
        stones.candidate(type=OpportunityType.CAMPAIGN),
        RejectionCode.TYPE_WITHOUT_PROOF,
    ),
    "an evergreen of a day": (
        stones.candidate(
            why_now="2 creators posted about water stones in the last 14 days.",
            evidence_ids=stones.TOPIC_POSTS[:2],
            claims=(
                stones.claim(
                    text="2 creators posted about water stones", value="2", evidence_ids=stones.TOPIC_POSTS[:2]
                ),
            ),
            angle_parts=(),
            angle="Show which side of yours is flat and say why.",
        ),
        RejectionCode.TYPE_WITHOUT_PROOF,
    ),
}


@pytest.mark.parametrize("alteration", ALTERED)
def test_candidate_rules_reject_each_altered_type_or_score(alteration: str) -> None:
    altered, code = ALTERED[alteration]
    assert stones.code_for(altered) == code
