"""The queue of board generations: the verbs of `kairo.jobs`, bound to OpportunitiesJob."""

from __future__ import annotations

from functools import partial

from kairo.hero.enums import GenerationErrorCode, JobStage, JobStatus
from kairo.hero.jobs.error_board import create_error_board
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob
from kairo.jobs import claiming, dispatch, enqueueing, finishing, reaper
from kairo.jobs.kind import JobKind
from kairo.jobs.lease import Cancelling, EndedJob, Ending, Heartbeat, Lease, LeaseState

__all__ = [
    "KIND",
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
    "dispatch_on_commit",
    "enqueue",
    "fail",
    "heartbeat",
    "make_due",
    "note_fenced",
    "redispatch",
    "release",
    "release_stale_jobs",
    "reschedule",
    "stop_cancelled",
]

USER_QUEUE = "boards"
SCHEDULED_QUEUE = "boards.scheduled"


def _on_end(ended: EndedJob) -> None:
    if ended.status == JobStatus.FAILED:
        _create_error_board_for_stuck_job(ended)


def _create_error_board_for_stuck_job(failed: EndedJob) -> OpportunitiesBoard:
    """The board of a job that has failed for good, in the transaction that fails it."""
    return create_error_board(
        brand_id=failed.brand_id,
        job_id=failed.job_id,
        attempts=failed.attempts,
        error_code=GenerationErrorCode(failed.error_code),
        last_worker=failed.worker_id,
        detail=failed.detail,
    )


KIND = JobKind(
    name="generation",
    model=OpportunitiesJob,
    actor="generate_board",
    queue=USER_QUEUE,
    scheduled_queue=SCHEDULED_QUEUE,
    first_stage=JobStage.GATHERING.value,
    completed_stage=JobStage.STORING.value,
    on_end=_on_end,
    metrics={"fenced": "job_attempt_fenced", "rescued": "job_rescued", "given_up": "job_given_up"},
)

enqueue = partial(enqueueing.enqueue, KIND)
make_due = partial(enqueueing.make_due, KIND, unless_retried=True)
claim = partial(claiming.claim, KIND)
claim_next = partial(claiming.claim_next, KIND)
claim_together = partial(claiming.claim_together, KIND)
heartbeat = partial(claiming.heartbeat, KIND)
release = partial(claiming.release, KIND)
reschedule = partial(claiming.reschedule, KIND)
complete = partial(finishing.complete, KIND)
fail = partial(finishing.fail, KIND)
cancel = partial(finishing.cancel, KIND)
stop_cancelled = partial(finishing.stop_cancelled, KIND)
note_fenced = partial(finishing.note_fenced, KIND)
dispatch_on_commit = partial(dispatch.dispatch_on_commit, KIND)
redispatch = partial(dispatch.redispatch, KIND)
release_stale_jobs = partial(reaper.reap_stale_jobs, KIND)
