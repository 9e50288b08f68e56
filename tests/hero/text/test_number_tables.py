from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairo.hero.text.number_tables import PARTS_OF_A_WHOLE, SCRIPT_OF_PARTS, SUBSTRINGS_OF_PARTS


@pytest.mark.parametrize("expression", PARTS_OF_A_WHOLE)
def test_number_parts_contain_a_required_substring(expression: str) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.from_regex(expression))
    def check(text: str) -> None:
        found = re.search(expression, text)
        assert found is not None
        part = found.group()
        assert any(letters in part for letters in SUBSTRINGS_OF_PARTS) or re.search(SCRIPT_OF_PARTS, part)

    check()
