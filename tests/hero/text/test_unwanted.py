# ruff: noqa: RUF001  (full-width letters are meant here)
"""Links, markup and accounts are found in texts, and what only looks like one is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairo.hero.text import unwanted
from kairo.hero.text.unwanted import (
    accounts_in,
    as_displayed,
    link_in,
    markup_in,
    may_contain_link,
    may_contain_markup,
    may_contain_model_speech,
    model_speech_in,
)
from tests.hero.text.strategies import TEXTS as _TEXTS


@pytest.mark.parametrize(
    "text",
    [
        "see https://a.example/x",
        "HTTP://A.EXAMPLE",
        "hxxps://a.example",
        "www.shop",
        "at shop.example.com now",
        "brand.io",
        "write to me@mail.org",
        "evil[.]com",
        "evil (dot) com",
        "10.0.0.1",
        "ｅｖｉｌ．ｃｏｍ",
        "ev\u200bil.com",
        "javascript:alert(1)",
        "short.est/abc",
    ],
)
def test_links_are_found(text: str) -> None:
    assert link_in(text)


@pytest.mark.parametrize(
    "text",
    ["First.Then more", "e.g. one, i.e. two", "3.5 of 4", "at 6 p.m. today", "node.js tips", "Really?No", "v1.2.3"],
)
def test_links_are_not_found_in_sentences(text: str) -> None:
    assert link_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>",
        "<img src=x",
        "<!-- x -->",
        "&nbsp;",
        "&#60;",
        "[a](b)",
        "![a](b)",
        "`code`",
        "**bold**",
        "*soft*",
        "__bold__",
        "# Heading",
        "- item",
        "> quote",
        "[url=x]y[/url]",
        "{{ slot }}",
        "a\x1b[0m",
        "a\u202eb",
        "x onerror=y",
    ],
)
def test_markup_is_found(text: str) -> None:
    assert markup_in(text)


@pytest.mark.parametrize(
    "text",
    ["a < b and b > a", "I <3 it", "R&D; then", "2 * 3 * 4", "snake_case_name", "#hashtag", "[sic] it is", "50 - 60"],
)
def test_markup_is_not_found_in_signs(text: str) -> None:
    assert markup_in(text) is None


def test_accounts_are_found_in_lower_case_without_sign() -> None:
    assert accounts_in("ask @Ann.Lee, @ben_2 and ＠cleo") == ["ann.lee", "ben_2", "cleo"]
    assert accounts_in("a@b is no account, nor is @ 5") == []


@settings(max_examples=300, deadline=None)
@given(st.from_regex(unwanted._LINK) | _TEXTS)
def test_link_test_is_true_for_every_match(text: str) -> None:
    assert may_contain_link(text) or unwanted._LINK.search(as_displayed(text)) is None


@settings(max_examples=300, deadline=None)
@given(st.from_regex(unwanted._MARKUP) | _TEXTS)
def test_markup_test_is_true_for_every_match(text: str) -> None:
    assert may_contain_markup(text) or unwanted._MARKUP.search(as_displayed(text)) is None


@settings(max_examples=200, deadline=None)
@given(st.lists(_TEXTS, max_size=4))
def test_unwanted_tests_are_true_for_joined_texts(texts: list[str]) -> None:
    whole = "\n".join(texts)
    assert may_contain_link(whole) or not any(map(link_in, texts))
    assert may_contain_markup(whole) or not any(map(markup_in, texts))
    assert accounts_in(whole) or not any(map(accounts_in, texts))
    assert may_contain_model_speech(texts) or not any(map(model_speech_in, texts))
