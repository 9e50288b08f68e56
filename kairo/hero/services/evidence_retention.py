"""Posts that were stored long ago go, unless an idea or a board still names them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models.functions import Now

from kairo.core.models import Brand
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.services.evidence_deletion import delete_unnamed, namers


def prune_evidence(*, older_than: timedelta, batch: int) -> int:
    """Deletes posts whose content was stored longer ago and that nothing names, `batch` rows a transaction; how many.

    What somebody is at work on right now stays until the next time.
    """
    return sum(delete_unnamed(brand_id=brand_id, ids=ids) for brand_id, ids in _old(older_than=older_than, batch=batch))


def would_prune_evidence(*, older_than: timedelta, batch: int) -> int:
    """How many `prune_evidence` would delete."""
    return sum(
        len(ids) - len(namers(ids=ids, brand_ids=[brand_id]))
        for brand_id, ids in _old(older_than=older_than, batch=batch)
    )


def _old(*, older_than: timedelta, batch: int) -> Iterator[tuple[UUID, list[UUID]]]:
    """Old posts, some of one brand at a time, each once."""
    for brand_id in list(Brand.objects.order_by("id").values_list("id", flat=True)):
        rows = NormalizedEvidenceItem.objects.filter(brand_id=brand_id, stored_at__lt=Now() - older_than)
        further = rows.order_by("id").values_list("id", flat=True)
        ids = list(further[:batch])
        while ids:
            yield brand_id, ids
            ids = list(further.filter(id__gt=ids[-1])[:batch])
