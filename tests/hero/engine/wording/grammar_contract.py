"""The tests that each language's grammar passes. A language's test file subclasses GrammarContract and names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from string import Formatter
from typing import ClassVar

import pytest

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.engine.claims import numbers
from kairo.hero.engine.wording.grammar import Angles, Claims, Form, Grammar, Titles
from kairo.hero.engine.wording.languages import GRAMMARS
from kairo.hero.engine.wording.names import capitalize
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.sentences import Sentences
from kairo.hero.engine.wording.templates import Slot, slots_of
from kairo.hero.engine.wording.titles import MAX_TITLE_CHARS

TITLE_SLOTS = {
    "topic", "Topic", "detail", "Detail", "gap", "pillar", "Pillar", "persona", "Persona", "brand", "competitor",
    "campaign",
}  # fmt: skip
ANGLE_SLOTS = TITLE_SLOTS | {"in_format", "author", "quote", "form", "n", "pain"}
CLAIM_SLOTS = {"n", "days", "topic", "competitor", "campaign", "date"}
SENTENCE_SLOTS = {
    "matched", "n", "pillar", "found", "causes", "points", "days", "expected", "chance", "total", "most", "all",
    "persona", "percent", "seen", "platform", "where", "channel", "authors", "ideas", "needed", "reason",
}  # fmt: skip
COUNTS = (1, 2, 5, 22)
# Common English words that are no words of the eleven other languages.
ENGLISH_WORDS = {
    "the", "and", "with", "this", "that", "what", "your", "these", "they", "from", "how", "who", "you", "about",
    "have", "posted", "creator", "creators", "because",
}  # fmt: skip
QUOTATION_MARKS = re.compile(r"[\"“”„«»「」]")


def counted(plural: Plural, count: int, **texts: str) -> str:
    """The sentence for a count, filled."""
    return plural.template(count).format(n=count, **slots_of(**texts))


def title_templates(titles: Titles) -> list[str]:
    return [template for field in fields(Titles) for template in getattr(titles, field.name)]


def angle_templates(angles: Angles) -> Iterator[str]:
    for field in fields(Angles):
        value = getattr(angles, field.name)
        if field.name != "forms":
            for templates in value.values() if hasattr(value, "values") else (value,):
                yield from templates


def slot_names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def filled(template: str, slots: set[str]) -> str:
    text = template.format(**{name: Slot("바람" if name != "n" else "3") for name in slots})
    assert re.search(r"[{}]|  ", text) is None, template
    return text


def _forms_of(part: Plural | str) -> list[str]:
    return [form for form in (part.one, part.few, part.many) if form] if isinstance(part, Plural) else [part]


def _parts(source: Claims | Sentences) -> Iterator[tuple[str, Plural | str]]:
    for field in fields(source):
        if field.name not in {"language", "decimal", "joint"}:
            yield field.name, getattr(source, field.name)


class GrammarContract:
    """Collected through subclasses only."""

    language: ClassVar[str]

    @property
    def grammar(self) -> Grammar:
        return GRAMMARS[self.language]

    def _templates(self) -> list[str]:
        parts = (*_parts(self.grammar.claims), *_parts(self.grammar.sentences))
        counted_templates = [form for _, part in parts for form in _forms_of(part)]
        return [*title_templates(self.grammar.titles), *angle_templates(self.grammar.angles), *counted_templates]

    def test_language_is_that_of_its_sentences(self) -> None:
        assert self.grammar.language == self.grammar.sentences.language == self.language

    def test_titles_fill_begin_with_a_capital_and_never_repeat(self) -> None:
        templates = title_templates(self.grammar.titles)
        for template in templates:
            assert slot_names(template) <= TITLE_SLOTS, template
            filled(template, TITLE_SLOTS)
            assert not template[0].islower(), template
            assert all(place.start() == 0 for place in re.finditer(r"{[TDP]", template)), template
        assert len(set(templates)) == len(templates)

    def test_angles_fill_without_a_full_stop_and_never_repeat(self) -> None:
        templates = list(angle_templates(self.grammar.angles))
        for template in templates:
            assert slot_names(template) <= ANGLE_SLOTS, template
            assert filled(template, ANGLE_SLOTS)[-1] not in ".。।", template
        assert len(set(templates)) == len(templates)

    def test_templates_are_enough_for_a_board(self) -> None:
        titles, angles = self.grammar.titles, self.grammar.angles
        trends = titles.of(OpportunityType.TREND)
        assert sum(slot_names(template) <= {"topic", "Topic", "brand"} for template in trends) >= 12
        assert len(trends) >= 20
        assert len(titles.campaign) >= 6
        assert len(titles.competitive) >= 6
        assert len(angles.hooks) >= 8
        assert len(angles.gaps) >= 6
        assert set(angles.form_tasks) == set(angles.forms) == set(Form)
        assert set(self.grammar.in_format) == set(Channel)

    def test_tasks_of_each_type_have_one_that_needs_its_topic_alone(self) -> None:
        known = {
            OpportunityType.TREND: {"topic", "in_format"},
            OpportunityType.EVERGREEN: {"topic", "in_format"},
            OpportunityType.COMPETITIVE: {"in_format"},
            OpportunityType.CAMPAIGN: {"campaign", "in_format"},
        }
        for kind, slots in known.items():
            assert any(slot_names(template) <= slots for template in self.grammar.angles.tasks[kind]), kind

    def test_competitor_is_named_only_where_title_and_task_both_do(self) -> None:
        titles, angles = self.grammar.titles, self.grammar.angles
        assert all("{competitor" in template for template in (*titles.named, *angles.named_tasks))
        unnamed = (*titles.competitive, *angles.tasks[OpportunityType.COMPETITIVE], *angles.rival_hooks)
        assert not any("{competitor" in template or "{author" in template for template in unnamed)

    def test_numbers_stand_only_in_slots(self) -> None:
        for template in (*title_templates(self.grammar.titles), *angle_templates(self.grammar.angles)):
            assert numbers(template) == []

    def test_quotation_marks_come_with_the_quotation_alone(self) -> None:
        quoting = [template for template in self._templates() if "{quote}" in template]
        assert not [template for template in quoting if QUOTATION_MARKS.search(template)]
        quoted = self.grammar.quoted("x")
        assert QUOTATION_MARKS.match(quoted)
        assert QUOTATION_MARKS.match(quoted[-1])

    def test_words_are_none_of_english(self) -> None:
        for template in self._templates():
            words = set(re.findall(r"[^\W\d_]+", re.sub(r"{.*?}", "", template).lower()))
            assert self.language == "en" or words.isdisjoint(ENGLISH_WORDS), template

    def test_titles_of_a_usual_topic_are_short_enough(self) -> None:
        for template in self.grammar.titles.of(OpportunityType.TREND):
            if slot_names(template) <= {"topic", "Topic"}:
                title = capitalize(template.format(topic=Slot("x" * 20), Topic=Slot("X" * 20)))
                assert len(title) <= MAX_TITLE_CHARS, template

    @pytest.mark.parametrize("count", COUNTS)
    def test_claims_fill_in_every_plural(self, count: int) -> None:
        for name, part in _parts(self.grammar.claims):
            template = part.template(count) if isinstance(part, Plural) else part
            assert slot_names(template) <= CLAIM_SLOTS, template
            filled(template, CLAIM_SLOTS)
            assert ("{n}" in template) == (isinstance(part, Plural) or name == "views"), template

    def test_claims_in_second_place_can_go_on_in_a_sentence(self) -> None:
        claims = self.grammar.claims
        for plural in (claims.earlier, claims.window_posts, claims.span):
            assert not any(form[0].isupper() for form in _forms_of(plural)), plural

    @pytest.mark.parametrize("count", COUNTS)
    def test_score_and_coverage_sentences_fill_in_every_plural(self, count: int) -> None:
        for _, part in _parts(self.grammar.sentences):
            template = part.template(count) if isinstance(part, Plural) else part
            assert slot_names(template) <= SENTENCE_SLOTS, template
            filled(template, SENTENCE_SLOTS)

    def test_months_are_twelve(self) -> None:
        assert len(set(self.grammar.months)) == 12
