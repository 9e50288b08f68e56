from __future__ import annotations

import pytest

from kairo.core import errors
from kairo.core.errors import Conflict, Invalid, Issue, KairoError, NotFound


def test_invalid_because_takes_message_and_field_of_the_first_issue() -> None:
    issues = [Issue(("handles", "3"), "Too long."), Issue(("name",), "Missing.")]
    error = Invalid.because(issues)
    assert (str(error), error.field, error.issues) == ("Too long.", "handles", tuple(issues))


def test_invalid_without_a_field_has_one_issue_without_a_path() -> None:
    assert Invalid("No.").issues == (Issue((), "No."),)
    assert Invalid("No.", field="name").issues == (Issue(("name",), "No."),)


def test_not_found_does_not_contain_the_id() -> None:
    assert str(NotFound(noun="Brand")) == "Brand not found."


ERRORS = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, KairoError)]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_codes_are_upper_case_and_conflicts_have_their_own(error: type[KairoError]) -> None:
    assert error.code.replace("_", "").isalpha()
    assert error.code.isupper()
    if issubclass(error, Conflict) and error is not Conflict:
        assert error.code != Conflict.code
