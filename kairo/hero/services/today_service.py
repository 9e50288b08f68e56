"""What the API asks about Today: read the board, ask for a new one, follow its job."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kairo.core.enums import JobTrigger
from kairo.core.errors import BrandArchived, NotFound
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.db.sql import retry_transaction
from kairo.db.tenant_scope import new_snapshot
from kairo.hero import cache
from kairo.hero.boards import brand_snapshot, rendering
from kairo.hero.boards.previous_board import last_ready_board
from kairo.hero.dto import (
    BrandSnapshotDTO,
    EvidenceShortfallDTO,
    GenerationJobDTO,
    RegenerateResponseDTO,
    TodayBoardDTO,
    TodayBoardMetaDTO,
)
from kairo.hero.enums import GenerationErrorCode, TodayBoardState
from kairo.hero.gates import remediation
from kairo.hero.gates.evidence_figures import evidence_shortfall
from kairo.hero.gates.thresholds import EVIDENCE_CAP, MIN_EVIDENCE_ITEMS
from kairo.hero.generation import evidence_window
from kairo.hero.jobs import queue
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob
from kairo.hero.models.board_content import board_meta
from kairo.hero.services.today_rows import TodayRows, today_rows
from kairo.observability import metrics

USER_PRIORITY = 10
FIRST_RUN_PRIORITY = 5


def get_today_board(*, caller: Caller, brand_id: UUID) -> TodayBoardDTO:
    """The brand's board in whatever state it is. Reads at most three SQL statements when it is ready, none on a
    cache hit.

    Nothing is written, with one exception: the first reading of a brand that has enough evidence, no board and
    no active job enqueues its first generation.

    Raises:
        NotFound: the brand does not exist for this caller.
        BrokenReference: the stored board names rows that are not there.
    """
    lookup = cache.get(brand_id)
    if lookup.board is not None and lookup.board.brand.tenant_id == caller.tenant_id:
        return replace(lookup.board, meta=replace(lookup.board.meta, cache_hit=True))
    new_snapshot()  # what is put under the epoch may be no older than the epoch
    rows = today_rows(access.brands(caller=caller), brand_id=brand_id)
    if rows is None:
        raise NotFound(noun="Brand")
    return _derive(rows, epoch=lookup.epoch)


def derived_today_board(*, caller: Caller, brand_id: UUID) -> TodayBoardDTO | None:
    """The brand's board while it is one that is not stored: not generated yet, generating or overdue; else None.

    Never starts a generation: where a first one is due, there is no board to tell of until somebody reads Today.

    Raises:
        BrokenReference: the previous board, shown meanwhile, names rows that are not there.
    """
    rows = today_rows(access.brands(caller=caller), brand_id=brand_id)
    if rows is None or (rows.active_job is None and rows.latest_board is not None):
        return None
    if rows.active_job is None:
        brand, archived = brand_snapshot.named(rows.brand), rows.brand.archived_at is not None
        shortfall = _shortfall(brand, archived=archived, as_of=rows.now)
        if not archived and not _few(shortfall):
            return None
        return _not_generated_yet(brand, shortfall, archived=archived, as_of=rows.now)
    return _derive(rows, epoch=None)


@retry_transaction
def regenerate_today_board(
    *,
    caller: Caller,
    brand_id: UUID,
    idempotency_key: str | None = None,
    request_id: str = "",
    wait_s: float = 0,
) -> RegenerateResponseDTO:
    """Asks for a new board. A brand has one active job at most: while there is one, it is the answer.

    A new job begins after `wait_s`, or when its wait is over before (`queue.wait_is_over`).

    Raises:
        NotFound: the brand does not exist for this caller.
        BrandArchived: the brand is archived, and no job is the answer.
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    with transaction.atomic():
        job, created = queue.enqueue(
            brand_id=brand.id,
            trigger=JobTrigger.USER,
            priority=USER_PRIORITY,
            idempotency_key=idempotency_key,
            request_id=request_id,
            wait_s=wait_s,
        )
    return RegenerateResponseDTO(job=job.to_dto(), created=created)


def _derive(rows: TodayRows, *, epoch: str | None) -> TodayBoardDTO:
    """The state machine of domain.md, from what the database holds at one moment."""
    brand = brand_snapshot.named(rows.brand)
    if rows.active_job is not None:
        if rows.active_job.deadline_at <= rows.now:
            return _overdue(brand, rows.active_job, as_of=rows.now)
        return _generating(brand, rows.active_job, rows.latest_board, as_of=rows.now)
    if rows.latest_board is not None:
        return _stored(brand, rows.latest_board, now=rows.now, epoch=epoch)
    return _before_the_first(brand, archived=rows.brand.archived_at is not None, as_of=rows.now)


