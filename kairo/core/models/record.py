from __future__ import annotations

from typing import Any

from django.db import connections, models, router, transaction
from django.db.models.functions import Now

from kairo.core.ids import new_id


class Record(models.Model):
    """What every row has: a time-ordered UUID key and timestamps by the database's clock."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


class OwnerRecord(Record):
    """A row that owns others which name each other: deleting it checks those references only at commit."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using):
            # The cascade removes boards, opportunities and evidence in an order of Django's choosing; the
            # database's "still named by" checks are deferrable so that only the end result counts.
            with connections[using].cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return super().delete(*args, **kwargs)
