"""The brand's keywords: their weights, the places they are found in, and what is derived from them."""

from __future__ import annotations

import pytest

from kairo.hero.engine.brand_words import brand_words, openings_of, theme_by_id
from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.topic_match import edges_of_tags
from tests.hero.builders import an_id, brand, campaign, persona, pillar
from tests.hero.engine.workshop_board import tokenized

BRAND = brand(
    positioning="Planers for small rooms.",
    pillars=(pillar("Sharpening", "whetstone", "bench plane", "cold chisel set"), pillar("Glue", rank=1)),
    personas=(persona("Maker", "beginner", pains=("blunt edges",)),),
    campaigns=(campaign("Plane week", "2025-11-01", "2025-11-20", "shavings"),),
    competitor_handles=("@Rival.Tools",),
)
WORDS = brand_words(BRAND)


def test_keyword_weight_grows_with_its_words_and_halves_for_a_name() -> None:
    weights = {keyword.text: keyword.weight for keyword in WORDS.pillars[0].keywords}
    assert weights == {"whetstone": 1, "bench plane": 1.5, "cold chisel set": 2, "Sharpening": 0.5}
    assert {one.text: one.weight for one in WORDS.personas[0].keywords} == {"beginner": 1, "blunt edges": 0.75}


def test_keywords_of_a_theme_without_any_are_the_words_of_its_prose() -> None:
    (theme,) = brand_words(brand(pillars=(pillar("Glue", description="hide and bone"),))).pillars
    assert {keyword.text: keyword.weight for keyword in theme.keywords} == {"Glue": 0.5, "hide": 0.6, "bone": 0.6}


@pytest.mark.parametrize(
    ("text", "transcript", "strength"),
    [
        ("An old Bench-Plane", None, 1),
        ("#BenchPlane day", None, 1),
        ("#benchplaneday", None, 0.8),
        ("Listen", "my bench plane", 0.5),
        ("A bench and a plane", None, 0),
    ],
)
def test_keyword_strength_depends_on_its_place(text: str, transcript: str | None, strength: float) -> None:
    (one,) = tokenized(text, transcript=transcript)
    keyword = next(keyword for keyword in WORDS.pillars[0].keywords if keyword.text == "bench plane")
    assert keyword.strength_in(one) == strength


def test_keyword_strength_of_a_description_is_two_tenths() -> None:
    (described,) = tokenized("Watch this", text_secondary="my whetstone and a bench plane")
    assert {keyword.strength_in(described) for keyword in WORDS.pillars[0].keywords[:2]} == {0.2}


def test_keyword_index_finds_the_strongest_match_of_each_theme() -> None:
    posts = tokenized("A whetstone for a beginner #benchplaneday", transcript="cold chisel set")
    matches = WORDS.index.matches(posts[0], edges_of_tags(posts))
    assert matches[an_id("pillar-Sharpening")] == (1, ("whetstone", "bench plane"))
    assert matches[an_id("persona-Maker")] == (1, ("beginner",))
    assert an_id("pillar-Glue") not in matches


def test_keyword_keys_can_be_limited_to_several_words() -> None:
    assert phrase_key("whetstone", "en") in WORDS.keyword_keys(["en"])
    long = WORDS.keyword_keys(["en"], min_size=2)
    assert long == {phrase_key(text, "en") for text in ("bench plane", "cold chisel set", "blunt edges")}


def test_trade_words_are_of_the_positioning_and_terms_of_the_pillars_too() -> None:
    assert WORDS.trade_keys(["en"]) == {phrase_key(word, "en") for word in ("planers", "small", "rooms")}
    (one,) = tokenized("Glue for small rooms, by a beginner")
    assert WORDS.terms_in(one) == {"glue", "small", "rooms"}


def test_joined_keys_are_longer_single_words() -> None:
    assert phrase_key("whetstone", "en") in WORDS.joined_keys
    assert phrase_key("glue", "en") not in WORDS.joined_keys
    assert phrase_key("bench plane", "en") not in WORDS.joined_keys


def test_openings_are_the_first_words_of_every_theme_and_campaign() -> None:
    assert openings_of(BRAND) == {
        "whetstone",
        "bench",
        "cold",
        "sharpening",
        "glue",
        "beginner",
        "blunt",
        "shavings",
        "plane",
    }


def test_brand_words_fold_handles_and_order_pillars_by_rank() -> None:
    assert WORDS.competitors == {"rival.tools"}
    assert theme_by_id(WORDS.pillars, an_id("pillar-Glue")) is WORDS.pillars[1]
    assert theme_by_id(WORDS.pillars, None) is None
