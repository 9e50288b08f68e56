"""What must hold when the dust has settled, whatever happened before."""

from __future__ import annotations

from tests.faults.world import World

_ENDS = {"succeeded", "insufficient_evidence", "failed", "cancelled"}
_PATH: dict[str, dict[str, str]] = {
    "": {"enqueued": "pending"},
    "pending": {"claimed": "running", "cancelled": "end", "failed": "end", "fenced": "pending"},
    "running": {
        "taken_over": "running",
        "cancel_requested": "running",
        "fenced": "running",
        "released": "pending",
        "retried": "pending",
        "rescued": "pending",
        **dict.fromkeys(_ENDS, "end"),
    },
    "end": {"fenced": "end"},
}


def check(world: World) -> None:
    """I1 to I6; I7, about reading, is asked of a reader while jobs are overdue.

    I1 every job has ended · I2 a finished job has exactly one board, a cancelled one none · I3 the board is the
    last attempt's · I4 no brand ever had two active jobs · I5 each history is a legal path that ends where the row
    says · I6 nothing runs without a lease.
    """
    jobs = world.sql(
        "SELECT j.*, (SELECT count(*) FROM hero_opportunitiesboard b WHERE b.job_id = j.id) AS boards,"
        "       (SELECT max(b.attempt) FROM hero_opportunitiesboard b WHERE b.job_id = j.id) AS board_attempt,"
        "       (SELECT max(b.state) FROM hero_opportunitiesboard b WHERE b.job_id = j.id) AS board_state"
        " FROM hero_opportunitiesjob j"
    )
    if not jobs:  # a test of another kind of job, which has checked it by check_kind
        assert world.sql("SELECT 1 FROM evidence_ingestionjob LIMIT 1"), "nothing happened"
    events: dict[object, list[dict[str, object]]] = {}
    for event in world.sql("SELECT * FROM hero_opportunitiesjobevent ORDER BY id"):
        events.setdefault(event["job_id"], []).append(event)
    for job in jobs:
        assert job["status"] in _ENDS, f"I1: {job}"
        assert job["boards"] == (0 if job["status"] == "cancelled" else 1), f"I2: {job}"
        if job["boards"]:
            assert job["board_attempt"] == job["attempts"], f"I3: {job}"
            expected = {"succeeded": "ready", "failed": "error"}.get(job["status"], job["status"])
            assert job["board_state"] == expected, f"I2: {job}"
        history = [str(event["kind"]) for event in events[job["id"]]]
        assert walk(history) == "end", f"I5: {history}"
        assert [kind for kind in history if kind in _ENDS] == [job["status"]], f"I5: {history} {job['status']}"
        tried = sum(kind in {"claimed", "taken_over"} for kind in history) - history.count("released")
        assert tried == job["attempts"], f"I5: {history} {job['attempts']}"
        assert job["lease_token"] is None, f"I6: {job}"
    assert world.sql(_OVERLAPPING) == [], "I4"


def check_kind(world: World, table: str) -> None:
    """I1, and I4 to I6, for the jobs of this table."""
    jobs = world.sql(f"SELECT * FROM {table}")
    assert jobs, "nothing happened"
    for job in jobs:
        events = world.sql(f"SELECT kind FROM {table}event WHERE job_id = %s ORDER BY id", job["id"])
        history = [str(event["kind"]) for event in events]
        assert job["status"] in _ENDS, f"I1: {job}"
        assert walk(history) == "end", f"I5: {history}"
        assert [kind for kind in history if kind in _ENDS] == [job["status"]], f"I5: {history} {job['status']}"
        tried = sum(kind in {"claimed", "taken_over"} for kind in history) - history.count("released")
        assert tried == job["attempts"], f"I5: {history} {job['attempts']}"
        assert job["lease_token"] is None, f"I6: {job}"
    assert world.sql(_OVERLAPPING.replace("hero_opportunitiesjob", table)) == [], "I4"


def walk(history: list[str]) -> str:
    """Where a job stands whose events these are: pending, running, end, or a sentence on what is illegal."""
    at = ""
    for kind in history:
        at = _PATH[at].get(kind, f"illegal {kind} after {at or 'nothing'}")
        if at not in _PATH:
            return at
    return at


# From being enqueued to its end a job is active; of one brand no two may be at any time.
_OVERLAPPING = """
SELECT a.id, b.id FROM hero_opportunitiesjob a JOIN hero_opportunitiesjob b ON a.brand_id = b.brand_id AND a.id < b.id
WHERE tstzrange(a.created_at, coalesce(a.finished_at, 'infinity'))
   && tstzrange(b.created_at, coalesce(b.finished_at, 'infinity'))
"""
