"""Django choices whose values are described where they are declared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from django.db.models import TextChoices


@dataclass(frozen=True, slots=True)
class Choice:
    """A stored value, and the sentence about it that the API's documentation shows."""

    value: str
    description: str


class DescribedChoices(TextChoices):
    """Choices whose members are declared as a `Choice`, followed by a label where Django's default does not fit.

    GraphQL shows a subclass's docstring as the enum's description.
    """

    description: str

    def __new__(cls, choice: Choice | str) -> Self:
        # mypy takes a lookup by value, `Platform("web")`, for a call of this method: hence `str`.
        assert isinstance(choice, Choice)
        member = str.__new__(cls, choice.value)
        member._value_ = choice.value
        member.description = choice.description
        return member