def _stored(brand: BrandSnapshotDTO, latest: OpportunitiesBoard, *, now: datetime, epoch: str | None) -> TodayBoardDTO:
    shown = rendering.shown(latest, brand=brand, now=now)
    if shown.board.state == TodayBoardState.READY:
        cache.put(shown.board, epoch=epoch, for_at_most=shown.changes_at - now if shown.changes_at else None)
    return shown.board


def _generating(
    brand: BrandSnapshotDTO, job: OpportunitiesJob, latest: OpportunitiesBoard | None, *, as_of: datetime
) -> TodayBoardDTO:
    """The job, and the last ready board's ideas, marked stale, so that a screen never goes blank."""
    if latest is not None and latest.state != TodayBoardState.READY:
        latest = last_ready_board(brand_id=brand.id)
    before = rendering.shown(latest, brand=brand, now=as_of).board if latest is not None else None
    return generating(brand, job.to_dto(), before, as_of=as_of)


def generating(
    brand: BrandSnapshotDTO, job: GenerationJobDTO, before: TodayBoardDTO | None, *, as_of: datetime
) -> TodayBoardDTO:
    """Today while the job makes a board; `before` is the last ready one."""
    opportunities = before.opportunities if before is not None else ()
    mentions = before.brand_mentions if before is not None else ()
    return TodayBoardDTO(
        board_id=None,
        brand=brand,
        as_of=as_of,
        meta=board_meta(
            state=TodayBoardState.GENERATING,
            ready_reason=None,
            generated_at=before.meta.generated_at if before is not None else None,
            opportunities=opportunities,
        ),
        opportunities=opportunities,
        counted=before.counted if before is not None else (),
        brand_mentions=mentions,
        job=job,
        stale=bool(opportunities or mentions),
    )


def _overdue(brand: BrandSnapshotDTO, job: OpportunitiesJob, *, as_of: datetime) -> TodayBoardDTO:
    """A job past its deadline is an error to whoever reads, even when no worker lives to write that down."""
    metrics.count("today_board_overdue")
    return TodayBoardDTO(
        board_id=None,
        brand=brand,
        as_of=as_of,
        meta=TodayBoardMetaDTO(state=TodayBoardState.ERROR),
        job=job.to_dto(),
        remediation=remediation.for_overdue(),
        error_code=GenerationErrorCode.STUCK_JOB_TIMEOUT,
        retryable=True,
    )


@retry_transaction
def _before_the_first(brand: BrandSnapshotDTO, *, archived: bool, as_of: datetime) -> TodayBoardDTO:
    shortfall = _shortfall(brand, archived=archived, as_of=as_of)
    if archived or _few(shortfall):
        return _not_generated_yet(brand, shortfall, archived=archived, as_of=as_of)
    try:
        with transaction.atomic():
            job, _ = queue.enqueue(brand_id=brand.id, trigger=JobTrigger.FIRST_RUN, priority=FIRST_RUN_PRIORITY)
    except BrandArchived:  # since it was read
        shortfall = _shortfall(brand, archived=True, as_of=as_of)
        return _not_generated_yet(brand, shortfall, archived=True, as_of=as_of)
    return _generating(brand, job, None, as_of=as_of)


def _shortfall(brand: BrandSnapshotDTO, *, archived: bool, as_of: datetime) -> EvidenceShortfallDTO:
    """How far the brand is from a first board: one SQL statement, which reads no texts.

    Of a brand that is to get a board, only as many posts are read as a first board needs: with these there is no
    shortfall to show. Posts by the brand itself, which do not count, may stand before them.
    """
    most = EVIDENCE_CAP if archived or brand.handles else MIN_EVIDENCE_ITEMS
    return evidence_shortfall(evidence_window.window_posts(brand_id=brand.id, as_of=as_of, most=most), brand=brand)


def _few(shortfall: EvidenceShortfallDTO) -> bool:
    return shortfall.found_items < shortfall.required_items


def _not_generated_yet(
    brand: BrandSnapshotDTO, shortfall: EvidenceShortfallDTO, *, archived: bool, as_of: datetime
) -> TodayBoardDTO:
    return TodayBoardDTO(
        board_id=None,
        brand=brand,
        as_of=as_of,
        meta=TodayBoardMetaDTO(state=TodayBoardState.NOT_GENERATED_YET),
        remediation=(
            remediation.for_archived() if archived else remediation.for_few_items(found=shortfall.found_items)
        ),
        evidence_shortfall=shortfall,
    )
