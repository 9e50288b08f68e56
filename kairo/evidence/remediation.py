"""What a person can do when a reading, or an ingestion job, came to nothing. Whoever asks may not see the settings."""

from __future__ import annotations

from kairo.evidence.enums import IngestionErrorCode as Code

_SENTENCES: dict[Code, str] = {
    Code.SOURCE_NOT_AVAILABLE: "This deployment does not read from there now. Whoever runs it can switch that on.",
    Code.INVALID_IDENTIFIER: "Correct the name or address of the connection.",
    Code.CONSENT_MISSING: "Reading it costs money. Allow the connection to spend on its schedule, or refresh by hand.",
    Code.RUN_CAP_REACHED: "One refresh may cost no more. Read fewer connections at once.",
    Code.DAILY_CAP_REACHED: "No more may be spent today. Try again after midnight UTC.",
    Code.TOTAL_CAP_REACHED: "The budget is spent. Whoever runs this deployment can raise it.",
    Code.UNAUTHORIZED: "The source does not accept this deployment's token. Whoever runs it must set another.",
    Code.PAYMENT_REQUIRED: "The source's account has no credit left. Whoever runs this deployment can add some.",
    Code.NOT_FOUND: "There is nothing under this name or address. Correct the connection.",
    Code.REFUSED: "The source does not take this request. Correct the connection.",
    Code.RATE_LIMITED: "The source asks for a pause. Try again later.",
    Code.UNAVAILABLE: "The source does not answer. Try again later.",
    Code.TIMED_OUT: "The source answers too slowly. Try again later.",
    Code.INVALID_ANSWER: "The source's answer cannot be read. If it happens again, tell whoever runs this deployment.",
    Code.INCOMPLETE_ANSWER: "Only a part of the answer came. Try again later.",
    Code.START_UNKNOWN: "The source's answer was lost, and asking twice could cost twice. Try again later.",
    Code.RUN_FAILED: "The reading failed at the source. Check that the account or page is public, then try again.",
    Code.RUN_ABORTED: "The reading was ended at the source. Try again.",
    Code.RUN_TIMED_OUT: "The reading took too long at the source. Try again later.",
    Code.NO_ITEMS: "Nothing was found. Check that the account or page is public and has posts of the last 30 days.",
    Code.NO_USABLE_ITEMS: "What was found cannot be used. The readings say why, item by item.",
    Code.STUCK_JOB_TIMEOUT: "Nobody finished it in time. Try again.",
    Code.WORKER_DIED: "Its worker ended again and again. If it happens twice, tell whoever runs this deployment.",
    Code.DATABASE_UNAVAILABLE: "The database did not answer. Try again later.",
    Code.CANCELLED: "Somebody ended it. Ask again if that was a mistake.",
    Code.INTERNAL: "This is our mistake. If it happens again, tell whoever runs this deployment.",
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
    """One or two sentences, for a person."""
    return _SENTENCES[code]


def retry_helps(code: Code) -> bool:
    """Whether asking for the same again may go better, with nothing changed."""
    return code in _RETRY_HELPS
