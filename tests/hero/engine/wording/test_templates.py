"""Slots are filled with their particles, and no template is picked twice."""

from __future__ import annotations

import pytest

from kairo.hero.engine.wording.templates import Slot, TemplatePicker, fits, particle, rotated, slots_of


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
def test_particle_follows_the_last_sound(word: str, pair: str, after: str) -> None:
    assert particle(word, pair) == after
    assert f"{{topic:{pair}}}".format(topic=Slot(word)) == word + after


def test_slots_of_leaves_out_empty_texts() -> None:
    slots = slots_of(topic="wool", gap="")
    assert slots == {"topic": "wool"}
    assert fits("{topic}", slots)
    assert not fits("{topic} and {gap}", slots)


def test_rotated_starts_where_the_concept_says() -> None:
    templates = ("a", "b", "c", "d")
    starts = {rotated(templates, f"topic:{n}") for n in range(40)}
    assert starts == {("a", "b", "c", "d"), ("b", "c", "d", "a"), ("c", "d", "a", "b"), ("d", "a", "b", "c")}
    assert rotated(templates, "topic:1") == rotated(templates, "topic:1")
    assert rotated((), "topic:1") == ()


def test_pick_takes_each_template_once_and_only_with_known_slots() -> None:
    picker = TemplatePicker("topic:wool", ("{topic} used",))
    templates = ("{topic} used", "{topic} one", "{topic} two", "{gap}")
    picked = {picker.pick(templates, slots_of(topic="wool")) for _ in range(2)}
    assert picked == {"wool one", "wool two"}
    assert picker.pick(templates, slots_of(topic="wool")) is None
    assert sorted(picker.used) == ["{topic} one", "{topic} two"]
    assert not picker.is_unused("{topic} used")
    assert picker.is_unused("{gap}")


def test_pick_skips_what_is_too_long_or_unsuited() -> None:
    picker = TemplatePicker("topic:wool", (), unsuited=frozenset({"{topic} kit"}))
    assert picker.pick(("{topic} kit", "{topic} and a long tail"), slots_of(topic="wool"), most=10) is None
    assert picker.used == []
