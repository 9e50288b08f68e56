"""The closed vocabularies of the Today board. See `kairo.core.enums` for how values are stored and shown."""

from django.db.models import TextChoices


class TodayBoardState(TextChoices):
    """The state a client sees. The first two are derived at reading and never stored."""

    NOT_GENERATED_YET = "not_generated_yet"
    GENERATING = "generating"
    READY = "ready"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"
    ERROR = "error"

    @classmethod
    def stored(cls) -> list[str]:
        """The states a board row may have."""
        return [cls.READY.value, cls.INSUFFICIENT_EVIDENCE.value, cls.ERROR.value]


class ReadyReason(TextChoices):
    """Why a ready board looks the way it does."""

    GENERATED = "generated"
    GATES_ONLY_NO_SYNTHESIS = "gates_only_no_synthesis"
    NO_VALID_CANDIDATES = "no_valid_candidates"
    EMPTY_BRAND_CONTEXT = "empty_brand_context"


class JobStatus(TextChoices):
    """Life of a generation job; only the first two are active."""

    PENDING = "pending"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"
    CANCELLED = "cancelled"

    @classmethod
    def active(cls) -> list[str]:
        """The statuses of a job that will still change."""
        return [cls.PENDING.value, cls.RUNNING.value]


class JobStage(TextChoices):
    """What a job is doing, in the order it does it."""

    QUEUED = "queued"
    GATHERING = "gathering"
    GATING = "gating"
    SYNTHESIZING = "synthesizing"
    STORING = "storing"


class GenerationErrorCode(TextChoices):
    """Why a job failed for good."""

    STUCK_JOB_TIMEOUT = "stuck_job_timeout"
    WORKER_DIED = "worker_died"
    SYNTHESIS_TIMEOUT = "synthesis_timeout"
    SYNTHESIS_FAILED = "synthesis_failed"
    DATABASE_UNAVAILABLE = "database_unavailable"
    CANCELLED = "cancelled"
    INTERNAL = "internal"


class GateCode(TextChoices):
    """The failure code of each evidence gate."""

    INSUFFICIENT_ITEMS = "insufficient_items"
    INSUFFICIENT_TEXT_ITEMS = "insufficient_text_items"
    MISSING_REQUIRED_PLATFORMS = "missing_required_platforms"
    INSUFFICIENT_TRANSCRIPT_COVERAGE = "insufficient_transcript_coverage"
    STALE_EVIDENCE = "stale_evidence"
    INSUFFICIENT_TEXT_LENGTH = "insufficient_text_length"
    INSUFFICIENT_AUTHOR_DIVERSITY = "insufficient_author_diversity"
    INSUFFICIENT_URL_DIVERSITY = "insufficient_url_diversity"
    TOO_MANY_DUPLICATES = "too_many_duplicates"
    INSUFFICIENT_CONTENT = "insufficient_content"


class GateKind(TextChoices):
    """When an evidence gate is asked by a job."""

    QUALITY = "quality"
    USABILITY = "usability"


class DeleteOutcome(TextChoices):
    """What became of a post that was to be deleted."""

    DELETED = "deleted"
    NAMED = "named"
    NOT_FOUND = "not_found"


class RejectionCode(TextChoices):
    """The rule that dropped a candidate idea."""

    TITLE_TOO_SHORT = "title_too_short"
    ANGLE_TOO_SHORT = "angle_too_short"
    WHY_NOW_TOO_SHORT = "why_now_too_short"
    WHY_NOW_VACUOUS = "why_now_vacuous"
    WHY_NOW_WITHOUT_ANCHOR = "why_now_without_anchor"
    NO_EVIDENCE = "no_evidence"
    UNKNOWN_EVIDENCE = "unknown_evidence"
    INVALID_TYPE = "invalid_type"
    CHANNEL_NOT_USED = "channel_not_used"
    TABOO = "taboo"
    SCORE_NOT_POSITIVE = "score_not_positive"
    NEAR_DUPLICATE = "near_duplicate"
    NO_TYPE_FITS = "no_type_fits"
    NO_FIT = "no_fit"
    TOO_FEW_AUTHORS = "too_few_authors"
    PORTFOLIO_LIMIT = "portfolio_limit"
    UNPROVEN_CLAIM = "unproven_claim"
    INVALID_REFERENCE = "invalid_reference"
    DECIDED_IGNORED = "decided_ignored"
    INVALID_SCORE = "invalid_score"
    MALFORMED = "malformed"
    SCORE_MISMATCH = "score_mismatch"
    TYPE_WITHOUT_PROOF = "type_without_proof"
    CLAIM_MISSING = "claim_missing"
    CLAIM_OFF_TOPIC = "claim_off_topic"
    NUMBER_WITHOUT_CLAIM = "number_without_claim"
    QUOTE_NOT_FOUND = "quote_not_found"
    LINK_IN_TEXT = "link_in_text"
    MARKUP_IN_TEXT = "markup_in_text"
    UNKNOWN_HANDLE = "unknown_handle"
    WRONG_LANGUAGE = "wrong_language"
    MODEL_SPEECH = "model_speech"
    ANGLE_PART_WITHOUT_FACT = "angle_part_without_fact"
    ABOUT_THE_BRAND = "about_the_brand"
    OWN_POSTS = "own_posts"


class AnglePartKind(TextChoices):
    """What kind of fact a part of an angle tells."""

    TASK = "task"
    HOOK = "hook"
    FORM = "form"
    QUESTION = "question"
    GAP = "gap"
    AUDIENCE = "audience"


class ScorePartName(TextChoices):
    """The four additive parts of a score."""

    RELEVANCE = "relevance"
    TIMELINESS = "timeliness"
    AUDIENCE = "audience"
    CHANNEL = "channel"


class ChangeKind(TextChoices):
    """How an idea stands against the brand's previous ready board."""

    NEW = "new"
    RISING = "rising"
    STEADY = "steady"
    FADING = "fading"
    GONE = "gone"


class MentionChangeKind(TextChoices):
    """How a brand mention stands against an earlier board."""

    NEW = "new"
    ONGOING = "ongoing"
    GONE = "gone"


class OpportunityOrder(TextChoices):
    """How a brand's opportunities are listed."""

    CREATED_DESC = "created_desc"
    CREATED_ASC = "created_asc"
    SCORE_DESC = "score_desc"
    SCORE_ASC = "score_asc"
