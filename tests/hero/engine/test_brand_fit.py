"""Whose business posts are: a pillar's, or of a burst with a name that no keyword list knows yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from kairo.core.enums import OpportunityType
from kairo.hero.engine.brand_fit import ThemeMatches
from kairo.hero.engine.brand_words import brand_words
from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.engine.bursts import Burst
from kairo.hero.engine.tokenized_posts import TokenizedPost, tokenize_post
from kairo.hero.ports import SynthesisRequest
from tests.hero.builders import AS_OF, brand, persona, pillar, plain_evidence, post

BRAND = brand(
    positioning="Hand tools for people with a small workshop.",
    pillars=(pillar("Repair at home", "repair"),),
    personas=(persona("Weekend maker", "beginner", "small bench"),),
)
PLAIN, OF_PERSONA, OF_TRADE = "Spoon oil is here", "Spoon oil for a beginner", "Spoon oil in every workshop"


def members(*texts: str) -> list[TokenizedPost]:
    return [tokenize_post(post(f"p{place}", text, author=f"a{place}")) for place, text in enumerate(texts)]


def near(texts: Sequence[str], *, authors: int = 0) -> bool:
    burst = Burst(timedelta(days=3), authors, authors, 0, 0.1, 0.001) if authors else None
    posts = members(*texts)
    matches = ThemeMatches(brand_words(BRAND), posts)
    assert not matches.is_on_brand(posts)
    return matches.is_near_brand(posts, burst=burst)


@pytest.mark.parametrize(
    ("texts", "authors", "expected"),
    [
        ([OF_PERSONA] * 2 + [PLAIN] * 2, 4, True),
        ([OF_PERSONA] * 2 + [PLAIN] * 3, 4, False),
        ([OF_PERSONA] * 2 + [PLAIN] * 2, 0, False),
        ([OF_PERSONA] * 2 + [OF_TRADE] * 2 + [PLAIN] * 6, 10, True),
        ([OF_PERSONA] * 2 + [OF_TRADE] * 1 + [PLAIN] * 7, 10, False),
        ([OF_PERSONA] * 1 + [OF_TRADE] * 5 + [PLAIN] * 4, 10, False),
        ([OF_PERSONA] * 2 + [OF_TRADE] * 2 + [PLAIN] * 6, 4, False),
        (["Oil on a small bench"] * 3 + [PLAIN], 0, True),
        (["Oil on a small bench"] * 2 + [PLAIN], 0, False),
    ],
)
def test_near_brand_needs_a_persona_and_a_burst(texts: list[str], authors: int, expected: bool) -> None:
    assert near(texts, authors=authors) is expected


def test_near_brand_burst_becomes_an_opportunity() -> None:
    texts = [
        "Toe straps for a beginner, at last",
        "My toe straps came today",
        "Toe straps changed my carving, beginner or not",
        "Why everybody clamps with toe straps now",
        "Toe straps: ten minutes in the workshop",
        "Carved all day with toe straps",
    ]
    told = [post(f"s{place}", text, author=f"t{place}", hours_ago=5.0 + 9 * place) for place, text in enumerate(texts)]
    usual = [post(f"u{item.external_id}", f"{item.text_primary} in a workshop", author=f"u{place}", hours_ago=400.0)
             for place, item in enumerate(plain_evidence(9))]  # fmt: skip
    request = SynthesisRequest(as_of=AS_OF, brand=BRAND, evidence=(*told, *usual))
    ideas = BuiltinSynthesizer().synthesize(request).candidates
    assert [idea.type for idea in ideas if "toe strap" in idea.title.lower()] == [OpportunityType.TREND]
