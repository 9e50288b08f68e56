"""What a person can do about a board that is not ready, in the words a screen shows."""

from __future__ import annotations

from collections.abc import Sequence

from kairo.core.enums import Platform
from kairo.hero.dto import GateFailureDTO
from kairo.hero.enums import GateCode, GenerationErrorCode
from kairo.hero.gates import thresholds as t
from kairo.hero.gates.platforms import platform_names

_ADVICE = {
    GateCode.INSUFFICIENT_ITEMS: f"Add posts until there are at least {t.MIN_EVIDENCE_ITEMS}.",
    GateCode.INSUFFICIENT_TEXT_ITEMS: f"Add posts that have a caption, until at least {t.MIN_TEXT_ITEMS} do.",
    GateCode.MISSING_REQUIRED_PLATFORMS: "Add posts from {platforms}.",
    GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE: (
        f"Add videos with transcripts, until at least {t.MIN_TRANSCRIPT_COVERAGE:.0%} of the videos have one."
    ),
    GateCode.STALE_EVIDENCE: f"Add posts published in the last {t.FRESHNESS_WINDOW.days} days.",
    GateCode.INSUFFICIENT_TEXT_LENGTH: (
        f"Add posts with captions of {t.LONG_TEXT_CHARS} characters or more, "
        f"until there are at least {t.MIN_LONG_TEXT_ITEMS}."
    ),
    GateCode.INSUFFICIENT_AUTHOR_DIVERSITY: f"Add posts by other authors, at least {t.MIN_AUTHORS} in all.",
    GateCode.INSUFFICIENT_URL_DIVERSITY: f"Add posts with links of their own, at least {t.MIN_DISTINCT_URLS} in all.",
    GateCode.TOO_MANY_DUPLICATES: (
        f"Remove repeated posts, or add different ones, until at most {t.MAX_DUPLICATE_SHARE:.0%} are repeats or "
        f"{t.ENOUGH_DISTINCT_ITEMS} differ."
    ),
    GateCode.INSUFFICIENT_CONTENT: (
        f"Add posts with a caption or a transcript, until at least {t.MIN_CONTENT_SHARE:.0%} of them, or "
        f"{t.ENOUGH_CONTENT_ITEMS}, have either."
    ),
}


def remediation_for(failures: Sequence[GateFailureDTO], *, platforms: Sequence[Platform] = ()) -> str:
    """One instruction for each failed gate, in their order, then the last step; "" without failures.

    `platforms` are those that the brand needs posts of; empty where any will do.
    """
    if not failures:
        return ""
    names = platform_names(platforms)
    steps = [f"{failure.sentence} {_ADVICE[failure.code].format(platforms=names)}" for failure in failures]
    return " ".join([*steps, "Then generate the board again."])


GAVE_UP = "Generation job failed after maximum retries."

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

_RETRY_IS_NO_HELP = frozenset({GenerationErrorCode.WORKER_DIED})


def retry_helps(code: GenerationErrorCode) -> bool:
    """Whether asking for another board may go better than this one did."""
    return code not in _RETRY_IS_NO_HELP


def for_error(code: GenerationErrorCode) -> str:
    """The remediation of an error board."""
    return f"{GAVE_UP} {_ERROR_ADVICE[code]}"


def for_job(code: GenerationErrorCode) -> str:
    """What to do about a job that ended with this code."""
    return _ERROR_ADVICE[code]


def for_overdue() -> str:
    """The remediation while a job is past its deadline and no worker has said so yet."""
    return f"The generation job is past its deadline. {_ERROR_ADVICE[GenerationErrorCode.STUCK_JOB_TIMEOUT]}"


def for_archived() -> str:
    """For an archived brand that never had a board."""
    return "The brand is archived, so no board is made for it. Take it out of the archive to make one."


def for_few_items(*, found: int) -> str:
    """The remediation of a brand that has too little evidence for a first board."""
    missing = t.MIN_EVIDENCE_ITEMS - found
    return (
        f"There are {found} of the {t.MIN_EVIDENCE_ITEMS} posts a first board needs. Add {missing} more "
        f"{'post' if missing == 1 else 'posts'}; generation then starts at the next reading."
    )
