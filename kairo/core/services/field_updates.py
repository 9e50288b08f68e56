from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Model
from django.db.models.functions import Now

from kairo.core.signals import brand_shown_changed


def update_fields(row: Model, values: Mapping[str, object], *, brand_id: UUID) -> None:
    """Updates a locked row of a brand, and the model instance, in the fields that differ; without any, does nothing.

    The signal is sent before the UPDATE, so that locks are taken in the order of a finishing job (job, then brand); the
    other order deadlocks.
    """
    changed = {field: value for field, value in values.items() if getattr(row, field) != value}
    if changed:
        brand_shown_changed.send(sender=type(row), brand_id=brand_id)
        type(row)._default_manager.filter(pk=row.pk).update(**changed, updated_at=Now())
        for field, value in changed.items():
            setattr(row, field, value)
