"""One good candidate, altered in many ways: each alteration is rejected by its own code."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.dto import AnglePartDTO, BrandSnapshotDTO, ClaimDTO, ScorePartDTO, WindowCountsDTO
from kairo.hero.enums import AnglePartKind, RejectionCode, ScorePartName
from kairo.hero.gates.thresholds import SCORE_MAXIMA
from kairo.hero.generation.review.candidates import review
from kairo.hero.ports import CandidateDTO
from tests.hero.builders import AS_OF, an_id, brand, campaign, pillar, plain_evidence, post

BRAND = brand(
    competitor_handles=("brinebros",),
    handles=("tidewater.tools",),
    campaigns=(campaign("Sharp November", "2025-10-20", "2025-11-20", "honing week"),),
    pillars=(pillar("Repair at home", "repair", "sharpening", "5-minute fix"),),
)
EVIDENCE = (
    *plain_evidence(4),
    post("one", "A water stone needs ten minutes in the bath. My B2B clients ask for it.", author="stone.sam"),
    post("two", "Why I flatten my water stones every Sunday", author="honer_hanna", hours_ago=50),
    post(
        "three",
        "Reel",
        author="edge.ed",
        transcript="the water stone is never dry, that is the secret",
        hours_ago=24 * 9,
    ),
    post("off", "A chisel for left hands", author="lefty"),
    post("own", "Our water stones are back", author="@Tidewater.Tools"),
    post("praise", "Tidewater Tools sent a cracked water stone", author="cross.carl"),
    post("rival-a", "Box of stones, new", author="BrineBros"),
    post("rival-b", "Why our stones are flat", author="brinebros", hours_ago=40),
    post("camp", "It is honing week at my bench", author="week.wim"),
    post("camp-brand", "honing week with Tidewater Tools, join in", author="week.wanda"),
)
TOPIC_POSTS = (an_id("one"), an_id("two"), an_id("three"))
WINDOW = "2025-10-18T12:00:00Z/2025-11-01T12:00:00Z"


def claim(**changes: Any) -> ClaimDTO:
    value = ClaimDTO(
        text="3 creators posted about water stones in the last 14 days",
        metric="authors",
        value="3",
        window=WINDOW,
        evidence_ids=TOPIC_POSTS,
        phrase="water stones",
    )
    return replace(value, **changes)


SCORE = ScorePartDTO(part=ScorePartName.RELEVANCE, points=12, max=30, rule="by hand", sentence="It fits repair.")
PARTS = (
    AnglePartDTO(
        kind=AnglePartKind.HOOK,
        text="Start from honer_hanna: “Why I flatten my water stones every Sunday”.",
        evidence_ids=(an_id("two"),),
    ),
    AnglePartDTO(
        kind=AnglePartKind.TASK, text="Show which side of yours is flat and say why.", evidence_ids=TOPIC_POSTS
    ),
)


def candidate(**changes: Any) -> CandidateDTO:
    value = CandidateDTO(
        concept_key="topic:waterstone",
        title="Water stones: what keeps them flat",
        angle=" ".join(part.text for part in PARTS),
        angle_parts=PARTS,
        why_now="3 creators posted about water stones in the last 14 days.",
        type=OpportunityType.EVERGREEN,
        primary_channel=Channel.INSTAGRAM,
        suggested_channels=(Channel.YOUTUBE,),
        score_parts=(),
        evidence_ids=TOPIC_POSTS,
        claims=(claim(),),
    )
    return replace(value, **changes)


def freely(angle: str, **changes: Any) -> CandidateDTO:
    """The candidate with another angle, given whole."""
    return candidate(angle=angle, angle_parts=(), **changes)


def code_for(idea: CandidateDTO, *, by: BrandSnapshotDTO = BRAND, counts: WindowCountsDTO | None = None) -> str | None:
    kept, rejected = review([idea], brand=by, evidence=EVIDENCE, as_of=AS_OF, counts=counts)
    assert len(kept) + len(rejected) == 1
    return rejected[0].code if rejected else None


CODE = RejectionCode
ALTERED = {
    "an invented number in a why_now without claims": (
        candidate(why_now="900 creators posted about water stones.", claims=()),
        CODE.CLAIM_MISSING,
    ),
    "an invented number in a why_now beside claims": (
        candidate(why_now="3 creators posted about water stones, up 900 %."),
        CODE.NUMBER_WITHOUT_CLAIM,
    ),
    "an invented number in the title": (candidate(title="19 water stones compared"), CODE.NUMBER_WITHOUT_CLAIM),
    "an invented number in the angle": (freely("Show 12 stones that are flat."), CODE.NUMBER_WITHOUT_CLAIM),
    "a number in words in the title": (candidate(title="Eleven water stones compared"), CODE.NUMBER_WITHOUT_CLAIM),
    "a number in words in the angle": (freely("Show two dozen stones that are flat."), CODE.NUMBER_WITHOUT_CLAIM),
    "a share in words in the why_now": (
        candidate(why_now="3 creators posted about water stones, a third of all."),
        CODE.NUMBER_WITHOUT_CLAIM,
    ),
    "growth in words": (
        candidate(why_now="3 creators posted about water stones: interest doubled."),
        CODE.NUMBER_WITHOUT_CLAIM,
    ),
    "an invented multiple": (candidate(title="Water stones: 10x flatter"), CODE.NUMBER_WITHOUT_CLAIM),
    "numbers in words without any claim": (
        candidate(why_now="Nine creators posted about water stones.", claims=()),
        CODE.CLAIM_MISSING,
    ),
    "a link": (freely("Read https://evil.example/stones before you start."), CODE.LINK_IN_TEXT),
    "a bare domain": (candidate(title="Water stones at buystones.shop"), CODE.LINK_IN_TEXT),
    "a bare domain in a claim": (
        candidate(claims=(claim(text="3 creators on stones.example.com about water stones"),)),
        CODE.LINK_IN_TEXT,
    ),
    "a mail address": (freely("Write to sam@stones.io for the flat one."), CODE.LINK_IN_TEXT),
    "a stranger's account": (freely("Answer @some.stranger on how stones stay flat."), CODE.UNKNOWN_HANDLE),
    "an image that runs a script": (
        freely('Show the flat side <img src=x onerror="alert(1)"> of a stone.'),
        CODE.MARKUP_IN_TEXT,
    ),
    "an unclosed tag": (candidate(title="Water stones <script src=x"), CODE.MARKUP_IN_TEXT),
    "an entity": (candidate(title="Water stones &lt;b&gt; flat"), CODE.MARKUP_IN_TEXT),
    "a markdown link": (freely("Show [the flat side](stones) of yours."), CODE.MARKUP_IN_TEXT),
    "a markdown image": (freely("Show ![flat](x) your stone."), CODE.MARKUP_IN_TEXT),
    "bold type": (freely("Show the **flat** side of yours."), CODE.MARKUP_IN_TEXT),
    "a code fence": (freely("```\nShow the flat side.\n```"), CODE.MARKUP_IN_TEXT),
    "bulletin board code": (freely("Show the [b]flat[/b] side."), CODE.MARKUP_IN_TEXT),
    "markup in the sentence of a score part": (
        candidate(score_parts=(replace(SCORE, sentence="<b>It fits.</b>"),)),
        CODE.MARKUP_IN_TEXT,
    ),
    "a link in the rule of a score part": (
        candidate(score_parts=(replace(SCORE, rule="see www.rules.example"),)),
        CODE.LINK_IN_TEXT,
    ),
    "a model that speaks of itself": (
        freely("As an AI language model, I suggest to show the flat side."),
        CODE.MODEL_SPEECH,
    ),
    "a model that refuses": (freely("I cannot help with that request about stones."), CODE.MODEL_SPEECH),
    "a model that hands over": (candidate(title="Here is your title: Water stones"), CODE.MODEL_SPEECH),
    "another language": (
        freely("Zeige die flache Seite und sage, warum sie für dich auch nach der Arbeit noch so wichtig ist."),
        CODE.WRONG_LANGUAGE,
    ),
    "another script": (freely("石を平らに保つ方法を動画で見せてください。"), CODE.WRONG_LANGUAGE),
    "a quotation that no post says": (
        freely("Start from “I throw my stones away every week”."),
        CODE.QUOTE_NOT_FOUND,
    ),
    "a quotation with one letter changed": (
        freely("Start from “Why I flatten my water stone every Sunday”."),
        CODE.QUOTE_NOT_FOUND,
    ),
    "a quotation in other marks": (freely("Start from «I throw my stones away»."), CODE.QUOTE_NOT_FOUND),
    "a quotation of another post than the part names": (
        candidate(angle_parts=(replace(PARTS[0], evidence_ids=(an_id("one"),)), PARTS[1])),
        CODE.QUOTE_NOT_FOUND,
    ),
    "a claim that counts a post off topic": (
        candidate(
            why_now="4 creators posted about water stones.",
            claims=(
                claim(
                    text="4 creators posted about water stones",
                    value="4",
                    evidence_ids=(*TOPIC_POSTS, an_id("off")),
                ),
            ),
        ),
        CODE.CLAIM_OFF_TOPIC,
    ),
    "a claim about no topic": (candidate(claims=(claim(phrase=""),)), CODE.CLAIM_OFF_TOPIC),
    "a claim about another topic": (
        candidate(claims=(claim(), claim(text="1 creator", value="1", evidence_ids=(an_id("off"),), phrase="chisel"))),
        CODE.CLAIM_OFF_TOPIC,
    ),
    "a claim that does not hold": (candidate(claims=(claim(value="5"),)), CODE.UNPROVEN_CLAIM),
    "a part of the angle without a post": (
        candidate(angle_parts=(PARTS[0], replace(PARTS[1], evidence_ids=()))),
        CODE.ANGLE_PART_WITHOUT_FACT,
    ),
    "parts that are not the angle": (candidate(angle_parts=PARTS[:1]), CODE.ANGLE_PART_WITHOUT_FACT),
    "a post of the brand's own account": (
        candidate(evidence_ids=(*TOPIC_POSTS, an_id("own"))),
        CODE.OWN_POSTS,
    ),
    "all score parts at their maximum": (
        candidate(
            score_parts=tuple(replace(SCORE, part=part, points=most, max=most) for part, most in SCORE_MAXIMA.items())
        ),
        CODE.SCORE_MISMATCH,
    ),
    "a score part left out": (candidate(score_parts=(SCORE,)), CODE.SCORE_MISMATCH),
    "a trend without a burst": (candidate(type=OpportunityType.TREND), CODE.TYPE_WITHOUT_PROOF),
    "a competitive idea without a competitor": (candidate(type=OpportunityType.COMPETITIVE), CODE.TYPE_WITHOUT_PROOF),
    "a campaign's idea without a campaign": (candidate(type=OpportunityType.CAMPAIGN), CODE.TYPE_WITHOUT_PROOF),
    "an evergreen of a day": (
        candidate(
            why_now="2 creators posted about water stones in the last 14 days.",
            evidence_ids=TOPIC_POSTS[:2],
            claims=(claim(text="2 creators posted about water stones", value="2", evidence_ids=TOPIC_POSTS[:2]),),
            angle_parts=(),
            angle="Show which side of yours is flat and say why.",
        ),
        CODE.TYPE_WITHOUT_PROOF,
    ),
    "a post about the brand": (candidate(evidence_ids=(*TOPIC_POSTS, an_id("praise"))), CODE.ABOUT_THE_BRAND),
}


def test_review_keeps_the_unaltered_candidate_and_works_its_score_out() -> None:
    kept, rejected = review([candidate()], brand=BRAND, evidence=EVIDENCE, as_of=AS_OF)
    assert rejected == ()
    assert [replace(one, score_parts=()) for one in kept] == [candidate()]
    assert {part.part for part in kept[0].score_parts} == set(ScorePartName)
    assert review(kept, brand=BRAND, evidence=EVIDENCE, as_of=AS_OF) == (kept, ())


@pytest.mark.parametrize("what", ALTERED)
def test_review_rejects_each_alteration_by_its_own_code(what: str) -> None:
    idea, code = ALTERED[what]
    assert code_for(idea) == code


@pytest.mark.parametrize(
    "idea",
    [
        candidate(title="Water stones for B2B clients"),
        candidate(title="Water stones: ten minutes in the bath"),
        candidate(title="Water stones and the 5-minute fix"),
        candidate(title="Water stones in Sharp November, from 20 October"),
        candidate(title="Water stones: three creators, one secret"),
        freely("Answer @stone.sam, and show the flat side first."),
        freely("Answer stone.sam: 'ten minutes in the bath' is his rule."),
        freely("Start from edge.ed: “the water stone is never dry…” and go on."),
        freely("A flat stone isn't the creators' only wish, nor the brands' one."),
        freely("Invite people into “Sharp November” with the stone they have."),
        freely("Say it like Stone.Sam does: no AI, no rush. Then show it."),
        freely("„the water stone is never dry“ is what they say; show why."),
        candidate(why_now="3 creators posted about water stones; three in the last 14 days."),
    ],
)
def test_review_keeps_what_posts_profile_and_claims_say(idea: CandidateDTO) -> None:
    assert code_for(idea) is None


def competitive(**changes: Any) -> CandidateDTO:
    rival = claim(text="2 posts in the last 14 days", metric="posts", value="2", phrase="", evidence_ids=RIVALS)
    return freely(
        "Say plainly how your stones differ from theirs.",
        title="Flat stones: our side",
        type=OpportunityType.COMPETITIVE,
        why_now="The other shop: 2 posts in the last 14 days.",
        evidence_ids=RIVALS,
        claims=(rival,),
        **changes,
    )


RIVALS = (an_id("rival-a"), an_id("rival-b"))


def test_review_lets_claims_about_competitors_posts_have_no_phrase() -> None:
    assert code_for(competitive()) is None
    mixed = replace(competitive().claims[0], evidence_ids=(an_id("rival-a"), an_id("off")))
    assert code_for(replace(competitive(), claims=(mixed,))) == CODE.CLAIM_OFF_TOPIC
    assert code_for(replace(competitive(), type=OpportunityType.EVERGREEN)) == CODE.CLAIM_OFF_TOPIC


def campaign_idea(*posts: str) -> CandidateDTO:
    ids = tuple(an_id(name) for name in posts)
    took_up = claim(
        text=f"{len(ids)} posts took it up in the last 14 days",
        metric="posts",
        value=str(len(ids)),
        phrase="",
        evidence_ids=ids,
    )
    until = ClaimDTO(
        text="Sharp November runs until 20 November, 19 more days",
        metric="days_until_end",
        value="19",
        window="2025-10-20/2025-11-20",
        evidence_ids=ids,
    )
    return freely(
        "Invite people into “Sharp November” with the stone they have.",
        title="Sharp November: how to join in",
        type=OpportunityType.CAMPAIGN,
        why_now=f"{until.text}. {took_up.text}.",
        evidence_ids=ids,
        claims=(until, took_up),
    )


def test_review_lets_campaign_posts_name_the_brand_and_have_no_phrase() -> None:
    assert code_for(campaign_idea("camp", "camp-brand")) is None
    assert code_for(campaign_idea("camp", "off")) == CODE.CLAIM_OFF_TOPIC
    assert code_for(campaign_idea("camp", "praise")) == CODE.ABOUT_THE_BRAND


def test_review_proves_the_number_of_stored_posts_by_the_counts_of_the_window() -> None:
    total = ClaimDTO(
        text="among the 5,000 posts stored so far",
        metric="window_posts",
        value="5000",
        window="",
        evidence_ids=TOPIC_POSTS,
    )
    idea = candidate(why_now="3 creators posted about water stones among the 5,000 posts.", claims=(claim(), total))
    assert code_for(idea, counts=WindowCountsDTO(posts=5_000, authors=900)) is None
    assert code_for(idea) == CODE.UNPROVEN_CLAIM
    at_hand = replace(total, text=f"among the {len(EVIDENCE)} posts stored so far", value=str(len(EVIDENCE)))
    assert code_for(candidate(claims=(claim(), at_hand))) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Como modelo de lenguaje, no puedo opinar sobre piedras."),
        ("pt", "Como modelo de linguagem, sugiro pedras."),
        ("de", "Als KI-Sprachmodell schlage ich Steine vor."),
        ("fr", "En tant que modèle de langage, je propose des pierres."),
        ("it", "Come modello linguistico, propongo pietre."),
        ("nl", "Als taalmodel stel ik stenen voor."),
        ("pl", "Jako model językowy proponuję kamienie."),
        ("tr", "Bir yapay zeka dil modeli olarak taş öneririm."),
        ("hi", "एक एआई भाषा मॉडल के रूप में, मैं सुझाव देता हूँ।"),
        ("ja", "AI言語モデルとして、砥石を提案します。"),
        ("ko", "AI 언어 모델로서 숫돌을 제안합니다."),
    ],
)
def test_review_finds_model_speech_in_every_language(language: str, text: str) -> None:
    assert code_for(freely(text), by=replace(BRAND, languages=(language, "en"))) == CODE.MODEL_SPEECH


def test_review_accepts_english_where_a_language_has_no_grammar() -> None:
    german = freely("Zeige die flache Seite und sage, warum sie für dich so wichtig ist, auch nach der Arbeit.")
    assert code_for(candidate(), by=replace(BRAND, languages=("sv",))) is None
    assert code_for(candidate(), by=replace(BRAND, languages=("de",))) == CODE.WRONG_LANGUAGE
    assert code_for(german, by=replace(BRAND, languages=())) is None
    assert code_for(german, by=replace(BRAND, languages=("en", "de"))) is None


def test_review_shows_no_link_markup_or_taboo_of_a_rejected_candidate() -> None:
    banned = replace(BRAND, taboos=("detox",))
    ideas = [
        candidate(title="Stones at evil.example.com", concept_key="a"),
        candidate(title="<b>Stones</b>", concept_key="b"),
        candidate(title="Detox stones", concept_key="c"),
        candidate(title="Plain stones", why_now="Always relevant, 3 times", concept_key="d"),
    ]
    _, rejected = review(ideas, brand=banned, evidence=EVIDENCE, as_of=AS_OF)
    assert [(one.code, one.title) for one in rejected] == [
        (CODE.LINK_IN_TEXT, ""),
        (CODE.MARKUP_IN_TEXT, ""),
        (CODE.TABOO, ""),
        (CODE.WHY_NOW_VACUOUS, "Plain stones"),
    ]
