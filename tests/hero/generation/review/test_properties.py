"""Properties: no answer of an engine puts a text that breaks a rule on a board. The rules are restated here."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kairo.core.enums import OpportunityType
from kairo.hero.dto import (
    AnglePartDTO,
    BrandMentionDTO,
    NamedRefDTO,
    PillarCoverageDTO,
    RejectedCandidateDTO,
    ScorePartDTO,
)
from kairo.hero.enums import RejectionCode
from kairo.hero.generation.review.account_review import review_account
from kairo.hero.generation.review.candidates import review
from kairo.hero.ports import CandidateDTO, SynthesisResult
from tests.hero.builders import AS_OF, an_id
from tests.hero.generation.review.water_stones import (
    BRAND,
    EVIDENCE,
    GUARDED,
    PARTS,
    SCORE,
    TOPIC_POSTS,
    candidate,
    claim,
)

HARMLESS = (
    "water stones", "Water stones:", "show", "the flat side", "and why", "in the bath", "3 creators", "last 14 days",
    "three", "B2B", "ten minutes", "“Why I flatten my water stones”", "@stone.sam", "Sharp November", "5-minute fix",
    "their", "of it", "one thing", "first", "20 October", "posted about water stones in the", "—", "!", "?",
)  # fmt: skip
HARMFUL = (
    "https://evil.example/x", "www.evil.io", "evil.shop", "m@evil.com", "<img src=x onerror=alert(1)>", "<b>", "&lt;",
    "[flat](stones)", "**flat**", "```", "[b]flat[/b]", "@stranger", "As an AI language model, ", "I cannot help.",
    "17 people", "seventeen", "41 %", "doubled", "“I never wrote this here”", "detox", "#lootboxes", "1,200,000",
    "siebzehn", "{{title}}", "\u202eabc", "10x", "Here is your title:", "javascript:alert(1)", "9000",
)  # fmt: skip
FRAGMENTS = st.one_of(st.sampled_from(HARMLESS), st.sampled_from(HARMFUL), st.text(max_size=12))
TEXTS = st.lists(st.one_of(st.sampled_from(HARMLESS), FRAGMENTS), min_size=1, max_size=7).map(" ".join)
_POSTS = {item.id: item for item in EVIDENCE}
# What the posts, the brand and the window of the claim let an idea say.
_NUMBERS = {"3", "14", "336", "18", "10", "5", "20", "25", "30", "1", "11", "2025", "2"}
_QUOTES = [item.text_primary for item in EVIDENCE] + [item.text_secondary for item in EVIDENCE]


def assert_clean(text: str, *, places: str) -> None:
    folded = text.casefold()
    for harm in ("http", "www.", "evil", "<img", "<b>", "&lt;", "](", "**", "```", "[b]", "javascript:", "{{"):
        assert harm not in folded, (places, text)
    assert "\u202e" not in text
    assert "@stranger" not in folded
    for harm in ("language model", "i cannot help", "here is your title"):
        assert harm not in folded, (places, text)
    for harm in ("detox", "lootbox", "loot box"):
        assert harm not in folded, (places, text)


def assert_grounded(idea: CandidateDTO) -> None:
    for text in (idea.title, idea.angle, idea.why_now):
        for harm in ("seventeen", "siebzehn", "doubled", "10x", "1,200,000"):
            assert harm not in text.casefold()
        own = re.sub("“[^“”]*”", "", text)
        for number in re.findall(r"[0-9]+", re.sub(r"B2B|@stone\.sam", "", own)):
            assert str(int(number)) in _NUMBERS, text
        for quote in re.findall("“([^“”]{3,})”", text):
            wanted = " ".join(quote.split())
            named = {"sharp november", "water stones", "5-minute fix", "repair", "sharpening", "honing week"}
            assert wanted.casefold() in named or any(wanted in " ".join(post.split()) for post in _QUOTES), text


CLAIMS = st.builds(
    lambda text, value, ids, phrase: claim(text=text, value=value, evidence_ids=ids, phrase=phrase),
    st.one_of(st.just("3 creators posted about water stones in the last 14 days"), TEXTS),
    st.sampled_from(["3", "3", "3", "17"]),
    st.sampled_from([TOPIC_POSTS, TOPIC_POSTS, (*TOPIC_POSTS, an_id("off"))]),
    st.sampled_from(["water stones", "water stones", "", "chisel"]),
)


@st.composite
def ideas(draw: Any) -> CandidateDTO:
    parts = draw(st.sampled_from([(), PARTS, (AnglePartDTO(kind=PARTS[0].kind, text="x", evidence_ids=()),)]))
    sentence = draw(st.one_of(st.just("It fits."), TEXTS))
    score = ScorePartDTO(part=SCORE.part, points=draw(st.integers(1, 30)), max=30, rule=sentence, sentence=sentence)
    return candidate(
        concept_key=draw(st.text("abc", min_size=1, max_size=6)),
        title=draw(TEXTS),
        angle=candidate().angle if parts == PARTS else draw(TEXTS),
        angle_parts=parts,
        why_now=draw(st.one_of(st.just(candidate().why_now), TEXTS)),
        type=draw(st.sampled_from(OpportunityType)),
        claims=draw(st.lists(CLAIMS, max_size=2).map(tuple)),
        evidence_ids=draw(
            st.sampled_from([TOPIC_POSTS, TOPIC_POSTS, (an_id("own"),), (*TOPIC_POSTS, an_id("praise"))])
        ),
        score_parts=draw(st.sampled_from([(), (score,)])),
    )


SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(st.lists(ideas(), max_size=6))
def test_review_keeps_no_text_that_breaks_a_rule(proposed: list[CandidateDTO]) -> None:
    kept, rejected = review([*proposed, candidate()], brand=GUARDED, evidence=EVIDENCE, as_of=AS_OF)
    assert len(kept) + len(rejected) == len(proposed) + 1
    for idea in kept:
        assert_grounded(idea)
        texts = [idea.title, idea.angle, idea.why_now, *(one.text for one in idea.claims)]
        texts += [one.text for one in idea.angle_parts] + [one.sentence for one in idea.score_parts]
        for text in (*texts, *(one.rule for one in idea.score_parts)):
            assert_clean(text, places="kept")
        assert not {an_id("own"), an_id("praise")} & set(idea.evidence_ids)
        for one in idea.claims:
            assert (one.value, one.phrase, one.evidence_ids) == ("3", "water stones", TOPIC_POSTS)
    for entry in rejected:
        assert_clean(entry.title, places="rejected title")
        allowed = entry.code == RejectionCode.TABOO
        assert_clean(re.sub('"(?:detox|loot box)"', "", entry.detail) if allowed else entry.detail, places="detail")


ANYTHING = st.one_of(TEXTS, st.none(), st.integers(), st.binary(max_size=4))
REJECTED = st.builds(
    lambda title, detail, code, ids: RejectedCandidateDTO(title=title, code=code, detail=detail, evidence_ids=ids),
    ANYTHING,
    ANYTHING,
    st.sampled_from([*RejectionCode, "invented"]),
    st.sampled_from([(), TOPIC_POSTS, (an_id("nowhere"),)]),
)
COVERAGE = st.builds(
    lambda ref, items, reason: PillarCoverageDTO(
        pillar=ref, items=items, authors=1, needed_authors=2, opportunities=0, reason=reason
    ),
    st.sampled_from(
        [NamedRefDTO(id=BRAND.pillars[0].id, name="evil.shop"), NamedRefDTO(id=an_id("strange"), name="x")]
    ),
    st.sampled_from([3, -1, "many"]),
    ANYTHING,
)
MENTIONS = st.builds(
    lambda phrase, authors, ids, claims: BrandMentionDTO(
        phrase=phrase, authors=authors, window="", evidence_ids=ids, claims=claims
    ),
    ANYTHING,
    st.integers(0, 3),
    st.sampled_from([(), (an_id("praise"),), (an_id("own"),), (an_id("nowhere"),), TOPIC_POSTS]),
    st.lists(CLAIMS, max_size=1).map(tuple),
)


@SLOW
@given(
    st.one_of(st.lists(REJECTED, max_size=4).map(tuple), st.none()),
    st.one_of(st.lists(COVERAGE, max_size=4).map(tuple), st.just("coverage")),
    st.lists(st.one_of(MENTIONS, st.none()), max_size=4).map(tuple),
    st.lists(ANYTHING, max_size=4).map(tuple),
    ANYTHING,
)
def test_account_review_keeps_no_text_that_breaks_a_rule(
    rejected: Any, coverage: Any, mentions: Any, notes: Any, engine: Any
) -> None:
    result = SynthesisResult(
        candidates=(), rejected=rejected, coverage=coverage, mentions=mentions, notes=notes, engine=engine
    )
    cleaned = review_account(result, brand=GUARDED, evidence=EVIDENCE, as_of=AS_OF)
    texts = [entry.title for entry in cleaned.rejected if entry.code != RejectionCode.TABOO]
    texts += [entry.detail for entry in cleaned.rejected if entry.code != RejectionCode.TABOO]
    texts += [text for entry in cleaned.coverage for text in (entry.reason, entry.pillar.name)]
    texts += [text for entry in cleaned.mentions for text in (entry.phrase, *(one.text for one in entry.claims))]
    for text in (*texts, *cleaned.notes, cleaned.engine):
        assert_clean(text, places="account")
    assert all(found in _POSTS for entry in cleaned.rejected for found in entry.evidence_ids)
    assert {entry.pillar.name for entry in cleaned.coverage} <= {BRAND.pillars[0].name}
    assert all(entry.evidence_ids == (an_id("praise"),) and entry.authors == 1 for entry in cleaned.mentions)
