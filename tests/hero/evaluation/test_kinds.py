from __future__ import annotations

import pytest

from kairo.hero.evaluation.kinds import NEVER, OTHER_NAMES, PLANTED, STORIES, TYPES_OF_KIND, Kind, read_kind


def test_kinds_are_read_by_value_and_by_other_names() -> None:
    assert [read_kind(kind.value) for kind in Kind] == list(Kind)
    assert {name: read_kind(name) for name in OTHER_NAMES} == OTHER_NAMES


def test_kinds_that_are_unknown_are_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'hype' is no kind of label; there are burst, overlap"):
        read_kind("hype")


def test_kinds_of_stories_have_types_except_old_ones() -> None:
    assert set(TYPES_OF_KIND) == STORIES - {Kind.OLD}
    assert PLANTED <= STORIES
    assert not NEVER & STORIES
