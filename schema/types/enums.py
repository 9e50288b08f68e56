"""The domain's vocabularies as GraphQL enums: upper-case names, each value described.

Declared in the `enums` modules of core, evidence and hero, and only there. Types import them from here, so that
they are described first.
"""

from __future__ import annotations

import strawberry
from django.db.models import TextChoices

from kairo.core.enums import Channel, ContentType, CreatedVia, DecisionKind, OpportunityType, Platform, TokenScope
from kairo.evidence.enums import (
    IngestionErrorCode,
    IngestionStage,
    IngestionStatus,
    IngestOutcome,
    OnIngestError,
    RecordErrorCode,
    SourceKind,
    SourceRunStatus,
)
from kairo.hero.enums import (
    AnglePartKind,
    ChangeKind,
    DeleteOutcome,
    GateCode,
    GateKind,
    GenerationErrorCode,
    JobStage,
    JobStatus,
    MentionChangeKind,
    OpportunityOrder,
    ReadyReason,
    RejectionCode,
    ScorePartName,
    TodayBoardState,
)

__all__ = [
    "EXPOSED",
    "AnglePartKind",
    "ChangeKind",
    "Channel",
    "ContentType",
    "CreatedVia",
    "DecisionKind",
    "DeleteOutcome",
    "GateCode",
    "GateKind",
    "GenerationErrorCode",
    "IngestOutcome",
    "IngestionErrorCode",
    "IngestionStage",
    "IngestionStatus",
    "JobStage",
    "JobStatus",
    "MentionChangeKind",
    "OnIngestError",
    "OpportunityOrder",
    "OpportunityType",
    "Platform",
    "ReadyReason",
    "RecordErrorCode",
    "RejectionCode",
    "ScorePartName",
    "SourceKind",
    "SourceRunStatus",
    "TodayBoardState",
    "TokenScope",
]

EXPOSED: list[type[TextChoices]] = []


def _expose(choices: type[TextChoices], description: str, *, graphql_name: str = "", **values: str) -> None:
    if list(values) != choices.names:
        raise TypeError(f"{choices.__name__} must describe exactly these values, in order: {choices.names}")
    exposed = strawberry.enum(choices, name=graphql_name or choices.__name__, description=description)
    for value in exposed.__strawberry_definition__.values:  # type: ignore[attr-defined]  # set by strawberry.enum
        value.description = values[value.name]
    EXPOSED.append(choices)


