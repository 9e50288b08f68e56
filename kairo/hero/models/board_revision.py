from __future__ import annotations

from django.db import models

from kairo.core.models import Brand


class BoardRevision(models.Model):
    """Which state of a brand's Today the database holds. Every transaction that changes it makes a greater number.

    Triggers write these rows and nothing else does, so no writer can forget to (see the migration). `revision`
    changes with anything that `todayBoard` shows; `board_revision` only with what a stored board shows of itself:
    boards, decisions and posts, but neither the brand's own columns nor its jobs.
    """

    brand = models.OneToOneField(Brand, on_delete=models.DO_NOTHING, primary_key=True, related_name="board_revision")
    revision = models.BigIntegerField()
    board_revision = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.brand_id} at {self.revision}"
