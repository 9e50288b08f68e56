"""What a user can do after a source run or an ingestion job failed. The texts assume no access to the settings."""

from __future__ import annotations

from kairo.evidence.enums import IngestionErrorCode as Code

_SENTENCES: dict[Code, str] = {
    Code.SOURCE_NOT_AVAILABLE: "This deployment does not read this source now. The operator can enable it.",
    Code.INVALID_IDENTIFIER: "Correct the name or address of the connection.",
    Code.CONSENT_MISSING: "This source costs money. Allow the connection to spend on its schedule, or refresh by hand.",
    Code.RUN_CAP_REACHED: "One refresh may not cost more. Read fewer connections at once.",
    Code.DAILY_CAP_REACHED: "Today's budget is spent. Try again after midnight UTC.",
    Code.TOTAL_CAP_REACHED: "The total budget is spent. The operator can raise it.",
    Code.QUOTA_EXCEEDED: "A quota of posts is reached; the runs say which. Delete posts, or ask the operator.",
    Code.UNAUTHORIZED: "The source does not accept this deployment's token. The operator must set another one.",
    Code.PAYMENT_REQUIRED: "The source's account has no credit left. The operator can add some.",
    Code.NOT_FOUND: "The source has nothing under this name or address. Correct the connection.",
    Code.REFUSED: "The source does not accept this request. Correct the connection.",
    Code.RATE_LIMITED: "The source received too many requests. Try again later.",
    Code.UNAVAILABLE: "The source does not respond. Try again later.",
    Code.TIMED_OUT: "The source responded too slowly. Try again later.",
    Code.INVALID_ANSWER: "The source's response is not valid. If this happens again, contact the operator.",
    Code.INCOMPLETE_ANSWER: "The source sent only a part of its response. Try again later.",
    Code.START_UNKNOWN: "The source may have started a run, and a second one could cost twice. Try again later.",
    Code.RUN_FAILED: "The run failed at the source. Check that the account or page is public, then try again.",
    Code.RUN_ABORTED: "The run was aborted at the source. Try again.",
    Code.RUN_TIMED_OUT: "The run took too long at the source. Try again later.",
    Code.NO_ITEMS: "No posts were found. Check that the account or page is public and has posts of the last 30 days.",
    Code.NO_USABLE_ITEMS: "None of the items can be used. The runs give the reason for each item.",
    Code.STUCK_JOB_TIMEOUT: "The job did not finish in time. Try again.",
    Code.WORKER_DIED: "The job's workers stopped repeatedly. If this happens twice, contact the operator.",
    Code.DATABASE_UNAVAILABLE: "The database did not respond. Try again later.",
    Code.CANCELLED: "A user cancelled the job. Start it again if that was a mistake.",
    Code.INTERNAL: "This is an error in Kairo. If it happens again, contact the operator.",
}
_RETRY_HELPS = frozenset(
    {
        Code.DAILY_CAP_REACHED,
        Code.RATE_LIMITED,
        Code.UNAVAILABLE,
        Code.TIMED_OUT,
        Code.INCOMPLETE_ANSWER,
        Code.START_UNKNOWN,
        Code.RUN_FAILED,
        Code.RUN_ABORTED,
        Code.RUN_TIMED_OUT,
        Code.STUCK_JOB_TIMEOUT,
        Code.WORKER_DIED,
        Code.DATABASE_UNAVAILABLE,
        Code.CANCELLED,
        Code.INTERNAL,
    }
)


def for_code(code: Code) -> str:
    """Returns one or two sentences that say what to do."""
    return _SENTENCES[code]


def retry_helps(code: Code) -> bool:
    """Returns whether the same request may succeed later, with nothing changed."""
    return code in _RETRY_HELPS
