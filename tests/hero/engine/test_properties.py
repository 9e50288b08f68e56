"""What holds for every board, whatever is posted."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kairo.core.enums import Channel, ContentType, Platform
from kairo.hero.dto import ClaimDTO, EvidenceItemDTO, MetricsDTO
from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.evaluation.dataset import LabelledBoard
from kairo.hero.generation.review.candidates import review
from kairo.hero.ports import CandidateDTO, SynthesisRequest, SynthesisResult
from kairo.hero.text.taboos import Taboos
from kairo.hero.text.words import jaccard, title_words
from tests.hero.builders import AS_OF, an_id, brand, campaign, persona, pillar, plain_evidence, post
from tests.hero.engine.own_boards import OWN_BOARDS

BRAND = brand(
    taboos=("chain saw", "cheap"),
    channels=(Channel.INSTAGRAM, Channel.TIKTOK),
    competitor_handles=("rival.tools",),
    pillars=(
        pillar("Repair at home", "repair", "sharpening", "hand saw"),
        pillar("Garden", "hedge", "pruning", rank=1),
    ),
    personas=(persona("Weekend maker", "workshop", "beginner"), persona("Gardener", "hedge", "garden")),
    campaigns=(campaign("Repair month", "2025-11-01", "2025-11-30", "repair month", "mending"),),
)
_WORDS = """
    hand saw sharpening repair hedge pruning workshop beginner cheap chain mending month the a is 3 2025 AI garden
    #handsaw #sharpening #repair #hedge #chainsaw #garden 🔥 日本 研ぎ हिन्दी Übung café -- . ! , <b> @someone
"""
WORDS = st.sampled_from([*_WORDS.split(), "\u200b", "hand saw sharpening", "hedge pruning #hedge", "repair month"])
COUNT = st.one_of(st.none(), st.integers(-2, 5), st.integers(0, 2**63))


# A story that breaks out, with and without posts to compare with and a past of its own.
STORY = [
    post(f"story-{index}", text, author=f"teller.{index}", hours_ago=4.0 + 13 * index, transcript="so, the file")
    for index, text in enumerate(
        (
            "Sharpening a hand saw takes ten minutes #handsaw",
            "My first hand saw, easier than I feared #repair",
            "Hand saw for cowards: file, clamp, patience",
            "Stop binning tools, a hand saw comes back",
        )
    )
]
USUAL = [replace(item, published_at=AS_OF - timedelta(days=18)) for item in plain_evidence(9)]
EARLIER = [post("earlier", "A hand saw from the flea market", author="early.bird", hours_ago=24.0 * 11)]


@st.composite
def posts(draw: st.DrawFn) -> list[EvidenceItemDTO]:
    found = []
    for index in range(draw(st.integers(0, 14))):
        text = " ".join(draw(st.lists(WORDS, max_size=9)))
        hours = draw(st.one_of(st.none(), st.integers(-30, 60), st.integers(60, 900)))
        item = post(
            f"p{index}",
            text,
            author=draw(st.sampled_from(["ann", "Ann", "bob", "cy", "dee", "eve", "fay", "rival.tools", ""])),
            hours_ago=hours,
            platform=draw(st.sampled_from(list(Platform))),
            transcript=draw(st.one_of(st.none(), st.just(text[::-1]), st.just("repair and sharpening"))),
            content_type=draw(st.sampled_from(list(ContentType))),
            metrics=MetricsDTO(views=draw(COUNT), likes=draw(COUNT), comments=draw(COUNT), shares=draw(COUNT)),
        )
        found.append(replace(item, author_ref="") if item.author_ref.startswith("author.of") else item)
    return found + draw(st.sampled_from([[], STORY, [*STORY, *USUAL], [*STORY, *USUAL, *EARLIER]]))


def run(evidence: list[EvidenceItemDTO]) -> SynthesisResult:
    return BuiltinSynthesizer().synthesize(SynthesisRequest(as_of=AS_OF, brand=BRAND, evidence=tuple(evidence)))


many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(posts())
def test_review_accepts_every_candidate(evidence: list[EvidenceItemDTO]) -> None:
    result = run(evidence)
    kept, rejected = review(result.candidates, brand=BRAND, evidence=evidence, as_of=AS_OF)
    assert rejected == ()
    assert kept == result.candidates


@many
@given(posts())
def test_opportunities_are_grounded_additive_clean_different_and_ordered(evidence: list[EvidenceItemDTO]) -> None:
    ideas = run(evidence).candidates
    ids = {item.id for item in evidence}
    taboos = Taboos(BRAND.taboos)
    by_id = {item.id: item for item in evidence}
    for idea in ideas:
        assert idea.evidence_ids
        assert set(idea.evidence_ids) <= ids
        assert len(set(idea.evidence_ids)) == len(idea.evidence_ids)
        assert len(idea.score_parts) == 4
        assert idea.score == sum(part.points for part in idea.score_parts)
        assert 0 < idea.score <= 100
        assert idea.claims
        assert len(idea.title) <= 90
        assert "#" not in idea.title
        assert "<" not in idea.title
        texts = [idea.title, idea.angle, idea.why_now, *(by_id[found].text_primary for found in idea.evidence_ids)]
        assert taboos.find([("text", text) for text in texts]) is None
    for place, idea in enumerate(ideas):
        for other in ideas[place + 1 :]:
            assert jaccard(title_words(idea.title), title_words(other.title)) < 0.75
            assert idea.concept_key != other.concept_key
    assert [(-idea.score, idea.concept_key) for idea in ideas] == sorted((-one.score, one.concept_key) for one in ideas)


@many
@given(posts(), st.randoms(use_true_random=False))
def test_evidence_order_is_irrelevant(evidence: list[EvidenceItemDTO], rng: random.Random) -> None:
    shuffled = list(evidence)
    rng.shuffle(shuffled)
    assert run(shuffled) == run(evidence)


UNRELATED = post(
    "unrelated", "Zeppelin gazpacho quartz, zydeco!", author="nobody.else", hours_ago=50, transcript="Vuvuzela"
)


def of_topic(idea: CandidateDTO) -> list[ClaimDTO]:
    """The claims about its posts; how many posts there are in all changes with each."""
    return [claim for claim in idea.claims if claim.metric != "window_posts"]


def same(idea: CandidateDTO) -> tuple[str, str, frozenset[str]]:
    """What an idea is known again by. One more recent post can end a burst, which must outgrow all others: then a trend
    has another type or stands on its share, and a competitor's posts are told over another window."""
    return idea.concept_key, idea.type, frozenset(claim.window for claim in idea.claims)


