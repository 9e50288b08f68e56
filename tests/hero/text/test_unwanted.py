# ruff: noqa: RUF001  (full-width letters are meant here)
"""Links, markup and accounts are found in texts, and what only looks like one is not."""

from __future__ import annotations

import pytest

from kairo.hero.text.names import without_accounts, without_names
from kairo.hero.text.unwanted import accounts_in, link_in, markup_in


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
def test_links_are_not_seen_in_sentences(text: str) -> None:
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
def test_markup_is_not_seen_in_signs(text: str) -> None:
    assert markup_in(text) is None


def test_accounts_are_found_without_sign_and_case() -> None:
    assert accounts_in("ask @Ann.Lee, @ben_2 and ＠cleo") == ["ann.lee", "ben_2", "cleo"]
    assert accounts_in("a@b is no account, nor is @ 5") == []


def test_names_and_accounts_are_taken_out_whole() -> None:
    assert "Ninety" not in without_names("Quote in Ninety starts", ["quote in ninety"])
    assert without_names("Repairs", ["Repair"]) == "Repairs"
    assert "44" not in without_accounts("@papa.44 says", ["papa.44"])
    assert "24" not in without_accounts("@camp_24さんは", ["camp_24"])
    assert accounts_in(without_accounts("@ann.fake", ["ann"])) == ["ann.fake"]
