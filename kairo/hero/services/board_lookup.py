"""Today's board and what its truth hangs on, for whoever holds answers about it: in SQL, on any connection.

Who calls is part of each statement, so that one round trip tells all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db import connection, models

from kairo.core.models import Brand
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.hero.boards import brand_snapshot, rendering, snapshot
from kairo.hero.boards.previous_board import last_ready_board
from kairo.hero.dto import TodayBoardDTO
from kairo.hero.enums import TodayBoardState
from kairo.hero.models import OpportunitiesJob
from kairo.hero.services.today_rows import today_rows
from kairo.hero.services.today_service import generating


class Rows(Protocol):
    """A connection to the database that takes one statement at a time, each a transaction of its own."""

    async def __call__(self, sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]: ...


class Validity(NamedTuple):
    """What holds at one moment for one token and brand: who calls, and the revision of the brand's Today.

    `revision` is None where the brand is not there for this caller. `now` is the database's clock, in seconds since
    the epoch.
    """

    caller: Caller
    revision: int | None
    now: float


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionedBoard:
    """A board as it shows now: true while the brand's revision is this one, and before `valid_until`.

    `valid_until` is in seconds since the epoch; None where nothing but a change ends it.
    """

    board: TodayBoardDTO
    revision: int
    valid_until: float | None


async def validities(rows: Rows, questions: Collection[tuple[str, str]]) -> dict[tuple[str, str], Validity]:
    """What holds for each pair of a token's hash and a brand's id: one statement. Of void tokens nothing is told."""
    asked = list(questions)
    hashes, brands = ",".join(pair[0] for pair in asked), ",".join(pair[1] for pair in asked)
    return {
        asked[n - 1]: Validity(_caller(who), revision, now)
        for n, who, revision, now in await rows(_TRUTHS, [hashes, brands])
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class LookupResult:
    """What one statement saw: who calls, the revision of the brand's Today where it is there for this caller, and
    the board where there is a snapshot to show now."""

    caller: Caller
    revision: int | None
    board: VersionedBoard | None = None


async def versioned_board(rows: Rows, *, token_hash: str, brand_id: UUID) -> LookupResult | None:
    """The board, from its snapshot: one statement, nothing written. None where the token is void."""
    found = await rows(_LIVE, [token_hash, snapshot.VERSION, brand_id])
    if not found:
        return None
    who, now, revision, content, valid_until, *columns = found[0]
    caller = _caller(who)
    unseen = LookupResult(caller=caller, revision=revision)
    if content is None:
        return unseen
    of_brand, of_job = columns[: len(_OF_BRAND)], dict(zip(_OF_JOB, columns[len(_OF_BRAND) :], strict=True))
    brand = brand_snapshot.named(_brand(brand_id, of_brand))
    board = snapshot.read(bytes(content), brand=brand)
    if board is None:
        return unseen
    job = OpportunitiesJob(brand_id=brand_id, **of_job).to_dto() if of_job["id"] else None
    if job is not None:
        if job.deadline_at <= now or board.state != TodayBoardState.READY:
            return unseen
        board = generating(brand, job, board, as_of=now)
    live = VersionedBoard(
        board=board, revision=revision, valid_until=_earliest(valid_until, job.deadline_at if job else None)
    )
    return replace(unseen, board=live)


def versioned_board_from_rows(*, caller: Caller, brand_id: UUID, revision: int) -> VersionedBoard | None:
    """The board read as for any other reader, where it is stored or being made; None where it is neither.

    `revision` was the brand's before: what is read now is of it, or of a later one, after which it never comes back.

    Raises:
        BrokenReference: the stored board names rows that are not there.
    """
    rows = today_rows(access.brands(caller=caller), brand_id=brand_id)
    if rows is None or (rows.active_job is None and rows.latest_board is None):
        return None
    brand, job, latest = brand_snapshot.named(rows.brand), rows.active_job, rows.latest_board
    if job is not None and job.deadline_at <= rows.now:
        return None
    if job is not None and latest is not None and latest.state != TodayBoardState.READY:
        latest = last_ready_board(brand_id=brand_id)
    shown = rendering.shown(latest, brand=brand, now=rows.now, include_score_evidence=True) if latest else None
    before = shown.board if shown else None
    if job is not None:
        board = generating(brand, job.to_dto(), before, as_of=rows.now)
    elif before is not None:
        board = before
    return VersionedBoard(
        board=board,
        revision=revision,
        valid_until=_earliest(shown.changes_at if shown else None, job.deadline_at if job else None),
    )


def _brand(brand_id: UUID, columns: Sequence[Any]) -> Brand:
    """Builds the row of a brand from its selected columns, decoded as the ORM decodes them."""
    decoded = {
        field.attname: field.from_db_value(value, None, connection) if hasattr(field, "from_db_value") else value
        for field, value in zip(_OF_BRAND, columns, strict=True)
    }
    return Brand(id=brand_id, **decoded)


def _earliest(*moments: datetime | None) -> float | None:
    return min((moment.timestamp() for moment in moments if moment is not None), default=None)


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

# All of them: a column that was left out would show as its default.
_OF_BRAND = [field for field in Brand._meta.concrete_fields if not field.primary_key]
_OF_JOB = (
    "id",
    "status",
    "stage",
    "percent",
    "attempts",
    "max_attempts",
    "created_at",
    "started_at",
    "finished_at",
    "deadline_at",
    "cancel_requested_at",
    "error_code",
)


def _selected(field: models.Field[Any, Any]) -> str:
    """The column of a brand in SQL. JSON is selected as text, because only Django's connections leave it undecoded."""
    return f'b."{field.column}"' + ("::text" if isinstance(field, models.JSONField) else "")


# The caller first, and only then what is the caller's: to the web's role there is nothing before.
_LIVE = f"""
WITH who AS MATERIALIZED (SELECT * FROM kairo_authenticate(%s))
SELECT concat_ws(' ', who.token_id, who.tenant_id, array_to_string(who.scopes, ',')), statement_timestamp(), shown.*
FROM who LEFT JOIN LATERAL (
    SELECT r.revision, s.content, s.valid_until,
           {", ".join(map(_selected, _OF_BRAND))}, {", ".join(f"j.{name}" for name in _OF_JOB)}
    FROM core_brand b
    JOIN hero_boardrevision r ON r.brand_id = b.id
    LEFT JOIN hero_boardsnapshot s ON s.brand_id = b.id AND s.board_revision = r.board_revision AND s.version = %s
      AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp())
    LEFT JOIN hero_opportunitiesjob j ON j.brand_id = b.id AND j.status IN ('pending', 'running')
    WHERE b.id = %s AND b.tenant_id = who.tenant_id
    OFFSET 0
) shown ON TRUE
"""  # noqa: S608  made of constants
