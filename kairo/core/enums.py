"""Enums that several packages share.

Stored values are lower snake case; GraphQL uses the upper-case member names. CHECK constraints list the same values,
and a test compares all three.
"""

from django.db.models import TextChoices

from kairo.core.choices import Choice, DescribedChoices


class Platform(DescribedChoices):
    """Where a piece of evidence was published."""

    INSTAGRAM = Choice("instagram", "Instagram.")
    TIKTOK = Choice("tiktok", "TikTok."), "TikTok"
    LINKEDIN = Choice("linkedin", "LinkedIn."), "LinkedIn"
    YOUTUBE = Choice("youtube", "YouTube."), "YouTube"
    X = Choice("x", "X, formerly Twitter.")
    WEB = Choice("web", "Any other web page.")


class ContentType(DescribedChoices):
    """What kind of post a piece of evidence is."""

    POST = Choice("post", "A picture, or several.")
    REEL = Choice("reel", "A reel.")
    TEXT_POST = Choice("text_post", "Text, with or without pictures.")
    SHORT_VIDEO = Choice("short_video", "A short video.")
    VIDEO = Choice("video", "A video.")
    WEB_PAGE = Choice("web_page", "A page or an article.")


class Channel(DescribedChoices):
    """Where a brand publishes."""

    LINKEDIN = Choice("linkedin", "LinkedIn."), "LinkedIn"
    X = Choice("x", "X, formerly Twitter.")
    YOUTUBE = Choice("youtube", "YouTube."), "YouTube"
    INSTAGRAM = Choice("instagram", "Instagram.")
    TIKTOK = Choice("tiktok", "TikTok."), "TikTok"
    NEWSLETTER = Choice("newsletter", "The brand's own newsletter.")


class OpportunityType(DescribedChoices):
    """Why an idea is worth publishing now."""

    TREND = Choice("trend", "Many are talking about it, more than before.")
    EVERGREEN = Choice("evergreen", "A question that people keep asking.")
    COMPETITIVE = Choice("competitive", "A competitor gets attention with it.")
    CAMPAIGN = Choice("campaign", "It serves a campaign that runs or is about to.")


class CreatedVia(DescribedChoices):
    """How an opportunity came to be."""

    MANUAL = Choice("manual", "A person wrote it.")
    AI_SUGGESTED = Choice("ai_suggested", "The engine suggested it.")
    IMPORTED = Choice("imported", "It came with imported data.")


class JobTrigger(TextChoices):
    """Who asked for a job."""

    USER = "user"
    FIRST_RUN = "first_run"
    SCHEDULE = "schedule"
    OPERATOR = "operator"


class DecisionKind(DescribedChoices):
    """What a person did with an idea."""

    PINNED = Choice("pinned", "Keep it on top of every board.")
    SNOOZED = Choice("snoozed", "Hide it for a time.")
    IGNORED = Choice("ignored", "Hide it for good.")
    UNDONE = Choice("undone", "Take back the decision before.")


class TokenScope(DescribedChoices):
    """What an API token may do."""

    READ = Choice("read", "Run queries.")
    WRITE = Choice("write", "Run mutations.")
    ADMIN = Choice("admin", "With a scope for the operation itself: list, create and revoke tokens.")
