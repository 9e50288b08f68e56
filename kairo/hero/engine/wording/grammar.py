# ruff: noqa: RUF001  (marks of several scripts are meant here)
"""The templates and signs that each language provides to word an opportunity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.engine.wording.plural import Plural
from kairo.hero.engine.wording.sentences.sentences import Sentences

Templates = tuple[str, ...]


class Form(StrEnum):
    """How a post is made."""

    LIST = "list"
    HOW_TO = "how_to"
    POINT_OF_VIEW = "point_of_view"
    BEFORE_AFTER = "before_after"
    QUESTION = "question"
    REACTION = "reaction"


@dataclass(frozen=True, kw_only=True, slots=True)
class Titles:
    """Templates of titles. A template is used only where all its slots are known.

    Slots: topic, Topic (with a capital), detail, Detail, gap, pillar, Pillar, persona, brand, competitor, campaign.
    """

    topic: Templates
    """For trends and evergreens alike."""
    trend: Templates
    evergreen: Templates
    competitive: Templates
    """These name no competitor."""
    named: Templates
    """For competitive opportunities of which only the competitor is known: {competitor}."""
    campaign: Templates

    def of(self, kind: OpportunityType) -> Templates:
        """The templates of a type, those of its own first."""
        own = {
            OpportunityType.TREND: self.trend + self.topic,
            OpportunityType.EVERGREEN: self.evergreen + self.topic,
            OpportunityType.COMPETITIVE: self.competitive,
            OpportunityType.CAMPAIGN: self.campaign,
        }
        return own[kind]


@dataclass(frozen=True, kw_only=True, slots=True)
class Angles:
    """Templates of the parts of an angle, without the full stop at their end.

    Slots: those of titles, and in_format (a phrase such as "in a carousel"), author, quote (with its quotation
    marks), form, n, pain. No template says a number except {n}.
    """

    hooks: Templates
    """{author} says {quote}."""
    rival_hooks: Templates
    """A competitor, unnamed, says {quote}."""
    forms: Mapping[Form, str]
    """What posts of a form are, after "these posts are"."""
    most: Templates
    """{n} of these posts are {form}; n is 2 or more."""
    every: Templates
    """All of these posts are {form}."""
    questions: Templates
    """Several ask {quote}."""
    gaps: Templates
    """None of these posts mentions {gap}."""
    audiences: Templates
    """It is for {persona}."""
    pains: Templates
    """It is for {persona}, whom {pain} holds back."""
    own_posts: Templates
    """The brand has just posted about {topic} itself."""
    form_tasks: Mapping[Form, Templates]
    """What to make where most posts have one form."""
    gap_tasks: Templates
    question_tasks: Templates
    tasks: Mapping[OpportunityType, Templates]
    named_tasks: Templates
    """For competitive opportunities that name the competitor: {competitor}."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claims:
    """Templates of what a why_now says, one claim each, without the full stop at their end."""

    authors_recent: Plural
    """{n} authors on {topic} in the last {days} days."""
    earlier: Plural
    """{n} posts in the {days} days before."""
    authors_share: Plural
    """{n} authors on {topic} so far."""
    window_posts: Plural
    """Among the {n} posts stored so far."""
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Grammar:
    """One language's templates and signs."""

    language: str
    titles: Titles
    angles: Angles
    claims: Claims
    in_format: Mapping[Channel, str]
    """Where an opportunity for a channel is shown: "in a carousel"."""
    form_patterns: Mapping[Form, Templates]
    """Regular expressions that show a post's form, for folded text without the accents of Latin letters."""
    sentences: Sentences
    """Sentences on scores and coverage."""
    conjunction: str
    thousands: str
    months: Templates
    day: Callable[[int, str], str]
    """A day of a month: its number and the month's name."""
    quotes: tuple[str, str]
    stop: str = "."
    comma: str = ", "
    space: str = " "
    """What stands between two sentences."""
    joins: bool = False
    """Whether a second claim continues the sentence of the first whatever its first letter."""
    lowers_first: bool = True
    """Whether a name may lose its capital inside a sentence."""
    not_for_names: frozenset[str] = frozenset()
    """Templates that suit a practice or a thing, and not a person, a place or a feast."""

    def date(self, when: date) -> str:
        return self.day(when.day, self.months[when.month - 1])

    def number(self, value: int) -> str:
        return f"{value:,}".replace(",", self.thousands)

    def quoted(self, text: str) -> str:
        return f"{self.quotes[0]}{text}{self.quotes[1]}"

    def listed(self, parts: tuple[str, ...]) -> str:
        """One or more things as one phrase."""
        return self.conjunction.join(parts[:2])

    def sentence(self, text: str) -> str:
        """The text with a full stop, unless a question mark, an exclamation mark or the like ends it already."""
        inner = text.rstrip(self.quotes[1])
        return text if inner.endswith(("?", "!", "？", "！", "…", "。", ".", "।")) else text + self.stop
