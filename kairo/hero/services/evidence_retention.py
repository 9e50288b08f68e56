"""Deletes old evidence items that no opportunity and no board refers to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models.functions import Now

from kairo.core.models import Brand
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.services.evidence_deletion import delete_unreferenced, references


def prune_evidence(*, older_than: timedelta, batch: int) -> int:
    """Deletes unreferenced evidence items stored before; returns their number. `batch` rows per transaction.

    Skips locked rows: a later run deletes them.
    """
    return sum(
        delete_unreferenced(brand_id=brand_id, ids=ids) for brand_id, ids in _old(older_than=older_than, batch=batch)
    )


def would_prune_evidence(*, older_than: timedelta, batch: int) -> int:
    """The number of items that `prune_evidence` would delete."""
    return sum(
        len(ids) - len(references(ids=ids, brand_ids=[brand_id]))
        for brand_id, ids in _old(older_than=older_than, batch=batch)
    )


def _old(*, older_than: timedelta, batch: int) -> Iterator[tuple[UUID, list[UUID]]]:
    """Yields the ids of old items in batches of one brand, each id once."""
    for brand_id in list(Brand.objects.order_by("id").values_list("id", flat=True)):
        rows = NormalizedEvidenceItem.objects.filter(brand_id=brand_id, stored_at__lt=Now() - older_than)
        further = rows.order_by("id").values_list("id", flat=True)
        ids = list(further[:batch])
        while ids:
            yield brand_id, ids
            ids = list(further.filter(id__gt=ids[-1])[:batch])
