from __future__ import annotations

from kairo.hero.text.stems import stem


def test_stems_are_equal_for_inflections_and_keep_short_words() -> None:
    assert stem("invoices", "en") == stem("invoicing", "en")
    assert stem("uses", "xx") == "uses"
    assert stem("ai", "en") == "ai"
    assert stem("4ks", "en") == "4ks"
    assert stem("recipes", "hi") == stem("recipe", "en")
