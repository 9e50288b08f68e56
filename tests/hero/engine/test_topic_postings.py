"""A phrase that nearly all posts of a large board hold is how posts are written there, not what they are about."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.ports import SynthesisRequest
from tests.hero.builders import AS_OF, brand, post

TOOLS = ["spokeshave", "marking gauge", "bow saw", "shoulder plane"]
ENDING = ". Blueprint link follows"
DOINGS = ["Sharpening", "Repair of", "Restore", "First look at"]


def posts(number: int, *, signed: int, hours_apart: float) -> list[EvidenceItemDTO]:
    """Posts about four tools in turn, of which the first `signed` end in one sentence; no two are near-copies."""
    return [
        post(
            f"post-{n}",
            f"{DOINGS[n // 4 % 4]} my {TOOLS[n % 4]} for repair, {own_words(n)}{ENDING if n < signed else ''}",
            hours_ago=hours_apart * n + 1,
        )
        for n in range(number)
    ]


def own_words(n: int) -> str:
    """Three words that no other post has."""
    stem = "".join("bcdfghjklm"[int(digit)] + "o" for digit in f"{n:02}")
    return f"{stem}ra {stem}ni {stem}tu"


def concepts(evidence: Sequence[EvidenceItemDTO]) -> list[str]:
    request = SynthesisRequest(as_of=AS_OF, brand=brand(), evidence=tuple(evidence))
    return [idea.concept_key for idea in BuiltinSynthesizer().synthesize(request).candidates]


@pytest.mark.parametrize(("number", "signed"), [(40, 36), (60, 60)])
def test_boilerplate_of_nine_posts_in_ten_is_no_topic_and_takes_no_posts(number: int, signed: int) -> None:
    found = concepts(posts(number, signed=signed, hours_apart=14))
    assert not [concept for concept in found if "blueprint" in concept or "link" in concept]
    for tool in ("spokeshav", "gaug", "bow", "plan"):
        assert [concept for concept in found if tool in concept]


@pytest.mark.parametrize(("number", "signed"), [(39, 39), (40, 35)])
def test_boilerplate_is_not_a_phrase_of_fewer_posts_or_of_a_smaller_board(number: int, signed: int) -> None:
    found = concepts(posts(number, signed=signed, hours_apart=14))
    assert [concept for concept in found if "blueprint" in concept or "link" in concept]


def test_boilerplate_is_not_a_phrase_that_nearly_all_posts_took_up_lately() -> None:
    found = concepts(posts(40, signed=40, hours_apart=4))
    assert [concept for concept in found if "blueprint" in concept or "link" in concept]
