"""The closed vocabularies of the Today board. See `kairo.core.enums` for how values are stored and shown."""

from kairo.core.choices import Choice, DescribedChoices


class TodayBoardState(DescribedChoices):
    """The state of a brand's board."""

    # The first two are derived at reading and never stored.
    NOT_GENERATED_YET = Choice(
        "not_generated_yet", "There was never a board, and there is too little evidence to start one."
    )
    GENERATING = Choice("generating", "A board is being made.")
    READY = Choice("ready", "The last generation ended well.")
    INSUFFICIENT_EVIDENCE = Choice(
        "insufficient_evidence", "The last generation found too little or unusable evidence."
    )
    ERROR = Choice("error", "The last generation failed for good.")

    @classmethod
    def stored(cls) -> list[str]:
        """The states a board row may have."""
        return [cls.READY.value, cls.INSUFFICIENT_EVIDENCE.value, cls.ERROR.value]


class ReadyReason(DescribedChoices):
    """Why a ready board looks the way it does. Treat an unknown value like NO_VALID_CANDIDATES."""

    GENERATED = Choice("generated", "Synthesis ran, and at least one opportunity survived.")
    GATES_ONLY_NO_SYNTHESIS = Choice(
        "gates_only_no_synthesis", "The evidence was good enough, and synthesis is switched off."
    )
    NO_VALID_CANDIDATES = Choice("no_valid_candidates", "Synthesis ran, and every candidate was rejected.")
    EMPTY_BRAND_CONTEXT = Choice(
        "empty_brand_context", "The brand has no active pillar and no persona to match evidence against."
    )


class JobStatus(DescribedChoices):
    """The life of a generation job. Only PENDING and RUNNING still change."""

    PENDING = Choice("pending", "Waiting for a worker, or for the next attempt.")
    RUNNING = Choice("running", "A worker is on it.")
    SUCCEEDED = Choice("succeeded", "It wrote a ready board.")
    FAILED = Choice("failed", "It failed for good and wrote an error board.")
    INSUFFICIENT_EVIDENCE = Choice("insufficient_evidence", "It wrote a board that says what evidence is missing.")
    CANCELLED = Choice("cancelled", "It was cancelled and wrote no board.")

    @classmethod
    def active(cls) -> list[str]:
        """The statuses of a job that will still change."""
        return [cls.PENDING.value, cls.RUNNING.value]


class JobStage(DescribedChoices):
    """What a job is doing, in the order it does it."""

    QUEUED = Choice("queued", "Waiting for a worker.")
    GATHERING = Choice("gathering", "Reading the brand's evidence.")
    GATING = Choice("gating", "Checking whether the evidence is good enough.")
    SYNTHESIZING = Choice("synthesizing", "Turning evidence into opportunities.")
    STORING = Choice("storing", "Writing the board.")


class GenerationErrorCode(DescribedChoices):
    """Why a job failed for good. Treat an unknown value like INTERNAL."""

    STUCK_JOB_TIMEOUT = Choice("stuck_job_timeout", "It did not finish in the time a job may take.")
    WORKER_DIED = Choice("worker_died", "Its workers died, more than once.")
    SYNTHESIS_TIMEOUT = Choice("synthesis_timeout", "The engine took longer than it may.")
    SYNTHESIS_FAILED = Choice("synthesis_failed", "The engine failed.")
    DATABASE_UNAVAILABLE = Choice("database_unavailable", "The database did not answer.")
    CANCELLED = Choice("cancelled", "It was cancelled.")
    INTERNAL = Choice("internal", "Something failed that should not; the operators' logs say what.")


class GateCode(DescribedChoices):
    """An evidence gate that did not hold."""

    INSUFFICIENT_ITEMS = Choice("insufficient_items", "Too few items.")
    INSUFFICIENT_TEXT_ITEMS = Choice("insufficient_text_items", "Too few items with text.")
    MISSING_REQUIRED_PLATFORMS = Choice("missing_required_platforms", "No item from a platform that is needed.")
    INSUFFICIENT_TRANSCRIPT_COVERAGE = Choice(
        "insufficient_transcript_coverage", "Too small a share of videos with a transcript."
    )
    STALE_EVIDENCE = Choice("stale_evidence", "Nothing published recently.")
    INSUFFICIENT_TEXT_LENGTH = Choice("insufficient_text_length", "Too few items with a text that is long enough.")
    INSUFFICIENT_AUTHOR_DIVERSITY = Choice("insufficient_author_diversity", "Too few different authors.")
    INSUFFICIENT_URL_DIVERSITY = Choice("insufficient_url_diversity", "Too few different urls.")
    TOO_MANY_DUPLICATES = Choice("too_many_duplicates", "Too large a share of items that nearly repeat another.")
    INSUFFICIENT_CONTENT = Choice("insufficient_content", "Too small a share of items with text or transcript.")


class GateKind(DescribedChoices):
    """When a job asks an evidence gate."""

    QUALITY = Choice("quality", "First.")
    USABILITY = Choice("usability", "When all gates of quality hold.")


class DeleteOutcome(DescribedChoices):
    """What became of a post that was to be deleted."""

    DELETED = Choice("deleted", "It is gone.")
    NAMED = Choice("named", "It is kept: an idea or a stored board names it.")
    NOT_FOUND = Choice("not_found", "There is no such post that this token may see.")


