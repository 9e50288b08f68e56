from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from strawberry import UNSET

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def provided_fields(asked: DataclassInstance, *, but: str = "") -> dict[str, object]:
    """The fields of an input that the caller mentioned, null included, without the one that says what is meant."""
    values = {field.name: getattr(asked, field.name) for field in fields(asked) if field.name != but}
    return {name: value for name, value in values.items() if value is not UNSET}
