from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairo.core.brand_input import BRAND, CAMPAIGN, PERSONA, PILLAR, read
from kairo.core.enums import Channel
from kairo.core.errors import Invalid


def paths(fields: Any, **values: Any) -> list[tuple[str, ...]]:
    with pytest.raises(Invalid) as error:
        read(fields, values)
    return [issue.path for issue in error.value.issues]


def test_texts_are_cleaned_and_lists_deduplicated() -> None:
    assert read(
        BRAND,
        {
            "slug": "brine-1_B",
            "name": " Bri\0ne \n & Co ",
            "positioning": "First\r\nsecond\ud800\x07",
            "tone_tags": ["warm", " warm ", "", "\0", "dry"],
            "channels": [Channel.X, Channel.NEWSLETTER, Channel.X],
            "languages": ["EN", "pt-br", "zh-hant", "en"],
            "handles": [" @brine ", "brine", "@", "brine.tv"],
            "product_names": [" Jar  One ", "", "Jar One"],
            "competitor_handles": ["@loaf", "loaf", "@", "crust"],
        },
    ) == {
        "slug": "brine-1_B",
        "name": "Brine & Co",
        "positioning": "First\nsecond\ufffd",
        "tone_tags": ["warm", "dry"],
        "channels": ["x", "newsletter"],
        "languages": ["en", "pt-BR", "zh-Hant"],
        "handles": ["brine", "brine.tv"],
        "product_names": ["Jar One"],
        "competitor_handles": ["loaf", "crust"],
    }


def test_null_clears_optional_fields_only() -> None:
    assert read(BRAND, {"positioning": None, "taboos": None, "channels": None, "languages": None}) == {
        "positioning": "", "taboos": [], "channels": [], "languages": [],
    }  # fmt: skip
    assert read(BRAND, {"taboo_terms": None, "handles": None, "product_names": None}) == {
        "taboo_terms": {}, "handles": [], "product_names": [],
    }  # fmt: skip
    assert paths(BRAND, slug=None, name=None) == [("slug",), ("name",)]
    assert paths(PILLAR, rank=None) == [("rank",)]
    assert paths(CAMPAIGN, starts=None, ends=None) == [("starts",), ("ends",)]


def test_issues_are_reported_all_at_once_with_their_paths() -> None:
    error = paths(
        BRAND,
        slug="no spaces",
        name="x" * 201,
        tone_tags=["fine", "x" * 101, "fine", "y" * 101],
        languages=["en", "english!", "x" * 17],
        taboos=["x"] * 501,
    )
    assert [".".join(path) for path in error] == [
        "slug", "name", "tone_tags.1", "tone_tags.3", "taboos", "languages.1", "languages.2",
    ]  # fmt: skip


def test_taboo_terms_become_synonyms_by_term() -> None:
    terms = [
        {"term": " crash\0 diet", "synonyms": ["starving", " starving ", "", "crash diet"]},
        {"term": "vape", "synonyms": None},
        {"term": "crash diet", "synonyms": ["hunger cure"]},
        {"term": " ", "synonyms": [""]},
    ]
    assert read(BRAND, {"taboo_terms": terms}) == {
        "taboo_terms": {"crash diet": ["starving", "hunger cure"], "vape": []}
    }


def test_issues_of_taboo_terms_have_their_paths() -> None:
    terms = [
        {"term": "x" * 201, "synonyms": ["fine", "x" * 201]},
        {"term": "", "synonyms": ["lost"]},
        {"term": "x" * 200, "synonyms": ["x"] * 501},
    ]
    assert [".".join(path) for path in paths(BRAND, taboo_terms=terms)] == [
        "taboo_terms.0.term", "taboo_terms.0.synonyms.1", "taboo_terms.1.term", "taboo_terms.2.synonyms",
    ]  # fmt: skip
    assert paths(BRAND, taboo_terms=[{"term": f"term {n}"} for n in range(501)]) == [("taboo_terms",)]


@pytest.mark.parametrize(("each", "fits"), [(250, True), (251, False)])
def test_synonym_limit_counts_all_taboos(each: int, fits: bool) -> None:
    terms = [{"term": term, "synonyms": [f"{term} {n}" for n in range(each)]} for term in ("one", "two")]
    if fits:
        assert len(read(BRAND, {"taboo_terms": terms})["taboo_terms"]["two"]) == each
    else:
        assert paths(BRAND, taboo_terms=terms) == [("taboo_terms",)]


@pytest.mark.parametrize(
    ("taboos", "fits"), [(["vape", "smoke "], True), (["vape"], False), (["vape", "smoke", "x"], False), (None, False)]
)
def test_taboos_and_taboo_terms_must_agree(taboos: list[str] | None, fits: bool) -> None:
    values = {"taboos": taboos, "taboo_terms": [{"term": "smoke"}, {"term": "vape", "synonyms": ["e-cig"]}]}
    if fits:
        assert read(BRAND, values)["taboo_terms"] == {"smoke": [], "vape": ["e-cig"]}
    else:
        assert paths(BRAND, **values) == [("taboo_terms",)]


def test_issues_are_limited_to_twenty() -> None:
    assert len(paths(BRAND, tone_tags=["x" * 101] * 500)) == 20


@pytest.mark.parametrize("name", ["", "  \n", "\0", "\u200b", "\u00ad\u2060", "\u202e"])
def test_name_needs_a_visible_character(name: str) -> None:
    assert paths(PERSONA, name=name) == [("name",)]


@pytest.mark.parametrize("slug", ["", "a b", "ä", "a/b", "x" * 65, "a\n", "\0", "\ud800"])
def test_slug_is_ascii(slug: str) -> None:
    assert paths(BRAND, slug=slug) == [("slug",)]


@pytest.mark.parametrize(("rank", "fits"), [(-1, False), (0, True), (32_767, True), (32_768, False)])
def test_rank_fits_its_column(rank: int, fits: bool) -> None:
    if fits:
        assert read(PILLAR, {"rank": rank}) == {"rank": rank}
    else:
        assert paths(PILLAR, rank=rank) == [("rank",)]


def test_dates_are_kept() -> None:
    assert read(CAMPAIGN, {"starts": date(2026, 1, 2)}) == {"starts": date(2026, 1, 2)}


SHORT = st.text(max_size=60)  # composing a text can make it three times as long, and 200 are kept


@settings(deadline=None)
@given(st.lists(SHORT), SHORT)
def test_reading_is_idempotent_on_accepted_values(terms: list[str], text: str) -> None:
    values = {"keywords": terms, "summary": text, "role": text}
    once = read(PERSONA, values)
    assert read(PERSONA, once) == once
    stored = [*once["keywords"], once["summary"], once["role"]]
    assert not any("\0" in part or any("\ud800" <= letter <= "\udfff" for letter in part) for part in stored)
