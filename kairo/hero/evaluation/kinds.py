"""The kinds of labelled stories, and what a board should contain for each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kairo.core.enums import OpportunityType


class Kind(StrEnum):
    """The kind of story that a post belongs to. docs/evaluation.md describes each."""

    BURST = "burst"
    OVERLAP = "overlap"
    CAMPAIGN_BURST = "campburst"
    CAMPAIGN = "campaign"
    EVERGREEN = "evergreen"
    COMPETITIVE = "competitive"
    PARAPHRASED = "para"
    OLD = "old"
    DUPLICATE = "dup"
    BACKGROUND = "bg"
    UNLABELLED = "real-unlabelled"
    THIN = "thin"
    SPAM = "spam"
    OWN = "own"
    OFF_BRAND = "offbrand"
    TABOO = "taboo"
    CRISIS = "crisis"


OTHER_NAMES: Mapping[str, Kind] = {
    "camp": Kind.CAMPAIGN,
    "ever": Kind.EVERGREEN,
    "ever2": Kind.EVERGREEN,
    "comp": Kind.COMPETITIVE,
    "off": Kind.OFF_BRAND,
}

PLANTED = frozenset({Kind.BURST, Kind.OVERLAP, Kind.CAMPAIGN_BURST})
"""Recent stories whose posts share a word: a board ranks them first."""

SHARING_WORDS = PLANTED | {Kind.CAMPAIGN, Kind.EVERGREEN, Kind.COMPETITIVE}
"""Stories that can be found by words alone."""

STORIES = SHARING_WORDS | {Kind.PARAPHRASED, Kind.OLD}
"""Stories that may become opportunities."""

NEVER = frozenset({Kind.TABOO, Kind.OFF_BRAND})
"""Posts that no opportunity may use as evidence."""

UNJUDGED = frozenset({Kind.UNLABELLED, Kind.THIN})
"""Posts without a judgement about their story."""

TYPES_OF_KIND: Mapping[str, frozenset[OpportunityType]] = {
    Kind.BURST: frozenset({OpportunityType.TREND}),
    Kind.OVERLAP: frozenset({OpportunityType.TREND}),
    Kind.PARAPHRASED: frozenset({OpportunityType.TREND}),
    Kind.CAMPAIGN_BURST: frozenset({OpportunityType.CAMPAIGN, OpportunityType.TREND}),
    Kind.CAMPAIGN: frozenset({OpportunityType.CAMPAIGN}),
    Kind.EVERGREEN: frozenset({OpportunityType.EVERGREEN}),
    Kind.COMPETITIVE: frozenset({OpportunityType.COMPETITIVE}),
}
"""The types that an opportunity about such a story may have."""


def read_kind(text: str) -> Kind:
    """The kind that a labels file names.

    Raises:
        ValueError: the kind is unknown.
    """
    if text in OTHER_NAMES:
        return OTHER_NAMES[text]
    try:
        return Kind(text)
    except ValueError:
        known = ", ".join([*Kind, *OTHER_NAMES])
        raise ValueError(f"{text!r} is no kind of label; there are {known}") from None
