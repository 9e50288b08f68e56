"""The texts that tell people what to do about a board that is not ready. Failed gates have their own advice."""

from __future__ import annotations

from kairo.hero.enums import GenerationErrorCode
from kairo.hero.gates import thresholds as t

_RETRIES_EXHAUSTED = "Generation job failed after maximum retries."

_ERROR_ADVICE = {
    GenerationErrorCode.STUCK_JOB_TIMEOUT: (
        "The job made no progress in its time. Regenerate the board; if it happens again, check that workers are "
        "running."
    ),
    GenerationErrorCode.WORKER_DIED: (
        "The worker process ended during every attempt. Regenerating may repeat it: look at the workers' logs and "
        "memory first."
    ),
    GenerationErrorCode.SYNTHESIS_TIMEOUT: (
        "Making ideas took longer than its limit. Regenerate the board in a few minutes."
    ),
    GenerationErrorCode.SYNTHESIS_FAILED: (
        "The engine could not make ideas from this evidence. Regenerate the board; if it happens again, look at the "
        "job's error in the workers' logs."
    ),
    GenerationErrorCode.DATABASE_UNAVAILABLE: ("The database did not answer. Regenerate the board once it does."),
    GenerationErrorCode.CANCELLED: "The job was cancelled. Regenerate the board when you want one.",
    GenerationErrorCode.INTERNAL: (
        "Something unexpected went wrong. Regenerate the board; if it happens again, report the job's id."
    ),
}

NO_BOARD_THEN = "There was no board at that moment. Ask for a later one, or for today's."

_NOT_RETRYABLE = frozenset({GenerationErrorCode.WORKER_DIED})


def retry_helps(code: GenerationErrorCode) -> bool:
    """Whether another job may succeed after one that failed with this code."""
    return code not in _NOT_RETRYABLE


def for_error(code: GenerationErrorCode) -> str:
    """The remediation of an error board."""
    return f"{_RETRIES_EXHAUSTED} {_ERROR_ADVICE[code]}"


def for_job(code: GenerationErrorCode) -> str:
    """The remediation of a job that failed with this code."""
    return _ERROR_ADVICE[code]


def for_overdue() -> str:
    """The remediation of a job that is past its deadline and not yet marked as failed."""
    return f"The generation job is past its deadline. {_ERROR_ADVICE[GenerationErrorCode.STUCK_JOB_TIMEOUT]}"


def for_archived() -> str:
    """The remediation of an archived brand that never had a board."""
    return "The brand is archived, so no board is made for it. Take it out of the archive to make one."


def for_unwritable() -> str:
    """The remediation of a brand whose first generation is due while the database takes no writes."""
    return "There are enough posts for a first board. It cannot be requested just now; the next reading tries again."


def for_few_items(*, found: int) -> str:
    """The remediation of a brand that has too little evidence for a first board."""
    missing = t.MIN_EVIDENCE_ITEMS - found
    return (
        f"There are {found} of the {t.MIN_EVIDENCE_ITEMS} posts a first board needs. Add {missing} more "
        f"{'post' if missing == 1 else 'posts'}; generation then starts at the next reading."
    )