@many
@given(posts())
def test_unrelated_post_changes_no_claim_of_the_opportunities_that_stay(evidence: list[EvidenceItemDTO]) -> None:
    before = {same(idea): of_topic(idea) for idea in run(evidence).candidates}
    after = {same(idea): of_topic(idea) for idea in run([*evidence, UNRELATED]).candidates}
    for idea in before.keys() & after.keys():
        assert before[idea] == after[idea]


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(OWN_BOARDS), st.integers(1, 700))
def test_unrelated_post_on_an_own_board_changes_neither_opportunities_nor_claims(
    board: LabelledBoard, hours: int
) -> None:
    def ideas(items: tuple[EvidenceItemDTO, ...]) -> dict[str, object]:
        request = SynthesisRequest(as_of=AS_OF, brand=board.brand, evidence=items)
        return {one.concept_key: one.claims for one in BuiltinSynthesizer().synthesize(request).candidates}

    stray = replace(UNRELATED, id=an_id("stray"), published_at=AS_OF - timedelta(hours=hours))
    assert ideas((*board.evidence, stray)) == ideas(board.evidence)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_engine_accepts_any_text_and_tag(text: str, tag: str) -> None:
    evidence = [
        post(
            f"any-{index}",
            f"{text} sharpening a hand saw",
            author=f"{tag}{index}",
            hours_ago=index + 1.0,
            transcript=text,
        )
        for index in range(4)
    ]
    evidence = [replace(item, hashtags=(tag,), title=text) for item in evidence]
    result = run(evidence)
    assert review(result.candidates, brand=BRAND, evidence=evidence, as_of=AS_OF)[1] == ()
