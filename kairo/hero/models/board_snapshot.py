from __future__ import annotations

from django.db import models

from kairo.core.models import Brand


class BoardSnapshot(models.Model):
    """A brand's newest board as it is shown, ready to be read in one piece: a copy whose loss loses nothing.

    True while `board_revision` is the brand's and `valid_until` has not come; without the latter it does not end by
    itself. `version` is that of `content`, see `kairo.hero.boards.snapshot`.
    """

    brand = models.OneToOneField(Brand, on_delete=models.DO_NOTHING, primary_key=True, related_name="board_snapshot")
    board_revision = models.BigIntegerField()
    valid_until = models.DateTimeField(null=True, blank=True)
    version = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.brand_id} at {self.board_revision}"
