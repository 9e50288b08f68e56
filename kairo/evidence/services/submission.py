"""Posts that a client sends in one call."""

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
    """The caller wanted all of the records stored or none, and these ones cannot be."""

    code = "EVIDENCE_REJECTED"

    def __init__(self, *, rejected: Sequence[IngestedRecord], of: int) -> None:
        self.rejected = tuple(rejected)
        super().__init__(f"{len(rejected)} of {of} items were rejected, so none was stored.")


@retry_transaction
def submit(
    *,
    caller: Caller,
    brand_id: UUID,
    items: Sequence[Mapping[str, object]],
    on_error: OnIngestError,
    now: datetime,
) -> IngestReport:
    """Stores the items, records of the documented schema counted from 0, in one transaction; what became of each.

    The number of SQL statements does not depend on how many there are.

    Raises:
        NotFound: the brand does not exist for this caller.
        BrandArchived: the brand takes nothing in.
        Invalid: there are more than `MAX_ITEMS`.
        EvidenceRejected: with `OnIngestError.ABORT`, when there is a fault in any item; nothing is stored.
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    if brand.archived_at is not None:
        raise BrandArchived(to="store posts")
    if len(items) > MAX_ITEMS:
        raise Invalid(f"At most {MAX_ITEMS} items are taken in one call; there are {len(items)}.", field="items")
    with transaction.atomic():
        report = ingest(brand_id=brand.id, records=map(RawRecord, range(len(items)), items), now=now)
        rejected = [record for record in report.records if record.outcome == IngestOutcome.REJECTED]
        if rejected and on_error == OnIngestError.ABORT:
            raise EvidenceRejected(rejected=rejected, of=len(items))
    return report
