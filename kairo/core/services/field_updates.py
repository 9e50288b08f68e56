from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Model
from django.db.models.functions import Now

from kairo.core.signals import brand_shown_changed


def change(row: Model, facts: Mapping[str, object], *, brand_id: UUID) -> None:
    """Brings a locked row of a brand, and the object at hand, to these values; nothing is told or written without need.

    Told first, written then: a job that is ending holds its own row while it waits for the brand's rows, and so must
    whoever changes these, or the two wait for each other.
    """
    differing = {field: value for field, value in facts.items() if getattr(row, field) != value}
    if differing:
        brand_shown_changed.send(sender=type(row), brand_id=brand_id)
        type(row)._default_manager.filter(pk=row.pk).update(**differing, updated_at=Now())
        for field, value in differing.items():
            setattr(row, field, value)
