"""The queue's verbs, the only writers of job state. Postgres is the queue, Redis only the doorbell.

Each verb is safe to run twice, from many places at once, and to be killed anywhere. All times are the database's.
"""

from kairo.hero.jobs.claiming import Heartbeat, LeaseState, claim, claim_next, claim_together, heartbeat, release
from kairo.hero.jobs.enqueueing import enqueue, wait_is_over
from kairo.hero.jobs.finishing import Cancelling, cancel, complete, fail, note_fenced, stop_cancelled
from kairo.hero.jobs.lease import Ending, Lease
from kairo.hero.jobs.reaper import _create_error_board_for_stuck_job, release_stale_jobs

__all__ = [
    "Cancelling",
    "Ending",
    "Heartbeat",
    "Lease",
    "LeaseState",
    "_create_error_board_for_stuck_job",
    "cancel",
    "claim",
    "claim_next",
    "claim_together",
    "complete",
    "enqueue",
    "fail",
    "heartbeat",
    "note_fenced",
    "release",
    "release_stale_jobs",
    "stop_cancelled",
    "wait_is_over",
]
