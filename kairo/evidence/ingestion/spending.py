"""The spending ledger. One transaction at a time checks the caps and reserves the money."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kairo.db.sql import fetch
from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.ports import SpendCaps

_LOCK = 4_127_000_271  # an arbitrary advisory lock key, unique in this database


def reserve(
    *, run_id: UUID, job_id: UUID, source: str, usd: Decimal, caps: SpendCaps, at: datetime | None = None
) -> IngestionErrorCode | None:
    """Reserves money for a run in the caller's transaction, or returns the code of the cap that it would exceed.

    A reservation counts as spent until `settle` replaces it with the actual cost. Keep the transaction short: its
    advisory lock blocks every other reservation. `at` defaults to the database's clock and decides the day (UTC).
    """
    fetch("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": _LOCK})
    params = {"run_id": run_id, "job_id": job_id, "source": source, "usd": usd, "at": at}
    (row,) = fetch(_SPENT, params)
    for amount, cap, code in (
        (row["job"], caps.per_job_usd, IngestionErrorCode.RUN_CAP_REACHED),
        (row["day"], caps.per_day_usd, IngestionErrorCode.DAILY_CAP_REACHED),
        (row["total"], caps.total_usd, IngestionErrorCode.TOTAL_CAP_REACHED),
    ):
        if amount + usd > cap:
            return code
    fetch(_RESERVE, params)
    return None


def settle(*, run_id: UUID, usd: Decimal) -> None:
    """Writes a run's cost in the caller's transaction: 0 for a run that never started."""
    fetch(_SETTLE, {"run_id": run_id, "usd": usd})


def spent(*, source: str, at: datetime | None = None) -> tuple[Decimal, Decimal]:
    """Returns the US dollars spent or reserved on the day of `at` (UTC, by default today) and in total."""
    (row,) = fetch(_SPENT, {"job_id": None, "source": source, "at": at})
    return row["day"], row["total"]


_SPENT = """
SELECT coalesce(sum(usd) FILTER (WHERE job_id = %(job_id)s), 0) AS job,
       coalesce(sum(usd) FILTER (WHERE day = today), 0) AS day, coalesce(sum(usd), 0) AS total
FROM (SELECT job_id, day, coalesce(actual_usd, reserved_usd) AS usd FROM evidence_spendentry
      WHERE source = %(source)s) entries,
     (SELECT (coalesce(%(at)s::timestamptz, clock_timestamp()) AT TIME ZONE 'UTC')::date AS today) days
"""

_RESERVE = """
INSERT INTO evidence_spendentry (run_id, job_id, source, day, reserved_usd)
VALUES (%(run_id)s, %(job_id)s, %(source)s,
        (coalesce(%(at)s::timestamptz, clock_timestamp()) AT TIME ZONE 'UTC')::date, %(usd)s)
"""

_SETTLE = "UPDATE evidence_spendentry SET actual_usd = %(usd)s WHERE run_id = %(run_id)s"
