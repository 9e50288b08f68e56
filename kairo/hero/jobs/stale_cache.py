from __future__ import annotations

from uuid import UUID

from django.db import transaction

from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.hero import cache


def board_changed(*, brand_id: UUID) -> None:
    """Something that the brand's board shows is being changed in the caller's transaction: its cached copy ends.

    The copy is dropped after commit. Should that be lost, with the process or with Redis, the note on the
    brand's newest job makes the sweep repeat it.
    """
    jobs = [row["id"] for row in fetch(_NOTE, {"brand_id": brand_id})]

    def drop() -> None:
        if cache.drop(brand_id):
            retry_on_serialization_failure(lambda: fetch(_DROPPED, {"jobs": jobs}), reconnect=False)

    transaction.on_commit(drop, robust=True)


# The revision first: from then on no job of the brand begins or ends before this transaction does. So a job's row that
# another transaction has locked waits for the revision; SKIP LOCKED leaves it out, and its own end drops the copy.
_NOTE = """
WITH changed AS MATERIALIZED (SELECT kairo_today_changed(ARRAY[%(brand_id)s::uuid], FALSE)
), newest AS MATERIALIZED (
    SELECT id FROM hero_opportunitiesjob
    WHERE brand_id = %(brand_id)s AND (SELECT count(*) FROM changed) = 1
    ORDER BY created_at DESC LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE hero_opportunitiesjob j SET cache_dropped_at = NULL, updated_at = clock_timestamp()
FROM newest WHERE j.id = newest.id
RETURNING j.id
"""

_DROPPED = """
UPDATE hero_opportunitiesjob SET cache_dropped_at = clock_timestamp() WHERE id = ANY (%(jobs)s::uuid[])
"""
