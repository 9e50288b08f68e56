"""A new board of fresh evidence: the sources are read first, and the board is made however that ends."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from kairo.core.errors import Conflict
from kairo.core.services.access import Caller
from kairo.db.sql import retry_transaction
from kairo.evidence.services import evidence_refresh
from kairo.hero.dto import RegenerateResponseDTO
from kairo.hero.jobs import queue
from kairo.hero.services.today_service import regenerate_today_board


@dataclass(frozen=True, kw_only=True, slots=True)
class FreshBoard:
    """The job that makes the board, and the one that reads the sources before; or why none does."""

    generation: RegenerateResponseDTO
    ingestion_id: UUID | None = None
    not_refreshed: Conflict | None = None


@retry_transaction
def regenerate_with_fresh_evidence(
    *, caller: Caller, brand_id: UUID, idempotency_key: str | None = None, request_id: str = ""
) -> FreshBoard:
    """Asks for a new board that waits until the brand's sources have been read.

    Nobody waits for ever: the generation is due when the ingestion ends, well or not, and at the latest when that
    would have had to end. Where nothing can be read it is due at once. While a generation is active already, it is
    the answer, and nothing is read for it.

    Raises:
        NotFound: the brand does not exist for this caller.
        BrandArchived: the brand is archived, and no job is the answer.
    """
    with transaction.atomic():
        asked = regenerate_today_board(
            caller=caller,
            brand_id=brand_id,
            idempotency_key=idempotency_key,
            request_id=request_id,
            wait_s=settings.INGEST_CEILING_S,
        )
        if not asked.created:
            return FreshBoard(generation=asked)
        try:
            ingestion, made = evidence_refresh.refresh_evidence(
                caller=caller, brand_id=brand_id, awaited_by=asked.job.id, request_id=request_id
            )
        except Conflict as refused:
            queue.wait_is_over(job_id=asked.job.id)
            return FreshBoard(generation=asked, not_refreshed=refused)
        if not made and not evidence_refresh.await_refresh(ingestion_id=ingestion.id, awaited_by=asked.job.id):
            queue.wait_is_over(job_id=asked.job.id)
        return FreshBoard(generation=asked, ingestion_id=ingestion.id)
