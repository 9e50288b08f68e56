"""Names of authors, competitors, personas and topics inside a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kairo.core.enums import Platform
from kairo.hero.engine.tokenized_posts import tokenize_post
from kairo.hero.engine.wording.languages import GRAMMARS
from kairo.hero.engine.wording.names import (
    author_name,
    capitalize,
    competitor_name,
    in_sentence,
    is_name,
    names_competitor,
    persona_name,
    shortened,
)
from tests.hero.builders import persona, post
from tests.hero.engine.wording.builders import tokenized


@pytest.mark.parametrize(
    ("author", "platform", "name"),
    [
        ("wool.anna", Platform.INSTAGRAM, "@wool.anna"),
        ("@wool.anna", Platform.TIKTOK, "@wool.anna"),
        ("Anna Wool", Platform.LINKEDIN, "Anna Wool"),
        ("wool-blog", Platform.WEB, "wool-blog"),
        ("a81bc81bdeadbeef", Platform.INSTAGRAM, ""),
        ("", Platform.INSTAGRAM, ""),
    ],
)
def test_author_name_has_a_handle_only_where_the_platform_has(author: str, platform: Platform, name: str) -> None:
    assert author_name(tokenize_post(replace(post("p", "text", platform=platform), author_ref=author))) == name


def test_competitor_name_is_written_as_it_writes_itself() -> None:
    members = [tokenized("Wool Palace opens on Monday", author="woolpalace.shop")]
    assert competitor_name("woolpalace.shop", members) == "Wool Palace"
    assert competitor_name("yarnhall.shop", members) == "Yarnhall"
    assert names_competitor("only at WoolPalace", "woolpalace.shop", "Wool Palace")
    assert not names_competitor("only at our place", "woolpalace.shop", "Wool Palace")


def test_persona_name_with_an_article_of_its_own_gets_no_second_one() -> None:
    english = GRAMMARS["en"]
    assert persona_name(persona("The returner"), english) == "a returner"
    assert persona_name(persona("An early riser"), english) == "an early riser"
    assert persona_name(persona("Patient beginner"), english) == "a patient beginner"
    assert persona_name(persona("Anna"), GRAMMARS["de"]) == "Anna"


@pytest.mark.parametrize(
    ("name", "language", "inside"),
    [
        ("Patient beginner", "en", "patient beginner"),
        ("Anna Wool", "en", "Anna Wool"),
        ("DIY mending", "en", "DIY mending"),
        ("Gutes Garn", "de", "Gutes Garn"),
    ],
)
def test_in_sentence_lowers_only_a_capital_of_the_beginning(name: str, language: str, inside: str) -> None:
    assert in_sentence(name, GRAMMARS[language]) == inside


def test_is_name_needs_a_capital_in_each_word() -> None:
    english = GRAMMARS["en"]
    assert is_name("Wool Palace", english)
    assert not is_name("Wool palace", english)
    assert not is_name("DIY", english)
    assert not is_name("Wolle", GRAMMARS["de"])


def test_capitalize_keeps_the_capitals_of_a_name() -> None:
    assert capitalize("iPhone cases") == "iPhone cases"
    assert capitalize("e-invoicing") == "E-invoicing"


def test_shortened_ends_at_a_word() -> None:
    assert shortened("the heel goes first", 40) == "the heel goes first"
    assert shortened("the heel goes first", 14) == "the heel…"
