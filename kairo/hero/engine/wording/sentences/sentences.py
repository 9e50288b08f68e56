"""The sentences on scores and coverage that each language provides."""

from __future__ import annotations

from dataclasses import dataclass

from kairo.hero.engine.wording.plural import Plural


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentences:
    """One language's sentences on scores and coverage. {found} is "" or a list of phrases in parentheses."""

    language: str
    decimal: str = "."
    joint: str = "; "
    """What stands between the facts on the audience."""

    matches: Plural
    """{matched} of {n} posts match the pillar {pillar}{found}."""
    matches_only: str
    """Its one post matches the pillar {pillar}{found}."""
    watched: str
    """No pillar matches; the brand watches this competitor."""
    own_campaign: str
    """No pillar matches; the campaign is the brand's own."""
    feedback: str
    """Decisions on opportunities like it ({causes}): {points}."""
    pinned: str
    ignored: str

    burst: str
    """{n} authors in {days} days where {expected} were to be expected, a chance of {chance}."""
    less_than: str
    """Less than 1 in {n}."""
    about: str
    """About 1 in {n}."""
    share: str
    """{n} authors among {total} posts; there is nothing earlier to compare with."""
    competitor_fresh: Plural
    """{n} of its {total} posts are from the last {days} days."""
    campaign_runs: str
    campaign_starts: Plural
    """The campaign starts in {n} days."""
    newest_hours: Plural
    """The newest post is {n} hours old."""
    newest_days: Plural
    undated: str
    """None of its posts has a date."""
    lasting: str
    """{n} authors over {days} days; an evergreen has at most {most} of the {all} points."""

    speaks: str
    """It speaks to {persona}{found}"""
    speaks_to_none: str
    engagement: str
    """Engagement above {percent} % of its platforms' posts"""
    engagement_unknown: str
    authors: Plural
    """{n} authors"""

    seen: Plural
    """{seen} of {n} posts are from {platform}"""
    seen_only: str
    """Its one post is from {platform}"""
    itself: str
    """{where}, the channel itself."""
    carried: str
    """{where}, to be carried over to {channel}."""

    matching: Plural
    """{n} items match"""
    ideas: Plural
    """{n} opportunities"""
    with_ideas: str
    """{found}, {authors}: {ideas}."""
    too_few: str
    """{found}, {authors}, {needed} are needed."""
    without: str
    """{found}, {authors}. {reason}"""
    no_shared_phrase: str
    no_type_fits: str

    def number(self, value: float) -> str:
        """A number with one decimal."""
        return f"{value:.1f}".replace(".", self.decimal)
