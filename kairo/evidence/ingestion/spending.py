"""The ledger of what sources cost. A cap is checked and the money set aside in one transaction, one at a time."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kairo.db.sql import fetch
from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.ports import SpendCaps

_LOCK = 4_127_000_271  # of this purpose in the whole database; any number that nobody else uses


def reserve(
    *, run_id: UUID, job_id: UUID, source: str, usd: Decimal, caps: SpendCaps, at: datetime | None = None
) -> IngestionErrorCode | None:
    """Sets money aside for a run about to start, in the caller's transaction; or the code of the cap that forbids it.

    What is set aside counts as spent until `settle` says what the run has cost, however long that takes. Caps may
    be reached, not passed. Everybody who reserves waits until that transaction has ended: keep it short. `at` is now
    by the database's clock; its day is UTC's.
    """
    fetch("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": _LOCK})
    params = {"run_id": run_id, "job_id": job_id, "source": source, "usd": usd, "at": at}
    (spent,) = fetch(_SPENT, params)
    for known, cap, code in (
        (spent["job"], caps.per_job_usd, IngestionErrorCode.RUN_CAP_REACHED),
        (spent["day"], caps.per_day_usd, IngestionErrorCode.DAILY_CAP_REACHED),
        (spent["total"], caps.total_usd, IngestionErrorCode.TOTAL_CAP_REACHED),
    ):
        if known + usd > cap:
            return code
    fetch(_RESERVE, params)
    return None


def settle(*, run_id: UUID, usd: Decimal) -> None:
    """Writes what a run has cost, in the caller's transaction: 0 for one that was never started."""
    fetch(_SETTLE, {"run_id": run_id, "usd": usd})


def spent(*, source: str, at: datetime | None = None) -> tuple[Decimal, Decimal]:
    """US dollars spent or set aside: on that day (UTC; today, by the database's clock), and in all."""
    (known,) = fetch(_SPENT, {"job_id": None, "source": source, "at": at})
    return known["day"], known["total"]


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
