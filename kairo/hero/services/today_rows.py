"""What the database holds about one brand's Today at one moment, as values."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connection

from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.db.model_rows import fields_of, model_from_columns, select_columns
from kairo.hero.boards import brand_snapshot, rendering, snapshot
from kairo.hero.boards.part_names import PART_NAMES_SQL, PartNames, part_names, with_current_names
from kairo.hero.boards.previous_board import last_ready_board
from kairo.hero.boards.rendering import RenderedBoard
from kairo.hero.dto import BrandSnapshotDTO, GenerationJobDTO
from kairo.hero.enums import TodayBoardState
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob


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


def today_rows(*, caller: Caller, brand_id: UUID, include_score_evidence: bool = False) -> TodayRows | None:
    """Brand, active job, snapshot and newest board of one of the caller's brands, in one SQL statement; None if it is
    absent.

    One statement sees one state of the database: a job cannot end between the read of the job and that of its board.
    The boards are rendered when they are read: none of the snapshot's costs SQL, of the rows two statements more.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TODAY, [snapshot.VERSION, brand_id, caller.tenant_id])
        found = cursor.fetchone()
    if found is None:
        return None
    now, revision, names, snapshot_content, valid_until, latest_content, *columns = found
    row = model_from_columns(Brand, _BRAND_FIELDS, columns[:_JOB_AT])
    assert row is not None, "the statement joins from the brand"
    job = model_from_columns(OpportunitiesJob, _JOB_FIELDS, columns[_JOB_AT:_BOARD_AT])
    latest = model_from_columns(OpportunitiesBoard, _BOARD_FIELDS, columns[_BOARD_AT:])
    brand = brand_snapshot.to_summary(row)
    if latest is not None and latest_content is not None:
        latest.content = json.loads(latest_content)
    return TodayRows(
        brand=brand,
        is_archived=row.archived_at is not None,
        now=now,
        revision=revision,
        active_job=job.to_dto() if job else None,
        has_board=latest is not None,
        boards=_BoardRows(
            brand=brand,
            names=part_names(json.loads(names or "[]")),
            now=now,
            latest=latest,
            snapshot_content=snapshot_content,
            valid_until=valid_until,
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


_BRAND_FIELDS = fields_of(Brand)
_JOB_FIELDS = fields_of(OpportunitiesJob)
_BOARD_FIELDS = fields_of(OpportunitiesBoard, without=frozenset({"content", "inputs"}))
_JOB_AT = len(_BRAND_FIELDS)
_BOARD_AT = _JOB_AT + len(_JOB_FIELDS)

# The newest board's content is read only where no snapshot is current.
_TODAY = f"""\
SELECT statement_timestamp(), r.revision, ({PART_NAMES_SQL}), s.content, s.valid_until,
       CASE WHEN s.brand_id IS NULL THEN l.content::text END,
       {select_columns(_BRAND_FIELDS, "b")}, {select_columns(_JOB_FIELDS, "j")}, {select_columns(_BOARD_FIELDS, "l")}
FROM core_brand b
LEFT JOIN hero_boardrevision r ON r.brand_id = b.id
LEFT JOIN hero_boardsnapshot s ON s.brand_id = b.id AND s.board_revision = r.board_revision AND s.version = %s
  AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp())
LEFT JOIN hero_opportunitiesjob j ON j.brand_id = b.id AND j.status IN ('pending', 'running')
LEFT JOIN LATERAL (
    SELECT * FROM hero_opportunitiesboard WHERE brand_id = b.id ORDER BY created_at DESC, id DESC LIMIT 1
) l ON TRUE
WHERE b.id = %s AND b.tenant_id = %s
"""  # noqa: S608  made of constants
