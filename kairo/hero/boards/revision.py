from __future__ import annotations

from uuid import UUID

from kairo.db.sql import fetch


def bump_revision(*, brand_id: UUID) -> None:
    """Raises the revision of the brand's Today, in the caller's transaction: one SQL statement.

    The triggers bump it at each write anyway. A transaction calls this before its first write to take its locks in
    the order of a finishing job (the brand's active job, then the revision, then other rows); the trigger's own bump
    would come after the write, and that order deadlocks (docs/decisions/0010-lock-order.md).
    """
    fetch("SELECT kairo_today_changed(ARRAY[%(brand_id)s::uuid], FALSE)", {"brand_id": brand_id})
