from __future__ import annotations

from typing import cast

import pytest

from kairo.core.errors import Conflict, Invalid, LimitReached, NotFound, SlugTaken
from schema.context import Info
from schema.types.problem import (
    ConflictHandler,
    InvalidHandler,
    NotFoundHandler,
    ProblemCode,
    conflict_problem,
)

INFO = cast("Info", None)  # no handler reads it


def test_not_found_becomes_not_found_problem() -> None:
    problem = NotFoundHandler().handle(NotFound(noun="Brand"), field=None, info=INFO)
    assert (problem.code, problem.message) == (ProblemCode.NOT_FOUND, str(NotFound(noun="Brand")))


def test_invalid_input_path_is_camel_case_below_input() -> None:
    problem = InvalidHandler().handle(Invalid("Too long.", field="tone_tags"), field=None, info=INFO)
    assert (problem.code, problem.path) == (ProblemCode.INVALID_INPUT, ["input", "toneTags"])
    assert [issue.message for issue in problem.issues] == ["Too long."]


def test_conflict_without_a_field_points_to_the_input() -> None:
    assert conflict_problem(LimitReached("There are as many as there may be.")).path == ["input"]
    problem = ConflictHandler().handle(SlugTaken(), field=None, info=INFO)
    assert (problem.code, problem.path) == (ProblemCode.SLUG_TAKEN, ["input", "slug"])


@pytest.mark.parametrize("conflict", Conflict.__subclasses__(), ids=lambda conflict: conflict.__name__)
def test_every_conflict_has_a_problem_code(conflict: type[Conflict]) -> None:
    assert ProblemCode(conflict.code).name == conflict.code