class RejectionCode(DescribedChoices):
    """The rule that dropped a candidate idea."""

    TITLE_TOO_SHORT = Choice("title_too_short", "Its title is too short.")
    ANGLE_TOO_SHORT = Choice("angle_too_short", "Its angle is too short.")
    WHY_NOW_TOO_SHORT = Choice("why_now_too_short", "Its reason for now is too short.")
    WHY_NOW_VACUOUS = Choice("why_now_vacuous", "Its reason for now would hold at any time.")
    WHY_NOW_WITHOUT_ANCHOR = Choice(
        "why_now_without_anchor", "Its reason for now names no number, date, rate of change or post."
    )
    NO_EVIDENCE = Choice("no_evidence", "It names no evidence.")
    UNKNOWN_EVIDENCE = Choice("unknown_evidence", "It names evidence that the brand does not have.")
    INVALID_TYPE = Choice("invalid_type", "Its type is not one of the known ones.")
    CHANNEL_NOT_USED = Choice("channel_not_used", "Its primary channel is one that the brand does not use.")
    TABOO = Choice("taboo", "It touches one of the brand's taboos.")
    SCORE_NOT_POSITIVE = Choice("score_not_positive", "Its score is not above 0.")
    NEAR_DUPLICATE = Choice("near_duplicate", "Its title nearly repeats that of a better idea.")
    NO_TYPE_FITS = Choice("no_type_fits", "The evidence supports none of the types.")
    NO_FIT = Choice("no_fit", "It fits neither a pillar nor a persona of the brand.")
    TOO_FEW_AUTHORS = Choice("too_few_authors", "Too few different authors stand behind it.")
    PORTFOLIO_LIMIT = Choice("portfolio_limit", "The board already has enough ideas of its kind.")
    UNPROVEN_CLAIM = Choice("unproven_claim", "It makes a claim that the evidence does not bear out.")
    INVALID_REFERENCE = Choice("invalid_reference", "It names a persona or pillar that the brand does not have.")
    DECIDED_IGNORED = Choice("decided_ignored", "A person ignored the same idea before.")
    INVALID_SCORE = Choice("invalid_score", "The parts of its score break the limits.")
    MALFORMED = Choice("malformed", "The engine gave it in a shape that cannot be read.")
    SCORE_MISMATCH = Choice("score_mismatch", "The parts of its score are not what its evidence gives.")
    TYPE_WITHOUT_PROOF = Choice("type_without_proof", "Its evidence does not meet the conditions of its type.")
    CLAIM_MISSING = Choice("claim_missing", "Its reason for now has a number and no claim for it.")
    CLAIM_OFF_TOPIC = Choice("claim_off_topic", "A claim counts a post that does not say the topic.")
    NUMBER_WITHOUT_CLAIM = Choice(
        "number_without_claim", "A number in its texts stands in no claim, profile, campaign or quoted post."
    )
    QUOTE_NOT_FOUND = Choice("quote_not_found", "A quotation is not in the post it names, letter by letter.")
    LINK_IN_TEXT = Choice("link_in_text", "Its texts hold a link.")
    MARKUP_IN_TEXT = Choice("markup_in_text", "Its texts hold markup.")
    UNKNOWN_HANDLE = Choice("unknown_handle", "Its texts name an account that is no author of its evidence.")
    WRONG_LANGUAGE = Choice("wrong_language", "Its texts are in a language that the brand does not publish in.")
    MODEL_SPEECH = Choice("model_speech", "Its texts speak of the model that wrote them.")
    ANGLE_PART_WITHOUT_FACT = Choice(
        "angle_part_without_fact", "A part of its angle names no post, or the parts are not the angle."
    )
    ABOUT_THE_BRAND = Choice("about_the_brand", "Its posts speak about the brand itself: a brand mention, not an idea.")
    OWN_POSTS = Choice("own_posts", "It counts posts of the brand's own accounts as evidence.")


class AnglePartKind(DescribedChoices):
    """What kind of fact a part of an angle tells. More values may come: keep a default branch."""

    TASK = Choice("task", "What to make, and of what.")
    HOOK = Choice("hook", "The opening of the strongest post, quoted with its author.")
    FORM = Choice("form", "The form that most of the posts use, such as a list or a how-to.")
    QUESTION = Choice("question", "What several posts ask alike, quoted.")
    GAP = Choice("gap", "What the pillar or the persona cares about and none of the posts covers.")
    AUDIENCE = Choice("audience", "Whom it is for, and what they have to gain.")


class ScorePartName(DescribedChoices):
    """The four parts that add up to a score."""

    RELEVANCE = Choice("relevance", "Fit with the brand's pillars and positioning, 0 to 30.")
    TIMELINESS = Choice("timeliness", "How much it matters now, 0 to 25.")
    AUDIENCE = Choice("audience", "Fit with the brand's personas, 0 to 25.")
    CHANNEL = Choice("channel", "Fit with the primary channel, 0 to 20.")


class ChangeKind(DescribedChoices):
    """How an idea stands against an earlier board."""

    NEW = Choice("new", "It was not there before.")
    RISING = Choice("rising", "Its score rose by 3 or more.")
    STEADY = Choice("steady", "It is about where it was.")
    FADING = Choice("fading", "Its score fell by 3 or more.")
    GONE = Choice("gone", "It is not there any more.")


class MentionChangeKind(DescribedChoices):
    """How a brand mention stands against an earlier board."""

    NEW = Choice("new", "It was not there before.")
    ONGOING = Choice("ongoing", "It was there, and still is.")
    GONE = Choice("gone", "It is not there any more.")


class OpportunityOrder(DescribedChoices):
    """How ideas are listed."""

    CREATED_DESC = Choice("created_desc", "Those that came up last, first.")
    CREATED_ASC = Choice("created_asc", "Those that came up first, first.")
    SCORE_DESC = Choice("score_desc", "The best scored first.")
    SCORE_ASC = Choice("score_asc", "The worst scored first.")
