"""What a language must offer to word an idea. Every sentence is a frame with named slots, filled from facts alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from kairo.core.enums import OpportunityType

Frames = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plural:
    """A sentence for one and for more, each with its slots."""

    one: str
    many: str

    def frame(self, count: int) -> str:
        return self.one if count == 1 else self.many


@dataclass(frozen=True, kw_only=True, slots=True)
class Grammar:
    """One language's frames.

    Slots of titles and openers: topic and Topic (with a capital), detail, pillar and Pillar, persona, brand,
    competitor, campaign. A frame is used only where all its slots are known.
    """

    language: str
    titles: Mapping[OpportunityType, Frames]
    openers: Mapping[OpportunityType, Frames]
    """The first sentence of an angle."""
    not_for_names: frozenset[str]
    """Titles and openers that suit a practice or a thing, and not a person, a place or a feast."""
    lead: str
    """Names the post to respond to: {lead}."""
    details: str
    """Names what the posts share: {details}."""
    persona: str
    """Names whom it is for: {persona}."""
    pain: str
    """Names what holds them back: {pain}."""
    authors_recent: Plural
    """{n} authors on {topic} in the last {days} days."""
    earlier: Plural
    """{n} posts in the {days} days before."""
    views: str
    """Together {n} views."""
    authors_long: Plural
    """{n} authors on {topic} in the last {days} days, for lasting interest."""
    span: Plural
    """The posts lie {n} days apart."""
    competitor_posts: Plural
    """{competitor} posted {n} times in the last {days} days."""
    posts_undated: Plural
    """{n} posts, of unknown date, on {topic}."""
    starts_in: Plural
    """{campaign} starts on {date}, in {n} days."""
    starts_today: str
    ends_in: Plural
    """{campaign} runs until {date}, {n} more days."""
    ends_today: str
    campaign_posts: Plural
    """{n} posts took it up in the last {days} days."""
    conjunction: str
    thousands: str
    months: Frames
    day: Callable[[int, str], str]
    """A day of a month: its number and the month's name."""
    lowers_first: bool = True
    """Whether a name may lose its capital inside a sentence."""

    def date(self, when: date) -> str:
        return self.day(when.day, self.months[when.month - 1])

    def number(self, value: int) -> str:
        return f"{value:,}".replace(",", self.thousands)

    def listed(self, parts: tuple[str, ...]) -> str:
        """One or more things as one phrase."""
        return self.conjunction.join(parts[:2])
