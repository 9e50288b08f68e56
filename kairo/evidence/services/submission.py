"""Stores the evidence items that a client sends in one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kairo.core.errors import BrandArchived, Invalid, KairoError
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.db.sql import retry_transaction
from kairo.evidence.enums import IngestOutcome, OnIngestError
from kairo.evidence.importing.ingest_records import IngestedRecord, IngestReport, ingest
from kairo.evidence.importing.jsonl import RawRecord

MAX_ITEMS = 500


class EvidenceRejected(KairoError):
    """At least one item was rejected, and the caller asked for all or nothing."""

    code = "EVIDENCE_REJECTED"

    def __init__(self, *, rejected: Sequence[IngestedRecord], total: int) -> None:
        self.rejected = tuple(rejected)
        super().__init__(f"{len(rejected)} of {total} items were rejected, so none was stored.")


@retry_transaction
def submit(
    *,
    caller: Caller,
    brand_id: UUID,
    items: Sequence[Mapping[str, object]],
    on_error: OnIngestError,
    now: datetime,
) -> IngestReport:
    """Stores the items in one transaction and returns the outcome of each, by its index from 0.

    The number of SQL statements does not depend on the number of items.

    Raises:
        NotFound: the brand does not exist for this caller.
        BrandArchived
        Invalid: there are more than `MAX_ITEMS`.
        EvidenceRejected: an item is invalid, with `OnIngestError.ABORT`; nothing is stored.
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    if brand.archived_at is not None:
        raise BrandArchived(to="store posts")
    if len(items) > MAX_ITEMS:
        raise Invalid(f"At most {MAX_ITEMS} items are accepted in one call; there are {len(items)}.", field="items")
    with transaction.atomic():
        report = ingest(brand_id=brand.id, records=map(RawRecord, range(len(items)), items), now=now)
        rejected = [record for record in report.records if record.outcome == IngestOutcome.REJECTED]
        if rejected and on_error == OnIngestError.ABORT:
            raise EvidenceRejected(rejected=rejected, total=len(items))
    return report
