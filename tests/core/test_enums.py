from __future__ import annotations

import pytest
from django.db.models import TextChoices

from kairo.core import enums

ENUMS = [value for value in vars(enums).values() if isinstance(value, type) and issubclass(value, TextChoices)]
DECLARED = [enum for enum in ENUMS if enum.__module__ == enums.__name__]


@pytest.mark.parametrize("enum", DECLARED, ids=lambda enum: enum.__name__)
def test_stored_values_are_the_lower_case_member_names(enum: type[TextChoices]) -> None:
    assert enum.values == [name.lower() for name in enum.names]


@pytest.mark.parametrize("enum", DECLARED, ids=lambda enum: enum.__name__)
def test_members_are_found_by_value_and_equal_their_text(enum: type[TextChoices]) -> None:
    for value in enum.values:
        assert enum(value) == value
        assert str(enum(value)) == value
