"""The closed vocabularies that several packages share.

Stored values are lower snake case; GraphQL shows the upper-case member names. The database
checks the same values, and a test compares all three.
"""

from django.db.models import TextChoices


class Platform(TextChoices):
    """Where a piece of evidence was published."""

    INSTAGRAM = "instagram"
    TIKTOK = "tiktok", "TikTok"
    LINKEDIN = "linkedin", "LinkedIn"
    YOUTUBE = "youtube", "YouTube"
    X = "x"
    WEB = "web"


class ContentType(TextChoices):
    """What kind of post a piece of evidence is."""

    POST = "post"
    REEL = "reel"
    TEXT_POST = "text_post"
    SHORT_VIDEO = "short_video"
    VIDEO = "video"
    WEB_PAGE = "web_page"


class Channel(TextChoices):
    """Where a brand publishes."""

    LINKEDIN = "linkedin", "LinkedIn"
    X = "x"
    YOUTUBE = "youtube", "YouTube"
    INSTAGRAM = "instagram"
    TIKTOK = "tiktok", "TikTok"
    NEWSLETTER = "newsletter"


class OpportunityType(TextChoices):
    """Why an idea is worth publishing now."""

    TREND = "trend"
    EVERGREEN = "evergreen"
    COMPETITIVE = "competitive"
    CAMPAIGN = "campaign"


class CreatedVia(TextChoices):
    """How an opportunity came to be."""

    MANUAL = "manual"
    AI_SUGGESTED = "ai_suggested"
    IMPORTED = "imported"


class JobTrigger(TextChoices):
    """Who asked for a job."""

    USER = "user"
    FIRST_RUN = "first_run"
    SCHEDULE = "schedule"
    OPERATOR = "operator"


class DecisionKind(TextChoices):
    """What a person did with an opportunity."""

    PINNED = "pinned"
    SNOOZED = "snoozed"
    IGNORED = "ignored"
    UNDONE = "undone"


class TokenScope(TextChoices):
    """What an API token may do."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"
