from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairo.hero.text.model_speech import EXPRESSIONS, REQUIRED_SUBSTRINGS


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_model_speech_matches_contain_a_required_substring(expression: str) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.from_regex(expression))
    def check(text: str) -> None:
        found = re.search(expression, text)
        assert found is not None
        assert any(letters in found.group() for letters in REQUIRED_SUBSTRINGS)

    check()
