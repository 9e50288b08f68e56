# ruff: noqa: RUF001  (the signs are meant to be mistaken)
"""Words of any script, and how like two texts are."""

from __future__ import annotations

import pytest

from kairo.hero.text.folding import fold, plain, strip_accents, visible
from kairo.hero.text.languages import detect
from kairo.hero.text.scripts import pieces
from kairo.hero.text.stems import stem
from kairo.hero.text.words import camel_parts, jaccard, tokenize, word_set


def folded(text: str) -> list[str]:
    return [word.folded for word in tokenize(text).words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't stop, it's B2B!", ["dont", "stop", "it", "b2b"]),
        ("e-invoices & 13-week plans", ["e", "invoices", "13", "week", "plans"]),
        ("see https://example.com/x?y=1 and www.example.com now", ["see", "and", "now"]),
        ("mail @some.one please", ["mail", "please"]),
        ("#Pickle_Brine #４K", ["picklebrine", "4k"]),
        ("हिन्दी में रेसिपी", ["हिन्दी", "में", "रेसिपी"]),
        ("crème brûlée", ["creme", "brulee"]),
        ("zero\u200bwidth con\u00adtrol\x00chars", ["zerowidth", "control", "chars"]),
        ("<b>bold</b> move", ["bold", "move"]),
        ("🔥🔥", []),
    ],
)
def test_words_survive_case_links_tags_and_invisible_signs(text: str, words: list[str]) -> None:
    assert folded(text) == words


def test_a_word_knows_whether_it_goes_on_a_phrase() -> None:
    words = tokenize("Pickle brine, one pan. Next #tag word").words
    assert [word.follows for word in words] == [False, True, False, True, False, False, False]
    assert [word.opens for word in words] == [True, False, False, False, True, False, False]
    assert [word.hashtag for word in words] == [False] * 5 + [True, False]


def test_a_long_text_is_read_to_its_limit() -> None:
    assert len(tokenize("word " * 10_000, max_chars=50).words) == 10


def test_capitals_cut_a_hashtag() -> None:
    assert camel_parts("YearEndClose") == ["Year", "End", "Close"]
    assert camel_parts("AIMeetingNotes") == ["AI", "Meeting", "Notes"]
    assert camel_parts("plain_words") == ["plain", "words"]


def test_likeness_is_the_share_of_common_words() -> None:
    assert jaccard(word_set("a b c d"), word_set("A, b! c?")) == 0.75
    assert jaccard(word_set(""), word_set("🔥")) == 0


def test_folding_keeps_what_reads_the_same_the_same() -> None:
    assert fold("Straße") == fold("STRASSE")
    assert strip_accents(fold("É")) == "e"
    assert plain("a\u2019b\u2011c") == "a'b-c"
    assert visible(" \u200b\x07 ") == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the best way to keep it", "en"),
        ("las sobras de la cena con arroz", "es"),
        ("não é para você", "pt"),
        ("die Kette ist nicht sauber", "de"),
        ("les restes dans le frigo", "fr"),
        ("यह रेसिपी है", "hi"),
        ("今日の手帳", "ja"),
        ("자전거 수리", "ko"),
        ("очень вкусно", "ru"),
    ],
)
def test_languages_are_told_by_script_and_small_words(text: str, language: str) -> None:
    assert detect(folded(text)) == language


def test_a_text_without_small_words_is_in_the_likely_language() -> None:
    assert detect(["einvoicing"], likely=("de", "en")) == "de"
    assert detect([]) == "en"


def test_stems_join_word_forms_and_leave_short_words_alone() -> None:
    assert stem("invoices", "en") == stem("invoicing", "en")
    assert stem("uses", "xx") == "uses"
    assert stem("ai", "en") == "ai"
    assert stem("4ks", "en") == "4ks"
    assert stem("recipes", "hi") == stem("recipe", "en")


def test_scripts_without_spaces_are_cut_into_pieces() -> None:
    assert pieces("万年筆のインク") == ["万年", "年筆", "インク"]
    assert pieces("ทดส") == ["ทด", "ดส"]
