from __future__ import annotations

from django.db import models

from kairo.core.models import Brand


class BoardSnapshot(models.Model):
    """A brand's newest board as it shows, encoded. Derived data: where it is missing, readers render the rows.

    Current while `board_revision` is the brand's, and until `valid_until`; None for no end. `version` is the format of
    `content`, see `kairo.hero.boards.snapshot`.
    """

    brand = models.OneToOneField(Brand, on_delete=models.DO_NOTHING, primary_key=True, related_name="board_snapshot")
    board_revision = models.BigIntegerField()
    valid_until = models.DateTimeField(null=True, blank=True)
    version = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.brand_id} at {self.board_revision}"
