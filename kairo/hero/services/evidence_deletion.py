"""Deletes evidence items that no opportunity refers to, neither a row nor one on a stored board.

A brand mention protects no evidence item: it shows the items that remain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from kairo.core.errors import Invalid
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.core.signals import brand_shown_changed
from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.evidence.importing import usage
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.enums import DeleteOutcome

MOST_AT_ONCE = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class References:
    """The opportunities and boards that refer to an evidence item."""

    opportunity_ids: tuple[UUID, ...] = ()
    board_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeletedEvidence:
    """The outcome for one evidence item; `named_by` is filled with `DeleteOutcome.NAMED`."""

    outcome: DeleteOutcome
    named_by: References = References()


def delete_evidence(*, caller: Caller, ids: Sequence[UUID | None]) -> list[DeletedEvidence]:
    """Deletes the caller's unreferenced items; returns the outcome of each id, in order. None stands for an invalid id.

    Raises:
        Invalid: `ids` has more than `MOST_AT_ONCE` entries.
    """
    if len(ids) > MOST_AT_ONCE:
        raise Invalid(f"At most {MOST_AT_ONCE} posts are deleted in one call; there are {len(ids)}.", field="ids")
    rows = NormalizedEvidenceItem.objects.filter(
        brand__in=access.brands(caller=caller), id__in=[id_ for id_ in ids if id_]
    )
    return retry_on_serialization_failure(lambda: _deleted(rows.order_by("id").values_list("id", "brand_id"), ids))


def delete_unreferenced(*, brand_id: UUID, ids: Collection[UUID]) -> int:
    """Deletes a brand's items that are unreferenced and not locked by another transaction; returns their number."""

    def work() -> int:
        with transaction.atomic():
            rows = NormalizedEvidenceItem.objects.filter(brand_id=brand_id, id__in=ids).order_by("id")
            locked = set(rows.select_for_update(skip_locked=True).values_list("id", flat=True))
            free = locked - references(ids=locked, brand_ids=[brand_id]).keys()
            if free:
                brand_shown_changed.send(sender=NormalizedEvidenceItem, brand_id=brand_id)
            NormalizedEvidenceItem.objects.filter(id__in=free).delete()
            usage.release(brand_id=brand_id, deleted=len(free))
        return len(free)

    return retry_on_serialization_failure(work)


def references(*, ids: Iterable[UUID], brand_ids: Iterable[UUID]) -> dict[UUID, References]:
    """The references to these items of these brands, without unreferenced items: two SQL statements."""
    params = {"ids": list(ids), "brands": list(set(brand_ids))}
    opportunities: dict[UUID, list[UUID]] = {}
    boards: dict[UUID, list[UUID]] = {}
    for referrers, sql in ((opportunities, _OPPORTUNITIES), (boards, _BOARDS)):
        for row in fetch(sql, params):
            referrers.setdefault(row["evidence_id"], []).append(row["referrer_id"])
    return {
        id_: References(opportunity_ids=tuple(opportunities.get(id_, ())), board_ids=tuple(boards.get(id_, ())))
        for id_ in opportunities.keys() | boards.keys()
    }


@transaction.atomic
def _deleted(rows: Iterable[tuple[UUID, UUID]], ids: Sequence[UUID | None]) -> list[DeletedEvidence]:
    # Locked before the references are read: a transaction that adds a reference has ended, or waits and then fails.
    locked = dict(rows.select_for_update(of=("self",)))  # type: ignore[attr-defined]  # a queryset
    referenced = references(ids=locked, brand_ids=locked.values())
    free = locked.keys() - referenced.keys()
    for brand_id in sorted({locked[id_] for id_ in free}):
        brand_shown_changed.send(sender=NormalizedEvidenceItem, brand_id=brand_id)
    NormalizedEvidenceItem.objects.filter(id__in=free).delete()
    if free:
        usage.release(brand_id=locked[next(iter(free))], deleted=len(free))  # of one tenant, the caller's
    return [_outcome(id_, existing=locked, referenced=referenced) for id_ in ids]


def _outcome(id_: UUID | None, *, existing: Collection[UUID], referenced: dict[UUID, References]) -> DeletedEvidence:
    if id_ not in existing:
        return DeletedEvidence(outcome=DeleteOutcome.NOT_FOUND)
    if id_ in referenced:
        return DeletedEvidence(outcome=DeleteOutcome.NAMED, named_by=referenced[id_])
    return DeletedEvidence(outcome=DeleteOutcome.DELETED)


_OPPORTUNITIES = """
SELECT wanted.id AS evidence_id, o.id AS referrer_id
FROM unnest(%(ids)s::uuid[]) AS wanted(id)
JOIN core_opportunity o ON o.evidence_ids @> ARRAY[wanted.id] AND o.brand_id = ANY (%(brands)s::uuid[])
ORDER BY o.created_at DESC, o.id
"""

# The opportunities of an old board may refer to other items than their rows do now.
_BOARDS = """
SELECT DISTINCT named.id::uuid AS evidence_id, b.id AS referrer_id
FROM hero_opportunitiesboard b
CROSS JOIN LATERAL jsonb_path_query(b.content, '$.opportunities[*].evidence_ids[*]') AS quoted(id)
CROSS JOIN LATERAL (SELECT quoted.id #>> '{}') AS named(id)
WHERE b.brand_id = ANY (%(brands)s::uuid[]) AND named.id = ANY (%(ids)s::uuid[]::text[])
ORDER BY b.id DESC
"""
