"""Reads Today's board and its revision for the board cache, in SQL on any connection.

Each statement also authenticates the token, so that a request takes one round trip.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.db.model_rows import fields_of, model_from_columns, select_columns
from kairo.hero.boards import brand_snapshot, snapshot
from kairo.hero.boards.part_names import PART_NAMES_SQL, part_names
from kairo.hero.boards.rendering import RenderedBoard
from kairo.hero.dto import TodayBoardDTO
from kairo.hero.enums import TodayBoardState
from kairo.hero.models import OpportunitiesJob
from kairo.hero.services.today_rows import TodayRows, today_rows
from kairo.hero.services.today_service import derive


class Rows(Protocol):
    """Runs one statement at a time, each in its own transaction, and returns its rows."""

    async def __call__(self, sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]: ...


class Validity(NamedTuple):
    """The caller of a token and the revision of a brand's Today, at one moment.

    `revision` is None where the brand does not exist for this caller. `now` is the database's clock, in seconds since
    the epoch.
    """

    caller: Caller
    revision: int | None
    now: float


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionedBoard:
    """A board that is valid while the brand has this revision, and before `valid_until`.

    `valid_until` is in seconds since the epoch; None for no end but a new revision.
    """

    board: TodayBoardDTO
    revision: int
    valid_until: float | None


async def validities(rows: Rows, questions: Collection[tuple[str, str]]) -> dict[tuple[str, str], Validity]:
    """What holds for each pair of a token's hash and a brand's id: one statement. A void token has no result."""
    asked = list(questions)
    hashes, brands = ",".join(pair[0] for pair in asked), ",".join(pair[1] for pair in asked)
    return {
        asked[n - 1]: Validity(_caller(who), revision, now)
        for n, who, revision, now in await rows(_TRUTHS, [hashes, brands])
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class LookupResult:
    """The result of one statement. `revision` is None where the brand does not exist for this caller, `board` where no
    snapshot is current."""

    caller: Caller
    revision: int | None
    board: VersionedBoard | None = None


async def versioned_board(rows: Rows, *, token_hash: str, brand_id: UUID) -> LookupResult | None:
    """The board from its snapshot: one statement, nothing written. None where the token is void."""
    found = await rows(_LIVE, [token_hash, snapshot.VERSION, brand_id])
    if not found:
        return None
    who, now, revision, content, valid_until, names, *columns = found[0]
    result = LookupResult(caller=_caller(who), revision=revision)
    if content is None:
        return result
    row = model_from_columns(Brand, _BRAND_FIELDS, columns[: len(_BRAND_FIELDS)])
    job = model_from_columns(OpportunitiesJob, _JOB_FIELDS, columns[len(_BRAND_FIELDS) :])
    assert row is not None, "the statement joins from the brand"
    brand = brand_snapshot.to_summary(row)
    newest = snapshot.read(
        bytes(content), brand=brand, names=part_names(json.loads(names or "[]")), changes_at=valid_until
    )
    today = TodayRows(
        brand=brand,
        is_archived=row.archived_at is not None,
        now=now,
        revision=revision,
        active_job=job.to_dto() if job else None,
        has_board=True,
        boards=_SnapshotAlone(snapshot=newest),
    )
    try:
        return replace(result, board=_versioned(derive(today), revision=revision))
    except _NotInSnapshot:
        return result


def versioned_board_from_rows(*, caller: Caller, brand_id: UUID) -> VersionedBoard | None:
    """The board from its rows, where it is stored or being made; None where it is neither.

    Call inside a tenant scope, whose reads all see one state of the database: so the rows have exactly the revision
    that the first statement reads. A later state under an earlier revision would come back as current when the
    database is restored from a dump of that revision.

    Raises:
        BrokenReference: the stored board names rows that are not there.
    """
    rows = today_rows(caller=caller, brand_id=brand_id, include_score_evidence=True)
    if rows is None or rows.revision is None:
        return None
    return _versioned(derive(rows), revision=rows.revision)


def _versioned(rendered: RenderedBoard | None, *, revision: int) -> VersionedBoard | None:
    if rendered is None:
        return None
    valid_until = rendered.changes_at.timestamp() if rendered.changes_at else None
    return VersionedBoard(board=rendered.board, revision=revision, valid_until=valid_until)


class _NotInSnapshot(Exception):
    """The board to show is not the one in the snapshot."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _SnapshotAlone:
    """The newest board as its snapshot has it.

    Raises:
        _NotInSnapshot: the snapshot cannot be read, or the newest board is not ready and an earlier one is to be shown.
    """

    snapshot: RenderedBoard | None

    def newest(self) -> RenderedBoard:
        if self.snapshot is None:
            raise _NotInSnapshot
        return self.snapshot

    def newest_ready(self) -> RenderedBoard:
        newest = self.newest()
        if newest.board.state != TodayBoardState.READY:
            raise _NotInSnapshot
        return newest


@lru_cache(maxsize=1024)  # one object for one caller: answers are found by comparing it with itself
def _caller(who: str) -> Caller:
    token_id, tenant_id, scopes = who.split(" ")
    return Caller(
        tenant_id=UUID(tenant_id), token_id=UUID(token_id), scopes=frozenset(scopes.split(",") if scopes else ())
    )


_TRUTHS = """
SELECT q.n::int, concat_ws(' ', t.id, t.tenant_id, array_to_string(t.scopes, ',')), r.revision,
       extract(epoch FROM statement_timestamp())::float8
FROM ROWS FROM (string_to_table(%s, ','), string_to_table(%s, ',')) WITH ORDINALITY AS q (hash, brand, n)
JOIN core_apitoken t ON t.token_hash = q.hash AND t.revoked_at IS NULL
  AND (t.expires_at IS NULL OR t.expires_at > statement_timestamp())
LEFT JOIN core_brand b ON b.id = q.brand::uuid AND b.tenant_id = t.tenant_id
LEFT JOIN hero_boardrevision r ON r.brand_id = b.id
"""


_BRAND_FIELDS = fields_of(Brand)
_JOB_FIELDS = fields_of(OpportunitiesJob)

# The caller first, and only then what is the caller's: to the web's role there is nothing before.
_LIVE = f"""
WITH who AS MATERIALIZED (SELECT * FROM kairo_authenticate(%s))
SELECT concat_ws(' ', who.token_id, who.tenant_id, array_to_string(who.scopes, ',')), statement_timestamp(), shown.*
FROM who LEFT JOIN LATERAL (
    SELECT r.revision, s.content, s.valid_until, ({PART_NAMES_SQL}),
           {select_columns(_BRAND_FIELDS, "b")}, {select_columns(_JOB_FIELDS, "j")}
    FROM core_brand b
    JOIN hero_boardrevision r ON r.brand_id = b.id
    LEFT JOIN hero_boardsnapshot s ON s.brand_id = b.id AND s.board_revision = r.board_revision AND s.version = %s
      AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp())
    LEFT JOIN hero_opportunitiesjob j ON j.brand_id = b.id AND j.status IN ('pending', 'running')
    WHERE b.id = %s AND b.tenant_id = who.tenant_id
    OFFSET 0
) shown ON TRUE
"""  # noqa: S608  made of constants
