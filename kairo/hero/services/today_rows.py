"""What the database holds about one brand's Today at one moment, as values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db.models import Case, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Now

from kairo.core.models import Brand
from kairo.hero.boards import brand_snapshot, rendering, snapshot
from kairo.hero.boards.part_names import PartNames, part_names_of, with_current_names, with_part_names
from kairo.hero.boards.previous_board import last_ready_board
from kairo.hero.boards.rendering import RenderedBoard
from kairo.hero.dto import BrandSnapshotDTO, GenerationJobDTO
from kairo.hero.enums import JobStatus, TodayBoardState
from kairo.hero.models import OpportunitiesBoard


class StoredBoards(Protocol):
    """The brand's stored boards, as they show at the moment of the rows."""

    def newest(self) -> RenderedBoard | None: ...

    def newest_ready(self) -> RenderedBoard | None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class TodayRows:
    """The state of a brand's Today at `now`, the database's clock. `revision` is None where the row is missing."""

    brand: BrandSnapshotDTO
    is_archived: bool
    now: datetime
    revision: int | None
    active_job: GenerationJobDTO | None
    has_board: bool
    boards: StoredBoards


def today_rows(brands: QuerySet[Brand], *, brand_id: UUID, include_score_evidence: bool = False) -> TodayRows | None:
    """Brand, active job, snapshot and newest board of one of these brands, in one SQL statement; None if it is absent.

    One statement sees one state of the database: a job cannot end between the read of the job and that of its board.
    The boards are rendered when they are read: none of the snapshot's costs SQL, of the rows two statements more.
    """
    newest = OpportunitiesBoard.objects.filter(brand_id=OuterRef("pk")).order_by("-created_at", "-id")
    has_snapshot = Q(
        board_snapshot__version=snapshot.VERSION, board_snapshot__board_revision=F("board_revision__board_revision")
    ) & (Q(board_snapshot__valid_until=None) | Q(board_snapshot__valid_until__gt=Now()))
    row = (
        with_part_names(brands.filter(id=brand_id), brand_id="pk")  # type: ignore[misc]  # the plugin does not know filtered relations
        .annotate(
            db_now=Now(),
            active_job=FilteredRelation("jobs", condition=Q(jobs__status__in=JobStatus.active())),
            latest_board=FilteredRelation("boards", condition=Q(boards__id=Subquery(newest.values("id")[:1]))),
            snapshot_content=Case(When(has_snapshot, then=F("board_snapshot__content"))),
            latest_content=Case(When(has_snapshot, then=None), default=F("latest_board__content")),
        )
        .select_related("active_job", "latest_board", "board_revision")
        .defer("latest_board__content", "latest_board__inputs")
        .annotate(valid_until=F("board_snapshot__valid_until"))
        .first()
    )
    if row is None:
        return None
    # Django sets the attribute of a relation only where there is a row.
    revision, job, latest = (getattr(row, name, None) for name in ("board_revision", "active_job", "latest_board"))
    brand = brand_snapshot.to_summary(row)
    if latest is not None and row.latest_content is not None:
        latest.content = row.latest_content
    return TodayRows(
        brand=brand,
        is_archived=row.archived_at is not None,
        now=row.db_now,
        revision=revision.revision if revision else None,
        active_job=job.to_dto() if job else None,
        has_board=latest is not None,
        boards=_BoardRows(
            brand=brand,
            names=part_names_of(row),
            now=row.db_now,
            latest=latest,
            snapshot_content=row.snapshot_content,
            valid_until=row.valid_until,
            include_score_evidence=include_score_evidence,
        ),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _BoardRows:
    """Reads the newest board from its snapshot where that is current, else from the board's rows."""

    brand: BrandSnapshotDTO
    names: PartNames
    now: datetime
    latest: OpportunitiesBoard | None
    snapshot_content: bytes | None
    valid_until: datetime | None
    include_score_evidence: bool

    def newest(self) -> RenderedBoard | None:
        return self._from_snapshot() or self._from_row(self.latest)

    def newest_ready(self) -> RenderedBoard | None:
        if self.latest is not None and self.latest.state != TodayBoardState.READY:
            return self._from_row(last_ready_board(brand_id=self.brand.id))
        return self.newest()

    def _from_snapshot(self) -> RenderedBoard | None:
        if self.snapshot_content is None:
            return None
        return snapshot.read(
            bytes(self.snapshot_content), brand=self.brand, names=self.names, changes_at=self.valid_until
        )

    def _from_row(self, board: OpportunitiesBoard | None) -> RenderedBoard | None:
        if board is None:
            return None
        rendered = rendering.render_board(
            board, brand=self.brand, now=self.now, include_score_evidence=self.include_score_evidence
        )
        return replace(rendered, board=with_current_names(rendered.board, self.names))
