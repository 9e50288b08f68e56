from __future__ import annotations

from typing import Any

from django.db.models import Field, Model

_NOT_INPUT = {"archived_at", "is_active", "taboo_synonyms"}  # changed by operations of their own


def input_fields(model: type[Model]) -> dict[str, Field[Any, Any]]:
    """The columns of a brand or a part that a caller or a brands file may set, by name, in the model's order.

    A column that is added to the model is accepted by the API's services and by the import without further code.
    """
    return {
        field.name: field
        for field in model._meta.concrete_fields
        if field.editable and not field.is_relation and field.name not in _NOT_INPUT
    }


def max_length_of(field: Field[Any, Any]) -> int:
    assert field.max_length is not None, field
    return field.max_length
