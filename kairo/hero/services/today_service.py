"""Today: derives the board to show from the database's state, and enqueues generations."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction

from kairo.core.enums import JobTrigger
from kairo.core.errors import BrandArchived, NotFound
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.db.failures import database_failure, note_failure
from kairo.db.sql import retry_transaction
from kairo.hero.boards.rendering import RenderedBoard
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
from kairo.hero.models.board_content import board_meta
from kairo.hero.services.today_rows import TodayRows, today_rows
from kairo.observability import metrics

USER_PRIORITY = 10
FIRST_RUN_PRIORITY = 5


def get_today_board(*, caller: Caller, brand_id: UUID) -> TodayBoardDTO:
    """The brand's board in its current state: one SQL statement where its snapshot is current, else at most three.

    Writes nothing, with one exception: for a brand with enough evidence, no board and no active job, it enqueues the
    first generation.

    Raises:
        NotFound: the brand does not exist for this caller.
        BrokenReference: the stored board names rows that do not exist.
    """
    rows = today_rows(caller=caller, brand_id=brand_id)
    if rows is None:
        raise NotFound(noun="Brand")
    rendered = derive(rows)
    return rendered.board if rendered is not None else _before_the_first(rows)


def derived_today_board(*, caller: Caller, brand_id: UUID) -> TodayBoardDTO | None:
    """The brand's board in a state that is not stored: not generated yet, generating or overdue; else None.

    Enqueues nothing; None also where the first generation is due.

    Raises:
        BrokenReference: the previous board, which shows meanwhile, names rows that do not exist.
    """
    rows = today_rows(caller=caller, brand_id=brand_id)
    if rows is None or (rows.active_job is None and rows.has_board):
        return None
    if (rendered := derive(rows)) is not None:
        return rendered.board
    shortfall = _shortfall(rows)
    return None if _is_first_run_due(rows, shortfall) else _not_generated_yet(rows, shortfall)


@retry_transaction
def regenerate_today_board(
    *,
    caller: Caller,
    brand_id: UUID,
    idempotency_key: str | None = None,
    request_id: str = "",
    delay_s: float = 0,
) -> RegenerateResponseDTO:
    """Enqueues a generation that is due after `delay_s`, or returns the brand's active job.

    Raises:
        NotFound: the brand does not exist for this caller.
        BrandArchived: the brand is archived and has no active job.
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    with transaction.atomic():
        job, created = queue.enqueue(
            brand_id=brand.id,
            trigger=JobTrigger.USER,
            priority=USER_PRIORITY,
            idempotency_key=idempotency_key,
            request_id=request_id,
            delay_s=delay_s,
        )
    return RegenerateResponseDTO(job=job.to_dto(), created=created)


def derive(rows: TodayRows) -> RenderedBoard | None:
    """The state machine of Today, and when the board changes with no write; None before the first board and job.

    Raises:
        BrokenReference: the board to show names rows that do not exist.
    """
    job = rows.active_job
    if job is None:
        return rows.boards.newest()
    if job.deadline_at <= rows.now:
        return RenderedBoard(board=_overdue(rows.brand, job, as_of=rows.now), changes_at=None)
    previous = rows.boards.newest_ready()
    return RenderedBoard(
        board=_generating(rows.brand, job, previous.board if previous else None, as_of=rows.now),
        changes_at=min(filter(None, (job.deadline_at, previous.changes_at if previous else None))),
    )


def _generating(
    brand: BrandSnapshotDTO, job: GenerationJobDTO, previous: TodayBoardDTO | None, *, as_of: datetime
) -> TodayBoardDTO:
    """The job, and the opportunities of the last ready board, marked stale, so that a screen never goes blank."""
    opportunities = previous.opportunities if previous is not None else ()
    mentions = previous.brand_mentions if previous is not None else ()
    return TodayBoardDTO(
        board_id=None,
        brand=brand,
        as_of=as_of,
        meta=board_meta(
            state=TodayBoardState.GENERATING,
            ready_reason=None,
            generated_at=previous.meta.generated_at if previous is not None else None,
            opportunities=opportunities,
        ),
        opportunities=opportunities,
        counted=previous.counted if previous is not None else (),
        brand_mentions=mentions,
        job=job,
        stale=bool(opportunities or mentions),
    )


def _overdue(brand: BrandSnapshotDTO, job: GenerationJobDTO, *, as_of: datetime) -> TodayBoardDTO:
    """A job past its deadline reads as an error, even when no worker is alive to write that."""
    metrics.count("today_board_overdue")
    return TodayBoardDTO(
        board_id=None,
        brand=brand,
        as_of=as_of,
        meta=TodayBoardMetaDTO(state=TodayBoardState.ERROR),
        job=job,
        remediation=remediation.for_overdue(),
        error_code=GenerationErrorCode.STUCK_JOB_TIMEOUT,
        retryable=True,
    )


@retry_transaction
def _before_the_first(rows: TodayRows) -> TodayBoardDTO:
    """Enqueues the first generation where the brand has enough evidence for it, and the database takes writes."""
    shortfall = _shortfall(rows)
    if not _is_first_run_due(rows, shortfall):
        return _not_generated_yet(rows, shortfall)
    try:
        with transaction.atomic():
            job, _ = queue.enqueue(brand_id=rows.brand.id, trigger=JobTrigger.FIRST_RUN, priority=FIRST_RUN_PRIORITY)
    except BrandArchived:  # since the rows were read
        rows = replace(rows, is_archived=True)
        return _not_generated_yet(rows, _shortfall(rows))
    except DatabaseError as error:
        if (reason := database_failure(error)) is None:
            raise
        note_failure(reason)
        metrics.count(f"first_generation_not_enqueued_{reason}")
        return replace(_not_generated_yet(rows, shortfall), remediation=remediation.for_unwritable())
    return _generating(rows.brand, job.to_dto(), None, as_of=rows.now)


def _is_first_run_due(rows: TodayRows, shortfall: EvidenceShortfallDTO) -> bool:
    return not rows.is_archived and shortfall.found_items >= shortfall.required_items


def _shortfall(rows: TodayRows) -> EvidenceShortfallDTO:
    """How far the brand is from a first board: one SQL statement, which reads no texts.

    For a brand that is to get a board, the statement reads only as many posts as a first board needs: with these
    there is no shortfall to show. Posts by the brand itself do not count and may come before them, so a brand with
    handles has all of its posts read.
    """
    most = EVIDENCE_CAP if rows.is_archived or rows.brand.handles else MIN_EVIDENCE_ITEMS
    posts = evidence_window.window_posts(brand_id=rows.brand.id, as_of=rows.now, most=most)
    return evidence_shortfall(posts, brand=rows.brand)


def _not_generated_yet(rows: TodayRows, shortfall: EvidenceShortfallDTO) -> TodayBoardDTO:
    return TodayBoardDTO(
        board_id=None,
        brand=rows.brand,
        as_of=rows.now,
        meta=TodayBoardMetaDTO(state=TodayBoardState.NOT_GENERATED_YET),
        remediation=(
            remediation.for_archived() if rows.is_archived else remediation.for_few_items(found=shortfall.found_items)
        ),
        evidence_shortfall=shortfall,
    )
