"""Every sentence of every language: filled with every slot, in every plural."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from string import Formatter

import pytest

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.engine.claims import numbers
from kairo.hero.engine.wording.grammar import Angles, Form, Grammar, Templates, Titles
from kairo.hero.engine.wording.languages import GRAMMARS, NEUTRAL_GRAMMAR
from kairo.hero.engine.wording.names import capitalize
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.templates import Slot, particle
from kairo.hero.engine.wording.titles import MAX_TITLE_CHARS

TITLE_SLOTS = {
    "topic", "Topic", "detail", "Detail", "gap", "pillar", "Pillar", "persona", "Persona", "brand", "competitor",
    "campaign",
}  # fmt: skip
ANGLE_SLOTS = TITLE_SLOTS | {"in_format", "author", "quote", "form", "n", "pain"}
CLAIM_SLOTS = {"n", "days", "topic", "competitor", "campaign", "date"}
SCORE_SLOTS = {
    "matched", "n", "pillar", "found", "causes", "points", "days", "expected", "chance", "total", "most", "all",
    "persona", "percent", "seen", "platform", "where", "channel", "authors", "ideas", "needed", "reason",
}  # fmt: skip
LANGUAGES = ("en", "es", "pt", "de", "fr", "hi", "ja", "it", "nl", "pl", "tr", "ko")
COUNTS = (1, 2, 5, 22)


def title_frames(titles: Titles) -> Templates:
    return tuple(template for part in fields(Titles) for template in getattr(titles, part.name))


def angle_frames(angles: Angles) -> Iterator[str]:
    for part in fields(Angles):
        value = getattr(angles, part.name)
        if part.name == "forms":
            continue
        for templates in value.values() if hasattr(value, "values") else (value,):
            yield from templates


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def filled(template: str, slots: set[str]) -> str:
    text = template.format(**{name: Slot("바람" if name != "n" else "3") for name in slots})
    assert "{" not in text
    assert "}" not in text
    assert "  " not in text
    return text


@pytest.fixture(params=LANGUAGES)
def grammar(request: pytest.FixtureRequest) -> Grammar:
    return GRAMMARS[request.param]


def test_grammars_are_the_twelve() -> None:
    assert tuple(GRAMMARS) == LANGUAGES
    assert tuple(grammar.sentences.language for grammar in GRAMMARS.values()) == LANGUAGES


def test_frames_of_titles_and_angles_fill_and_never_repeat(grammar: Grammar) -> None:
    titles, angles = title_frames(grammar.titles), tuple(angle_frames(grammar.angles))
    for template in titles:
        assert names(template) <= TITLE_SLOTS, template
        filled(template, TITLE_SLOTS)
    for template in angles:
        assert names(template) <= ANGLE_SLOTS, template
        assert filled(template, ANGLE_SLOTS)[-1] not in ".。।", template
    assert len(set(titles)) == len(titles)
    assert len(set(angles)) == len(angles)


def test_frames_are_enough_for_a_board(grammar: Grammar) -> None:
    titles = grammar.titles
    always = [
        template for template in titles.of(OpportunityType.TREND) if names(template) <= {"topic", "Topic", "brand"}
    ]
    assert len(always) >= 12
    assert len(titles.of(OpportunityType.TREND)) >= 20
    assert len(titles.campaign) >= 6
    assert len(titles.competitive) >= 6
    assert len(grammar.angles.hooks) >= 8
    assert len(grammar.angles.gaps) >= 6
    assert set(grammar.angles.form_tasks) == set(grammar.angles.forms) == set(Form)
    assert set(grammar.in_format) == set(Channel)


def test_every_type_has_a_task_that_needs_its_topic_alone(grammar: Grammar) -> None:
    known = {
        OpportunityType.TREND: {"topic", "in_format"},
        OpportunityType.EVERGREEN: {"topic", "in_format"},
        OpportunityType.COMPETITIVE: {"in_format"},
        OpportunityType.CAMPAIGN: {"campaign", "in_format"},
    }
    for kind, slots in known.items():
        assert any(names(template) <= slots for template in grammar.angles.tasks[kind]), kind


def test_titles_and_tasks_name_a_competitor_only_where_both_do(grammar: Grammar) -> None:
    assert all("{competitor" in template for template in (*grammar.titles.named, *grammar.angles.named_tasks))
    others = [*grammar.titles.competitive, *grammar.angles.tasks[OpportunityType.COMPETITIVE]]
    others += grammar.angles.rival_hooks
    assert not any("{competitor" in template or "{author" in template for template in others)


def test_frames_say_no_number_of_their_own(grammar: Grammar) -> None:
    for template in (*title_frames(grammar.titles), *angle_frames(grammar.angles)):
        assert numbers(template) == []


def test_titles_of_usual_words_are_short_enough(grammar: Grammar) -> None:
    for template in grammar.titles.of(OpportunityType.TREND):
        if names(template) <= {"topic", "Topic"}:
            assert len(template.format(topic=Slot("x" * 20), Topic=Slot("X" * 20))) <= MAX_TITLE_CHARS, template


@pytest.mark.parametrize("count", COUNTS)
def test_claims_fill_in_every_plural(grammar: Grammar, count: int) -> None:
    for part in fields(grammar.claims):
        value = getattr(grammar.claims, part.name)
        template = value.template(count) if isinstance(value, Plural) else value
        assert names(template) <= CLAIM_SLOTS, template
        text = filled(template, CLAIM_SLOTS)
        assert "3" in text or "{n}" not in template
        if isinstance(value, Plural) or part.name == "views":
            assert "{n}" in template, template


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_score_and_coverage_sentences_fill_in_every_plural(language: str, count: int) -> None:
    sentences = GRAMMARS[language].sentences
    for part in fields(sentences):
        if part.name in {"language", "decimal", "joint"}:
            continue
        value = getattr(sentences, part.name)
        template = value.template(count) if isinstance(value, Plural) else value
        assert names(template) <= SCORE_SLOTS, template
        filled(template, SCORE_SLOTS)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "1 osoba opublikowała wpis"),
        (2, "2 osoby opublikowały wpisy"),
        (5, "5 osób opublikowało wpisy"),
        (12, "12 osób opublikowało wpisy"),
        (22, "22 osoby opublikowały wpisy"),
        (25, "25 osób opublikowało wpisy"),
        (112, "112 osób opublikowało wpisy"),
    ],
)
def test_polish_counts_in_three_forms(count: int, text: str) -> None:
    template = GRAMMARS["pl"].claims.authors_share.template(count)
    assert template.format(n=count, topic="x").startswith(text)


def test_french_counts_none_in_the_singular() -> None:
    assert GRAMMARS["fr"].sentences.matching.template(0).format(n=0) == "0 publication correspond"
    assert GRAMMARS["en"].sentences.matching.template(0).format(n=0) == "0 items match"


@pytest.mark.parametrize(
    ("word", "pair", "after"),
    [
        ("피클", "은/는", "은"),
        ("커피", "은/는", "는"),
        ("침낭", "이/가", "이"),
        ("난로", "을/를", "를"),
        ("연필", "으로/로", "로"),
        ("붓", "으로/로", "으로"),
        ("나무", "으로/로", "로"),
        ("텐트 5", "과/와", "와"),
        ("텐트 3", "과/와", "과"),
        ("비건(vegan)", "은/는", "은"),
        ("", "은/는", "는"),
    ],
)
def test_korean_particles_follow_the_last_sound(word: str, pair: str, after: str) -> None:
    assert particle(word, pair) == after
    assert f"{{topic:{pair}}}".format(topic=Slot(word)) == word + after


def test_numbers_and_dates_are_written_as_in_the_language() -> None:
    assert GRAMMARS["en"].number(1234567) == "1,234,567"
    assert GRAMMARS["de"].number(1234567) == "1.234.567"
    assert numbers(GRAMMARS["fr"].number(1234567)) == ["1234567"]
    assert numbers(GRAMMARS["pl"].number(1234567)) == ["1234567"]


def test_sentences_end_with_one_mark() -> None:
    english = GRAMMARS["en"]
    assert english.sentence("Make it") == "Make it."
    assert english.sentence("They ask “who pays?”") == "They ask “who pays?”"
    assert GRAMMARS["ja"].sentence("見せます") == "見せます。"


def test_capitals_stay_where_a_name_has_its_own() -> None:
    assert capitalize("iPhone cases") == "iPhone cases"
    assert capitalize("e-invoicing") == "E-invoicing"


def test_neutral_titles_are_topic_words_alone() -> None:
    for template in title_frames(NEUTRAL_GRAMMAR.titles):
        assert filled(template, TITLE_SLOTS).replace("바람", "").strip() == ":"
