"""Each usability gate at its boundary."""

from __future__ import annotations

from dataclasses import replace

from kairo.hero.enums import GateCode
from tests.hero.builders import plain_evidence, post
from tests.hero.gates.evidence import codes, spread, with_first


def test_text_length_gate_needs_four_captions_of_thirty_characters() -> None:
    long = [replace(item, text_primary=f"{index}" * 30) for index, item in enumerate(plain_evidence())]
    short = [replace(item, text_primary=f"{index}" * 29) for index, item in enumerate(long)]
    assert codes([*long[:4], *short[4:]]) == []
    assert codes([*long[:3], *short[3:]]) == [GateCode.INSUFFICIENT_TEXT_LENGTH]


def test_author_gate_needs_three_distinct_authors() -> None:
    authors = ["anna", "Anna", "ben", "ben", "", "", "anna", "ben"]
    two = [replace(item, author_ref=author) for item, author in zip(plain_evidence(), authors, strict=True)]
    assert codes(two) == [GateCode.INSUFFICIENT_AUTHOR_DIVERSITY]
    assert codes([replace(two[0], author_ref="cleo"), *two[1:]]) == []


def test_url_gate_needs_six_distinct_links() -> None:
    assert codes(with_first(2, plain_evidence(), canonical_url="")) == []
    assert codes(with_first(3, plain_evidence(), canonical_url="")) == [GateCode.INSUFFICIENT_URL_DIVERSITY]


def test_duplicate_gate_allows_one_in_five_items_to_repeat_another() -> None:
    ten = plain_evidence(10)
    again = [
        replace(ten[0], id=post(f"again-{n}", "").id, canonical_url=f"https://again.example/{n}") for n in range(3)
    ]
    assert codes([*ten[:8], *again[:2]]) == []
    assert codes([*ten[:7], *again]) == [GateCode.TOO_MANY_DUPLICATES]


def test_duplicate_gate_holds_with_forty_distinct_posts() -> None:
    distinct = spread(40)
    again = [replace(distinct[n % 40], id=post(f"again-{n}", "").id) for n in range(60)]
    assert codes([*distinct, *again]) == []
    assert codes([*distinct[:39], *(item for item in again if item.text_primary != distinct[39].text_primary)]) == [
        GateCode.TOO_MANY_DUPLICATES
    ]


def test_content_gate_holds_with_forty_posts_that_have_content() -> None:
    hundred = spread(100)
    assert codes(with_first(60, hundred, text_primary="")) == []
    assert codes(with_first(61, hundred, text_primary="")) == [GateCode.INSUFFICIENT_CONTENT]


def test_content_gate_needs_three_in_five_items() -> None:
    twenty = plain_evidence(20)
    assert codes(with_first(8, twenty, text_primary="", has_transcript=False)) == []
    assert codes(with_first(9, twenty, text_primary="", has_transcript=False)) == [GateCode.INSUFFICIENT_CONTENT]
    assert codes(with_first(9, twenty, text_primary="", has_transcript=True)) == []
