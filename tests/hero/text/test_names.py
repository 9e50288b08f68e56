from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from kairo.hero.text.names import without_accounts, without_names
from kairo.hero.text.unwanted import (
    accounts_in,
)
from tests.hero.text.strategies import TEXTS as _TEXTS


@settings(max_examples=200, deadline=None)
@given(_TEXTS, st.lists(st.text(alphabet="aikKsSé.-@_ のıİſ", max_size=3), max_size=3))
def test_names_are_removed_as_by_a_pattern(text: str, names: list[str]) -> None:
    assert without_names(text, names) == _without_by_pattern(text, names)


def _without_by_pattern(text: str, names: Sequence[str]) -> str:
    lowered = text.casefold()
    present = {name for given in names if (name := given.strip()) and name.casefold() in lowered}
    for name in sorted(present, key=lambda one: (-len(one), one)):
        edge = r"(?<![\w./])" if name[:1].isalnum() else ""
        end = r"(?![A-Za-z0-9_/]|[.\-]\w)" if name[-1:].isascii() else ""
        text = re.sub(rf"{edge}{re.escape(name)}{end}", " … ", text, flags=re.IGNORECASE)
    return text


def test_names_and_accounts_are_removed_as_whole_words() -> None:
    assert "Ninety" not in without_names("Quote in Ninety starts", ["quote in ninety"])
    assert without_names("Repairs", ["Repair"]) == "Repairs"
    assert "44" not in without_accounts("@papa.44 says", ["papa.44"])
    assert "24" not in without_accounts("@camp_24さんは", ["camp_24"])
    assert accounts_in(without_accounts("@ann.fake", ["ann"])) == ["ann.fake"]