_expose(
    Platform,
    "Where a piece of evidence was published.",
    INSTAGRAM="Instagram.",
    TIKTOK="TikTok.",
    LINKEDIN="LinkedIn.",
    YOUTUBE="YouTube.",
    X="X, formerly Twitter.",
    WEB="Any other web page.",
)
_expose(
    ContentType,
    "What kind of post a piece of evidence is.",
    POST="A picture, or several.",
    REEL="A reel.",
    TEXT_POST="Text, with or without pictures.",
    SHORT_VIDEO="A short video.",
    VIDEO="A video.",
    WEB_PAGE="A page or an article.",
)
_expose(
    GateKind,
    "When a job asks an evidence gate.",
    QUALITY="First.",
    USABILITY="When all gates of quality hold.",
)
_expose(
    DeleteOutcome,
    "What became of a post that was to be deleted.",
    DELETED="It is gone.",
    NAMED="It is kept: an idea or a stored board names it.",
    NOT_FOUND="There is no such post that this token may see.",
)
_expose(
    IngestOutcome,
    "What became of an item that was sent as evidence.",
    CREATED="It is new, and stored.",
    UPDATED="It was there with other content, and has this one now.",
    UNCHANGED="It was there just so.",
    DUPLICATE="An item before it is the same post, and was taken instead.",
    REJECTED="It cannot be stored.",
)
_expose(
    OnIngestError,
    "What happens to the other items when one is rejected.",
    SKIP="They are stored.",
    ABORT="None is stored, and the answer is `EvidenceRejectedProblem`.",
)
_expose(
    RecordErrorCode,
    "Why an item cannot be stored as evidence. More values may come: keep a default branch.",
    graphql_name="EvidenceFault",
    NOT_UTF8="It is not UTF-8 text. In files only.",
    NOT_JSON="It is not JSON. In files only.",
    NOT_CSV="It is not a row of the table it is in. In files only.",
    LINE_TOO_LONG="It is longer than any post. In files only.",
    NOT_AN_OBJECT="It is not an object.",
    NOT_IDENTIFIED="It has neither an external id nor an address.",
    UNKNOWN_PLATFORM="Its platform is not a known one. In files only.",
    UNKNOWN_CONTENT_TYPE="Its content type is not a known one. In files only.",
    WRONG_TYPE="A value in it is of another type than it must be.",
    TOO_LONG="Its external id is too long to know it by.",
    INVALID_URL="It has no external id, and its address is not an absolute one of http or https.",
    INVALID_DATE="When it was published is not an ISO 8601 moment.",
    DATE_OUT_OF_RANGE="It was published before 1990 or will be more than a day from now.",
    UNKNOWN_SHAPE="It is nothing that its scraper is known to answer with. From scrapers only.",
    SCRAPER_ERROR="Its scraper reports an error in place of a post. From scrapers only.",
    PAGE_ERROR="The page answered with an HTTP error. From scrapers only.",
)
_expose(
    Channel,
    "Where a brand publishes.",
    LINKEDIN="LinkedIn.",
    X="X, formerly Twitter.",
    YOUTUBE="YouTube.",
    INSTAGRAM="Instagram.",
    TIKTOK="TikTok.",
    NEWSLETTER="The brand's own newsletter.",
)
_expose(
    OpportunityType,
    "Why an idea is worth publishing now.",
    TREND="Many are talking about it, more than before.",
    EVERGREEN="A question that people keep asking.",
    COMPETITIVE="A competitor gets attention with it.",
    CAMPAIGN="It serves a campaign that runs or is about to.",
)
_expose(
    CreatedVia,
    "How an opportunity came to be.",
    MANUAL="A person wrote it.",
    AI_SUGGESTED="The engine suggested it.",
    IMPORTED="It came with imported data.",
)
_expose(
    TodayBoardState,
    "The state of a brand's board.",
    NOT_GENERATED_YET="There was never a board, and there is too little evidence to start one.",
    GENERATING="A board is being made.",
    READY="The last generation ended well.",
    INSUFFICIENT_EVIDENCE="The last generation found too little or unusable evidence.",
    ERROR="The last generation failed for good.",
)
_expose(
    ReadyReason,
    "Why a ready board looks the way it does. Treat an unknown value like NO_VALID_CANDIDATES.",
    GENERATED="Synthesis ran, and at least one opportunity survived.",
    GATES_ONLY_NO_SYNTHESIS="The evidence was good enough, and synthesis is switched off.",
    NO_VALID_CANDIDATES="Synthesis ran, and every candidate was rejected.",
    EMPTY_BRAND_CONTEXT="The brand has no active pillar and no persona to match evidence against.",
)
_expose(
    JobStatus,
    "The life of a generation job. Only PENDING and RUNNING still change.",
    PENDING="Waiting for a worker, or for the next attempt.",
    RUNNING="A worker is on it.",
    SUCCEEDED="It wrote a ready board.",
    FAILED="It failed for good and wrote an error board.",
    INSUFFICIENT_EVIDENCE="It wrote a board that says what evidence is missing.",
    CANCELLED="It was cancelled and wrote no board.",
)
_expose(
    JobStage,
    "What a job is doing, in the order it does it.",
    QUEUED="Waiting for a worker.",
    GATHERING="Reading the brand's evidence.",
    GATING="Checking whether the evidence is good enough.",
    SYNTHESIZING="Turning evidence into opportunities.",
    STORING="Writing the board.",
)
_expose(
    GenerationErrorCode,
    "Why a job failed for good. Treat an unknown value like INTERNAL.",
    STUCK_JOB_TIMEOUT="It did not finish in the time a job may take.",
    WORKER_DIED="Its workers died, more than once.",
    SYNTHESIS_TIMEOUT="The engine took longer than it may.",
    SYNTHESIS_FAILED="The engine failed.",
    DATABASE_UNAVAILABLE="The database did not answer.",
    CANCELLED="It was cancelled.",
    INTERNAL="Something failed that should not; the operators' logs say what.",
)
_expose(
    GateCode,
    "An evidence gate that did not hold.",
    INSUFFICIENT_ITEMS="Too few items.",
    INSUFFICIENT_TEXT_ITEMS="Too few items with text.",
    MISSING_REQUIRED_PLATFORMS="No item from a platform that is needed.",
    INSUFFICIENT_TRANSCRIPT_COVERAGE="Too small a share of videos with a transcript.",
    STALE_EVIDENCE="Nothing published recently.",
    INSUFFICIENT_TEXT_LENGTH="Too few items with a text that is long enough.",
    INSUFFICIENT_AUTHOR_DIVERSITY="Too few different authors.",
    INSUFFICIENT_URL_DIVERSITY="Too few different urls.",
    TOO_MANY_DUPLICATES="Too large a share of items that nearly repeat another.",
    INSUFFICIENT_CONTENT="Too small a share of items with text or transcript.",
)
_expose(
    RejectionCode,
    "The rule that dropped a candidate idea.",
    TITLE_TOO_SHORT="Its title is too short.",
    ANGLE_TOO_SHORT="Its angle is too short.",
    WHY_NOW_TOO_SHORT="Its reason for now is too short.",
    WHY_NOW_VACUOUS="Its reason for now would hold at any time.",
    WHY_NOW_WITHOUT_ANCHOR="Its reason for now names no number, date, rate of change or post.",
    NO_EVIDENCE="It names no evidence.",
    UNKNOWN_EVIDENCE="It names evidence that the brand does not have.",
    INVALID_TYPE="Its type is not one of the known ones.",
    CHANNEL_NOT_USED="Its primary channel is one that the brand does not use.",
    TABOO="It touches one of the brand's taboos.",
    SCORE_NOT_POSITIVE="Its score is not above 0.",
    NEAR_DUPLICATE="Its title nearly repeats that of a better idea.",
    NO_TYPE_FITS="The evidence supports none of the types.",
    NO_FIT="It fits neither a pillar nor a persona of the brand.",
    TOO_FEW_AUTHORS="Too few different authors stand behind it.",
    PORTFOLIO_LIMIT="The board already has enough ideas of its kind.",
    UNPROVEN_CLAIM="It makes a claim that the evidence does not bear out.",
    INVALID_REFERENCE="It names a persona or pillar that the brand does not have.",
    DECIDED_IGNORED="A person ignored the same idea before.",
    INVALID_SCORE="The parts of its score break the limits.",
    MALFORMED="The engine gave it in a shape that cannot be read.",
    SCORE_MISMATCH="The parts of its score are not what its evidence gives.",
    TYPE_WITHOUT_PROOF="Its evidence does not meet the conditions of its type.",
    CLAIM_MISSING="Its reason for now has a number and no claim for it.",
    CLAIM_OFF_TOPIC="A claim counts a post that does not say the topic.",
    NUMBER_WITHOUT_CLAIM="A number in its texts stands in no claim, profile, campaign or quoted post.",
    QUOTE_NOT_FOUND="A quotation is not in the post it names, letter by letter.",
    LINK_IN_TEXT="Its texts hold a link.",
    MARKUP_IN_TEXT="Its texts hold markup.",
    UNKNOWN_HANDLE="Its texts name an account that is no author of its evidence.",
    WRONG_LANGUAGE="Its texts are in a language that the brand does not publish in.",
    MODEL_SPEECH="Its texts speak of the model that wrote them.",
    ANGLE_PART_WITHOUT_FACT="A part of its angle names no post, or the parts are not the angle.",
    ABOUT_THE_BRAND="Its posts speak about the brand itself: a brand mention, not an idea.",
    OWN_POSTS="It counts posts of the brand's own accounts as evidence.",
)
_expose(
    AnglePartKind,
    "What kind of fact a part of an angle tells. More values may come: keep a default branch.",
    TASK="What to make, and of what.",
    HOOK="The opening of the strongest post, quoted with its author.",
    FORM="The form that most of the posts use, such as a list or a how-to.",
    QUESTION="What several posts ask alike, quoted.",
    GAP="What the pillar or the persona cares about and none of the posts covers.",
    AUDIENCE="Whom it is for, and what they have to gain.",
)
_expose(
    ScorePartName,
    "The four parts that add up to a score.",
    RELEVANCE="Fit with the brand's pillars and positioning, 0 to 30.",
    TIMELINESS="How much it matters now, 0 to 25.",
    AUDIENCE="Fit with the brand's personas, 0 to 25.",
    CHANNEL="Fit with the primary channel, 0 to 20.",
)
_expose(
    ChangeKind,
    "How an idea stands against an earlier board.",
    NEW="It was not there before.",
    RISING="Its score rose by 3 or more.",
    STEADY="It is about where it was.",
    FADING="Its score fell by 3 or more.",
    GONE="It is not there any more.",
)
_expose(
    MentionChangeKind,
    "How a brand mention stands against an earlier board.",
    NEW="It was not there before.",
    ONGOING="It was there, and still is.",
    GONE="It is not there any more.",
)
_expose(
    DecisionKind,
    "What a person did with an idea.",
    PINNED="Keep it on top of every board.",
    SNOOZED="Hide it for a time.",
    IGNORED="Hide it for good.",
    UNDONE="Take back the decision before.",
)
_expose(
    OpportunityOrder,
    "How ideas are listed.",
    CREATED_DESC="Those that came up last, first.",
    CREATED_ASC="Those that came up first, first.",
    SCORE_DESC="The best scored first.",
    SCORE_ASC="The worst scored first.",
)
_expose(
    TokenScope,
    "What an API token may do.",
    READ="Run queries.",
    WRITE="Run mutations.",
    ADMIN="With a scope for the operation itself: list, create and revoke tokens.",
)
_expose(
    SourceKind,
    "What of a platform a source connection reads.",
    PROFILE="The posts of an account, a company or a channel.",
    HASHTAG="Posts with a hashtag.",
    SEARCH="What a search finds.",
    SITE="The pages of a web site.",
    FEED="The entries of an RSS or Atom feed.",
)
_expose(
    IngestionStatus,
    "Where an ingestion job is in its life.",
    PENDING="It waits for a worker, or for a run at the source.",
    RUNNING="A worker is at it.",
    SUCCEEDED="At least one connection was read.",
    FAILED="It has failed for good: nothing could be read.",
    CANCELLED="Somebody ended it.",
)
_expose(
    IngestionStage,
    "What an ingestion job is doing, or did last.",
    QUEUED="It waits for a worker.",
    STARTING="A run is being started at the source.",
    WAITING="A run is at work at the source.",
    COLLECTING="What was found is being taken in.",
    DONE="It has ended.",
)
_expose(
    SourceRunStatus,
    "Where one reading of a source is in its life.",
    STARTING="It is being started.",
    RUNNING="It is at work.",
    SUCCEEDED="It was read.",
    FAILED="It came to nothing, or ended before it was done.",
)
_expose(
    IngestionErrorCode,
    "Why a reading, or a whole ingestion job, came to nothing. More values may come: keep a default branch.",
    SOURCE_NOT_AVAILABLE="This deployment does not read from there now.",
    INVALID_IDENTIFIER="The name or address cannot be read as one.",
    CONSENT_MISSING="It costs money, and the connection does not allow that on its schedule.",
    RUN_CAP_REACHED="One refresh may cost no more.",
    DAILY_CAP_REACHED="No more may be spent on this day (UTC).",
    TOTAL_CAP_REACHED="The deployment's whole budget is spent.",
    UNAUTHORIZED="The source does not accept the deployment's token.",
    PAYMENT_REQUIRED="The source's account has no credit left.",
    NOT_FOUND="The source has nothing of this name, or does not know the run any more.",
    REFUSED="The source does not take the request.",
    RATE_LIMITED="The source asks for a pause.",
    UNAVAILABLE="The source does not answer.",
    TIMED_OUT="The source did not answer in time.",
    INVALID_ANSWER="The source's answer cannot be read.",
    INCOMPLETE_ANSWER="A part of the source's answer is missing.",
    START_UNKNOWN="Nobody knows whether a run was started: it is not started again, and its cost stays set aside.",
    RUN_FAILED="The run failed at the source.",
    RUN_ABORTED="The run was ended at the source.",
    RUN_TIMED_OUT="The run took too long at the source.",
    NO_ITEMS="Nothing was found.",
    NO_USABLE_ITEMS="Nothing of what was found can be used.",
    STUCK_JOB_TIMEOUT="Nobody finished the job in time.",
    WORKER_DIED="The job's worker died again and again.",
    DATABASE_UNAVAILABLE="The database did not answer.",
    CANCELLED="Somebody ended the job.",
    INTERNAL="Our mistake.",
)
