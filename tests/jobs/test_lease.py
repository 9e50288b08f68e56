from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from kairo.jobs.lease import Lease

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
LEASE = Lease(
    job_id=uuid4(),
    brand_id=uuid4(),
    tenant_id=uuid4(),
    token=uuid4(),
    attempt=2,
    max_attempts=3,
    worker_id="host-1",
    trigger="user",
    priority=10,
    request_id="r-1",
    claimed_at=NOW,
    deadline_at=NOW + timedelta(minutes=10),
)


def test_lease_is_compared_by_identity() -> None:
    copy = replace(LEASE)
    assert copy != LEASE
    assert {LEASE: 1, copy: 2}[LEASE] == 1


def test_lease_knows_its_last_attempt() -> None:
    assert [replace(LEASE, attempt=attempt).is_last_attempt for attempt in (1, 2, 3)] == [False, False, True]


def test_lease_log_ids_identify_job_tenant_and_attempt() -> None:
    assert LEASE.log_ids() == {
        "job_id": LEASE.job_id,
        "brand_id": LEASE.brand_id,
        "tenant_id": LEASE.tenant_id,
        "worker_id": "host-1",
        "attempt": 2,
        "request_id": "r-1",
    }
