"""Regenerates a board after its brand's sources were read; a failed read does not stop the generation."""

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
class Regeneration:
    """The generation job, and the ingestion job that it waits for, or why no source is read."""

    generation: RegenerateResponseDTO
    ingestion_id: UUID | None = None
    refresh_conflict: Conflict | None = None


@retry_transaction
def regenerate_with_fresh_evidence(
    *, caller: Caller, brand_id: UUID, idempotency_key: str | None = None, request_id: str = ""
) -> Regeneration:
    """Enqueues a generation that starts after the brand's sources were read.

    The generation is due when the ingestion ends, even if it failed, and at the latest after INGEST_CEILING_S; at once
    where no source can be read. If a generation is active already, that job is returned and no source is read.

    Raises:
        NotFound: the brand does not exist for this caller.
        BrandArchived: the brand is archived and has no active job.
    """
    with transaction.atomic():
        generation = regenerate_today_board(
            caller=caller,
            brand_id=brand_id,
            idempotency_key=idempotency_key,
            request_id=request_id,
            delay_s=settings.INGEST_DEADLINE_S,
        )
        if not generation.created:
            return Regeneration(generation=generation)
        try:
            ingestion, is_new = evidence_refresh.refresh_evidence(
                caller=caller, brand_id=brand_id, parent_job_id=generation.job.id, request_id=request_id
            )
        except Conflict as conflict:
            queue.make_due(job_id=generation.job.id)
            return Regeneration(generation=generation, refresh_conflict=conflict)
        if not is_new and not evidence_refresh.await_refresh(
            ingestion_id=ingestion.id, parent_job_id=generation.job.id
        ):
            queue.make_due(job_id=generation.job.id)
        return Regeneration(generation=generation, ingestion_id=ingestion.id)
