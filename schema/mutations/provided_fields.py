from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from strawberry import UNSET

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def provided_fields(data: DataclassInstance, *, exclude: str = "") -> dict[str, object]:
    """The fields that the request provided, null included; UNSET ones and `exclude`, the id's field, are left out."""
    values = {field.name: getattr(data, field.name) for field in fields(data) if field.name != exclude}
    return {name: value for name, value in values.items() if value is not UNSET}
