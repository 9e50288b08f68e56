from __future__ import annotations

from django.db import models

from kairo.core.models import Brand


class BoardRevision(models.Model):
    """The version of a brand's Today. Each transaction that changes what Today shows raises it; it never repeats.

    Only triggers write these rows, so that no writer can omit it (migrations 0008 and 0014). `revision` rises with
    any change of what `todayBoard` shows; `board_revision` only with changes of boards, decisions and evidence items,
    not with those of the brand's columns, its personas' and pillars' names, or its jobs.
    """

    brand = models.OneToOneField(Brand, on_delete=models.DO_NOTHING, primary_key=True, related_name="board_revision")
    revision = models.BigIntegerField()
    board_revision = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.brand_id} at {self.revision}"
