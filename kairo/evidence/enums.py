"""The closed vocabularies of evidence and its sources. See `kairo.core.enums` for how values are stored and shown."""

from kairo.core.choices import Choice, DescribedChoices


class SourceKind(DescribedChoices):
    """What of a platform a source connection reads."""

    PROFILE = Choice("profile", "The posts of an account, a company or a channel.")
    HASHTAG = Choice("hashtag", "Posts with a hashtag.")
    SEARCH = Choice("search", "What a search finds.")
    SITE = Choice("site", "The pages of a web site.")
    FEED = Choice("feed", "The entries of an RSS or Atom feed.")


class IngestionStatus(DescribedChoices):
    """Where an ingestion job is in its life."""

    PENDING = Choice("pending", "It waits for a worker, or for a run at the source.")
    RUNNING = Choice("running", "A worker is at it.")
    SUCCEEDED = Choice("succeeded", "At least one connection was read.")
    FAILED = Choice("failed", "It has failed for good: nothing could be read.")
    CANCELLED = Choice("cancelled", "Somebody ended it.")

    @classmethod
    def active(cls) -> list[str]:
        """The statuses of a job that will still change."""
        return [cls.PENDING.value, cls.RUNNING.value]


class IngestionStage(DescribedChoices):
    """What an ingestion job is doing, or did last."""

    QUEUED = Choice("queued", "It waits for a worker.")
    STARTING = Choice("starting", "A run is being started at the source.")
    # Holds no worker.
    WAITING = Choice("waiting", "A run is at work at the source.")
    COLLECTING = Choice("collecting", "What was found is being taken in.")
    DONE = Choice("done", "It has ended.")


class SourceRunStatus(DescribedChoices):
    """Where one reading of a source is in its life."""

    STARTING = Choice("starting", "It is being started.")
    RUNNING = Choice("running", "It is at work.")
    SUCCEEDED = Choice("succeeded", "It was read.")
    FAILED = Choice("failed", "It came to nothing, or ended before it was done.")

    @classmethod
    def open(cls) -> list[str]:
        """The statuses of a reading that is not over."""
        return [cls.STARTING.value, cls.RUNNING.value]


class IngestionErrorCode(DescribedChoices):
    """Why a reading, or a whole ingestion job, came to nothing. More values may come: keep a default branch."""

    # What was asked for
    SOURCE_NOT_AVAILABLE = Choice("source_not_available", "This deployment does not read from there now.")
    INVALID_IDENTIFIER = Choice("invalid_identifier", "The name or address cannot be read as one.")
    CONSENT_MISSING = Choice(
        "consent_missing", "It costs money, and the connection does not allow that on its schedule."
    )
    # Money
    RUN_CAP_REACHED = Choice("run_cap_reached", "One refresh may cost no more.")
    DAILY_CAP_REACHED = Choice("daily_cap_reached", "No more may be spent on this day (UTC).")
    TOTAL_CAP_REACHED = Choice("total_cap_reached", "The deployment's whole budget is spent.")
    QUOTA_EXCEEDED = Choice("quota_exceeded", "The tenant may store no more posts, or take in no more on this day.")
    # The other side's answers
    UNAUTHORIZED = Choice("unauthorized", "The source does not accept the deployment's token.")
    PAYMENT_REQUIRED = Choice("payment_required", "The source's account has no credit left.")
    NOT_FOUND = Choice("not_found", "The source has nothing of this name, or does not know the run any more.")
    REFUSED = Choice("refused", "The source does not take the request.")
    RATE_LIMITED = Choice("rate_limited", "The source asks for a pause.")
    UNAVAILABLE = Choice("unavailable", "The source does not answer.")
    TIMED_OUT = Choice("timed_out", "The source did not answer in time.")
    INVALID_ANSWER = Choice("invalid_answer", "The source's answer cannot be read.")
    INCOMPLETE_ANSWER = Choice("incomplete_answer", "A part of the source's answer is missing.")
    # The run there
    START_UNKNOWN = Choice(
        "start_unknown",
        "Nobody knows whether a run was started: it is not started again, and its cost stays set aside.",
    )
    RUN_FAILED = Choice("run_failed", "The run failed at the source.")
    RUN_ABORTED = Choice("run_aborted", "The run was ended at the source.")
    RUN_TIMED_OUT = Choice("run_timed_out", "The run took too long at the source.")
    NO_ITEMS = Choice("no_items", "Nothing was found.")
    NO_USABLE_ITEMS = Choice("no_usable_items", "Nothing of what was found can be used.")
    # This side
    STUCK_JOB_TIMEOUT = Choice("stuck_job_timeout", "Nobody finished the job in time.")
    WORKER_DIED = Choice("worker_died", "The job's worker died again and again.")
    DATABASE_UNAVAILABLE = Choice("database_unavailable", "The database did not answer.")
    CANCELLED = Choice("cancelled", "Somebody ended the job.")
    INTERNAL = Choice("internal", "Our mistake.")


class IngestOutcome(DescribedChoices):
    """What became of an item that was sent as evidence."""

    CREATED = Choice("created", "It is new, and stored.")
    UPDATED = Choice("updated", "It was there with other content, and has this one now.")
    UNCHANGED = Choice("unchanged", "It was there just so.")
    DUPLICATE = Choice("duplicate", "An item before it is the same post, and was taken instead.")
    REJECTED = Choice("rejected", "It cannot be stored.")


class OnIngestError(DescribedChoices):
    """What happens to the other items when one is rejected."""

    SKIP = Choice("skip", "They are stored.")
    ABORT = Choice("abort", "None is stored, and the answer is `EvidenceRejectedProblem`.")


class RecordErrorCode(DescribedChoices):
    """Why an item cannot be stored as evidence. More values may come: keep a default branch."""

    NOT_UTF8 = Choice("not_utf8", "It is not UTF-8 text. In files only.")
    NOT_JSON = Choice("not_json", "It is not JSON. In files only.")
    NOT_CSV = Choice("not_csv", "It is not a row of the table it is in. In files only.")
    LINE_TOO_LONG = Choice("line_too_long", "It is longer than any post. In files only.")
    NOT_AN_OBJECT = Choice("not_an_object", "It is not an object.")
    NOT_IDENTIFIED = Choice("not_identified", "It has neither an external id nor an address.")
    UNKNOWN_PLATFORM = Choice("unknown_platform", "Its platform is not a known one. In files only.")
    UNKNOWN_CONTENT_TYPE = Choice("unknown_content_type", "Its content type is not a known one. In files only.")
    WRONG_TYPE = Choice("wrong_type", "A value in it is of another type than it must be.")
    TOO_LONG = Choice("too_long", "Its external id is too long to know it by.")
    INVALID_URL = Choice(
        "invalid_url", "It has no external id, and its address is not an absolute one of http or https."
    )
    INVALID_DATE = Choice("invalid_date", "When it was published is not an ISO 8601 moment.")
    DATE_OUT_OF_RANGE = Choice("date_out_of_range", "It was published before 1990 or will be more than a day from now.")
    UNKNOWN_SHAPE = Choice(
        "unknown_shape", "It is nothing that its scraper is known to answer with. From scrapers only."
    )
    SCRAPER_ERROR = Choice("scraper_error", "Its scraper reports an error in place of a post. From scrapers only.")
    PAGE_ERROR = Choice("page_error", "The page answered with an HTTP error. From scrapers only.")
