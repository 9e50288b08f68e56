"""Quotas: how much a tenant may have. Each is a setting, KAIRO_QUOTA_<NAME>; 0 is no quota.

Counts are exact: who adds a row takes the quota's lock first, which is held until the transaction ends. It comes
before the locks of jobs, revisions and brands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from kairo.core.errors import Conflict
from kairo.db.sql import fetch


@dataclass(frozen=True, slots=True)
class Quota:
    """One quota: its name in the settings, what it counts, and what a user can do once it is reached."""

    name: str
    noun: str
    remedy: str

    @property
    def limit(self) -> int:
        """0 for no limit."""
        return int(settings.QUOTAS[self.name])


_OR_ASK = "or ask the operator for a larger quota"
BRANDS = Quota("brands", "brands", "Archived brands count: update one that is not used, " + _OR_ASK + ".")
STORED_POSTS = Quota("stored_posts", "stored posts", "Delete posts, wait until old ones are pruned, " + _OR_ASK + ".")
WAITING_JOBS = Quota("waiting_jobs", "waiting jobs", "Wait until some have run, cancel some, " + _OR_ASK + ".")
SOURCES = Quota("sources", "source connections", "Delete one that is not used, " + _OR_ASK + ".")
INGESTED_BYTES = Quota(
    "ingested_bytes_per_day", "bytes of posts a day", "Send more after midnight UTC, " + _OR_ASK + "."
)


class QuotaExceeded(Conflict):
    """The tenant would have more than its quota; `used` is what it would have."""

    code = "QUOTA_EXCEEDED"

    def __init__(self, quota: Quota, *, used: int) -> None:
        self.quota, self.used, self.limit = quota, used, quota.limit
        super().__init__(
            f"The quota of this tenant is {self.limit:,} {quota.noun}; this would make {used:,}. {quota.remedy}"
        )


def admit(quota: Quota, *, tenant_id: UUID, count: Callable[[int], int]) -> None:
    """Call before adding one, in the transaction that adds it. `count(most)` counts the rows, up to `most`.

    Two SQL statements; none without a limit.

    Raises:
        QuotaExceeded: the tenant has as many as it may.
    """
    limit = quota.limit
    if not limit:
        return
    lock(quota, tenant_id=tenant_id)
    if (used := count(limit)) >= limit:
        raise QuotaExceeded(quota, used=used + 1)


def lock(quota: Quota, *, tenant_id: UUID) -> None:
    """Waits for other transactions that add to this quota of the tenant."""
    fetch(_LOCK, {"name": f"quota {quota.name} of {tenant_id}"})


_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%(name)s, 0))"
