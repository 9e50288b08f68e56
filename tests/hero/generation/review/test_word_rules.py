"""The rules for texts: a valid candidate is altered in many ways, and each alteration is rejected with its own code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kairo.hero.enums import RejectionCode, ScorePartName
from kairo.hero.generation.review.candidates import review
from kairo.hero.ports import CandidateDTO
from tests.hero.builders import AS_OF, an_id
from tests.hero.generation.review import bench_planes as planes
from tests.hero.generation.review.water_stones import (
    BRAND,
    EVIDENCE,
    PARTS,
    SCORE,
    candidate,
    claim,
    code_for,
    freely,
)

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
    "a part of the angle without a post": (
        candidate(angle_parts=(PARTS[0], replace(PARTS[1], evidence_ids=()))),
        CODE.ANGLE_PART_WITHOUT_FACT,
    ),
    "parts that are not the angle": (candidate(angle_parts=PARTS[:1]), CODE.ANGLE_PART_WITHOUT_FACT),
}


def test_review_keeps_the_unaltered_candidate_and_computes_its_score() -> None:
    kept, rejected = review([candidate()], brand=BRAND, evidence=EVIDENCE, as_of=AS_OF)
    assert rejected == ()
    assert [replace(one, score_parts=()) for one in kept] == [candidate()]
    assert {part.part for part in kept[0].score_parts} == set(ScorePartName)
    assert review(kept, brand=BRAND, evidence=EVIDENCE, as_of=AS_OF) == (kept, ())


@pytest.mark.parametrize("alteration", ALTERED)
def test_word_rules_reject_each_alteration_with_its_own_code(alteration: str) -> None:
    idea, code = ALTERED[alteration]
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
def test_word_rules_accept_words_of_posts_profile_and_claims(idea: CandidateDTO) -> None:
    assert code_for(idea) is None


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
def test_word_rules_find_model_speech_in_every_language(language: str, text: str) -> None:
    assert code_for(freely(text), by=replace(BRAND, languages=(language, "en"))) == CODE.MODEL_SPEECH


def test_word_rules_accept_english_for_a_language_without_grammar() -> None:
    german = freely("Zeige die flache Seite und sage, warum sie für dich so wichtig ist, auch nach der Arbeit.")
    assert code_for(candidate(), by=replace(BRAND, languages=("sv",))) is None
    assert code_for(candidate(), by=replace(BRAND, languages=("de",))) == CODE.WRONG_LANGUAGE
    assert code_for(german, by=replace(BRAND, languages=())) is None
    assert code_for(german, by=replace(BRAND, languages=("en", "de"))) is None


def test_review_hides_links_markup_and_taboos_of_rejected_candidates() -> None:
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


def test_word_rules_reject_a_number_outside_the_claims() -> None:
    why_now = "2 makers posted about planes in the last 10 days, up 70 %."
    assert planes.code_for(why_now=why_now, claims=(planes.claim(),)) is RejectionCode.NUMBER_WITHOUT_CLAIM
