from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Model
from django.db.models.functions import Now


def write_what_differs(row: Model, facts: Mapping[str, object]) -> bool:
    """Brings a locked row, and the object at hand, to these values; whether anything was written."""
    differing = {field: value for field, value in facts.items() if getattr(row, field) != value}
    if differing:
        type(row)._default_manager.filter(pk=row.pk).update(**differing, updated_at=Now())
        for field, value in differing.items():
            setattr(row, field, value)
    return bool(differing)
