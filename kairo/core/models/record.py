from __future__ import annotations

from typing import Any

from django.db import connections, models, router, transaction
from django.db.models.functions import Now

from kairo.core.ids import new_id


class Record(models.Model):
    """Abstract base of the models: a time-ordered UUID key, and timestamps by the database's clock."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


class OwnerRecord(Record):
    """Abstract base of models whose rows own rows that refer to each other: `delete` defers those checks to commit."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using):
            # The cascade deletes boards, opportunities and evidence items in Django's order, which violates the
            # reference checks until it is complete.
            with connections[using].cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return super().delete(*args, **kwargs)
