"""The closed vocabularies of evidence and its sources. See `kairo.core.enums` for how values are stored and shown."""

from django.db.models import TextChoices


class SourceKind(TextChoices):
    """What of a platform a source reads."""

    PROFILE = "profile"
    HASHTAG = "hashtag"
    SEARCH = "search"
    SITE = "site"
    FEED = "feed"


class IngestionStatus(TextChoices):
    """Life of an ingestion job; only the first two are active."""

    PENDING = "pending"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @classmethod
    def active(cls) -> list[str]:
        """The statuses of a job that will still change."""
        return [cls.PENDING.value, cls.RUNNING.value]


class IngestionStage(TextChoices):
    """What an ingestion job is doing. It waits, and holds no worker, while a run elsewhere is at work."""

    QUEUED = "queued"
    STARTING = "starting"
    WAITING = "waiting"
    COLLECTING = "collecting"
    DONE = "done"


class SourceRunStatus(TextChoices):
    """Life of one reading from a source; the first two are not over."""

    STARTING = "starting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"

    @classmethod
    def open(cls) -> list[str]:
        """The statuses of a reading that is not over."""
        return [cls.STARTING.value, cls.RUNNING.value]


class IngestionErrorCode(TextChoices):
    """Why a reading from a source, or a whole ingestion job, came to nothing."""

    # What was asked for
    SOURCE_NOT_AVAILABLE = "source_not_available"
    INVALID_IDENTIFIER = "invalid_identifier"
    CONSENT_MISSING = "consent_missing"
    # Money
    RUN_CAP_REACHED = "run_cap_reached"
    DAILY_CAP_REACHED = "daily_cap_reached"
    TOTAL_CAP_REACHED = "total_cap_reached"
    # The other side's answers
    UNAUTHORIZED = "unauthorized"
    PAYMENT_REQUIRED = "payment_required"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"
    TIMED_OUT = "timed_out"
    INVALID_ANSWER = "invalid_answer"
    INCOMPLETE_ANSWER = "incomplete_answer"
    # The run there
    START_UNKNOWN = "start_unknown"
    RUN_FAILED = "run_failed"
    RUN_ABORTED = "run_aborted"
    RUN_TIMED_OUT = "run_timed_out"
    NO_ITEMS = "no_items"
    NO_USABLE_ITEMS = "no_usable_items"
    # This side
    STUCK_JOB_TIMEOUT = "stuck_job_timeout"
    WORKER_DIED = "worker_died"
    DATABASE_UNAVAILABLE = "database_unavailable"
    CANCELLED = "cancelled"
    INTERNAL = "internal"


class IngestOutcome(TextChoices):
    """What became of one record that was given as evidence."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


class OnIngestError(TextChoices):
    """What happens to the good ones among records, when another is rejected."""

    SKIP = "skip"
    ABORT = "abort"


class RecordErrorCode(TextChoices):
    """Why a record cannot become evidence."""

    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    NOT_CSV = "not_csv"
    LINE_TOO_LONG = "line_too_long"
    NOT_AN_OBJECT = "not_an_object"
    NOT_IDENTIFIED = "not_identified"
    UNKNOWN_PLATFORM = "unknown_platform"
    UNKNOWN_CONTENT_TYPE = "unknown_content_type"
    WRONG_TYPE = "wrong_type"
    TOO_LONG = "too_long"
    INVALID_URL = "invalid_url"
    INVALID_DATE = "invalid_date"
    DATE_OUT_OF_RANGE = "date_out_of_range"
    UNKNOWN_SHAPE = "unknown_shape"
    SCRAPER_ERROR = "scraper_error"
    PAGE_ERROR = "page_error"
