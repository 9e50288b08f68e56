"""Posts go when nothing names them: no idea, and no idea on a board that is still stored.

A brand mention keeps no post: a mention whose post has gone shows those that remain.
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
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.enums import DeleteOutcome

MOST_AT_ONCE = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Namers:
    """What names a post."""

    opportunity_ids: tuple[UUID, ...] = ()
    board_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DeletedEvidence:
    """What became of one post; with `DeleteOutcome.NAMED`, by whom it is named."""

    outcome: DeleteOutcome
    named_by: Namers = Namers()


def delete_evidence(*, caller: Caller, ids: Sequence[UUID | None]) -> list[DeletedEvidence]:
    """Deletes those of the caller's posts that nothing names; what became of each, in the order given. None is no id.

    Raises:
        Invalid: there are more than `MOST_AT_ONCE`.
    """
    if len(ids) > MOST_AT_ONCE:
        raise Invalid(f"At most {MOST_AT_ONCE} posts are deleted in one call; there are {len(ids)}.", field="ids")
    rows = NormalizedEvidenceItem.objects.filter(
        brand__in=access.brands(caller=caller), id__in=[id_ for id_ in ids if id_]
    )
    return retry_on_serialization_failure(lambda: _deleted(rows.order_by("id").values_list("id", "brand_id"), ids))


def delete_unnamed(*, brand_id: UUID, ids: Collection[UUID]) -> int:
    """Deletes those of a brand's posts that nothing names and nobody else is at work on; how many."""

    def work() -> int:
        with transaction.atomic():
            rows = NormalizedEvidenceItem.objects.filter(brand_id=brand_id, id__in=ids).order_by("id")
            held = set(rows.select_for_update(skip_locked=True).values_list("id", flat=True))
            free = held - namers(ids=held, brand_ids=[brand_id]).keys()
            if free:
                brand_shown_changed.send(sender=NormalizedEvidenceItem, brand_id=brand_id)
            NormalizedEvidenceItem.objects.filter(id__in=free).delete()
        return len(free)

    return retry_on_serialization_failure(work)


def namers(*, ids: Iterable[UUID], brand_ids: Iterable[UUID]) -> dict[UUID, Namers]:
    """By whom these posts of these brands are named, for those that are: two SQL statements."""
    params = {"ids": list(ids), "brands": list(set(brand_ids))}
    ideas: dict[UUID, list[UUID]] = {}
    boards: dict[UUID, list[UUID]] = {}
    for found, sql in ((ideas, _IDEAS), (boards, _BOARDS)):
        for row in fetch(sql, params):
            found.setdefault(row["evidence_id"], []).append(row["namer"])
    return {
        id_: Namers(opportunity_ids=tuple(ideas.get(id_, ())), board_ids=tuple(boards.get(id_, ())))
        for id_ in ideas.keys() | boards.keys()
    }


@transaction.atomic
def _deleted(rows: Iterable[tuple[UUID, UUID]], ids: Sequence[UUID | None]) -> list[DeletedEvidence]:
    # Locked first, looked for then: whoever was naming one of them has ended, and who comes now waits, and is refused.
    held = dict(rows.select_for_update(of=("self",)))  # type: ignore[attr-defined]  # a queryset
    named = namers(ids=held, brand_ids=held.values())
    free = held.keys() - named.keys()
    for brand_id in sorted({held[id_] for id_ in free}):
        brand_shown_changed.send(sender=NormalizedEvidenceItem, brand_id=brand_id)
    NormalizedEvidenceItem.objects.filter(id__in=free).delete()
    return [_outcome(id_, held=held, named=named) for id_ in ids]


def _outcome(id_: UUID | None, *, held: Collection[UUID], named: dict[UUID, Namers]) -> DeletedEvidence:
    if id_ not in held:
        return DeletedEvidence(outcome=DeleteOutcome.NOT_FOUND)
    if id_ in named:
        return DeletedEvidence(outcome=DeleteOutcome.NAMED, named_by=named[id_])
    return DeletedEvidence(outcome=DeleteOutcome.DELETED)


_IDEAS = """
SELECT wanted.id AS evidence_id, o.id AS namer
FROM unnest(%(ids)s::uuid[]) AS wanted(id)
JOIN core_opportunity o ON o.evidence_ids @> ARRAY[wanted.id] AND o.brand_id = ANY (%(brands)s::uuid[])
ORDER BY o.created_at DESC, o.id
"""

# An old board names the posts its ideas had then, which need not be those they have now.
_BOARDS = """
SELECT DISTINCT named.id::uuid AS evidence_id, b.id AS namer
FROM hero_opportunitiesboard b
CROSS JOIN LATERAL jsonb_path_query(b.content, '$.opportunities[*].evidence_ids[*]') AS quoted(id)
CROSS JOIN LATERAL (SELECT quoted.id #>> '{}') AS named(id)
WHERE b.brand_id = ANY (%(brands)s::uuid[]) AND named.id = ANY (%(ids)s::uuid[]::text[])
ORDER BY b.id DESC
"""
