# ruff: noqa: RUF001  (the signs are meant to be mistaken)
"""Forbidden terms are found however they are written, and only where they are."""

from __future__ import annotations

import time
import timeit

import pytest

from kairo.hero.text.taboos import TabooHit, Taboos

TABOOS = Taboos(
    [
        "crash diet", "detox", "hustle", "10x", "get rich", "loot box", "cleanse", "body shaming", "gambling",
        "diet tea",
        "ダイエット", "sex", "ai", "Glücksspiel", "café", "before and after weight loss", "   ", "",
    ],
    languages=("en", "de"),
)  # fmt: skip


def term_in(text: str) -> str | None:
    hit = TABOOS.find([("caption", text)])
    return hit.term if hit else None


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("This crash diet works", "crash diet"),
        ("CRASH-DIETING for summer", "crash diet"),
        ("#crashdiettips", "crash diet"),
        ("crash\n diets", "crash diet"),
        ("de\u200btox tea", "detox"),
        ("d e t o x", "detox"),
        ("de-tox", "detox"),
        ("ｄｅｔｏｘ", "detox"),
        ("detoxifying", "detox"),
        ("detoxification", "detox"),
        ("hustlers unite", "hustle"),
        ("#hustleculture", "hustle"),
        ("#nohustle", "hustle"),
        ("10× your day", "10x"),
        ("#10xgrowth", "10x"),
        ("10 x", "10x"),
        ("getting rich slowly", "get rich"),
        ("#getrichquick", "get rich"),
        ("lootboxes", "loot box"),
        ("Loot-Boxes!", "loot box"),
        ("juice cleansing", "cleanse"),
        ("#juicecleanse", "cleanse"),
        ("bodyshamed again", "body shaming"),
        ("a gambler's night", "gambling"),
        ("今日のダイエット法", "ダイエット"),
        ("Online-Glücksspielsucht", "Glücksspiel"),
        ("in the cafe", "café"),
        ("before and after weight-loss pictures", "before and after weight loss"),
        ("sex", "sex"),
        ("AI!", "ai"),
        ("x" * 50_000 + " detox", "detox"),
    ],
)
def test_a_term_is_found_inflected_hyphenated_split_or_joined(text: str, term: str) -> None:
    assert term_in(text) == term


@pytest.mark.parametrize(
    "text",
    [
        "",
        "clean the pan",
        "110x zoom",
        "rainy training",
        "Sussex",
        "crash, then a diet",
        "rich people get",
        "a diet",
        "gambol",
    ],
)
def test_words_that_only_look_like_one_are_not(text: str) -> None:
    assert term_in(text) is None


def test_the_first_place_with_a_hit_is_named() -> None:
    hit = TABOOS.find([("title", "clean"), ("angle", "no detox"), ("why_now", "hustle")])
    assert hit == TabooHit(term="detox", place="angle")


def test_no_terms_find_nothing() -> None:
    assert Taboos([]).find([("caption", "anything")]) is None


def test_a_hundred_kilobytes_are_searched_in_a_second() -> None:
    text = "lorem ipsum dolor sit amet " * 4_000
    assert term_in(text) is None
    # A slow expression takes minutes; the best of three, of this thread alone, is the same on a busy machine.
    assert min(timeit.repeat(lambda: term_in(text), timer=time.thread_time, number=1, repeat=3)) < 1
