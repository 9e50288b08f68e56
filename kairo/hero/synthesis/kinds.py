"""Step 8: the type of an idea, first that holds: campaign, competitive, trend, evergreen. None fits, no idea."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kairo.core.enums import OpportunityType
from kairo.hero.dto import CampaignDTO
from kairo.hero.synthesis.brand_words import BrandWords, handle_of
from kairo.hero.synthesis.fit import campaign_members
from kairo.hero.synthesis.readings import Reading
from kairo.hero.synthesis.topics import Topic

CAMPAIGN_LEAD = timedelta(days=14)
"""What a campaign needs must be made before it starts."""
MIN_COMPETITOR_POSTS = 2
COMPETITOR_SHARE = 0.5
MIN_EVERGREEN_AUTHORS = 2
MIN_EVERGREEN_SPREAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Story:
    """A topic with the type it has, and what makes it that type.

    `concept` names the idea whatever its words; `competitor` and `campaign` are set for their types alone.
    """

    topic: Topic
    type: OpportunityType
    concept: str
    competitor: str = ""
    campaign: CampaignDTO | None = None

    @property
    def members(self) -> tuple[Reading, ...]:
        return self.topic.members


def active_campaigns(words: BrandWords, as_of: datetime) -> list[int]:
    """The positions of the campaigns that run, or start soon enough to make something for."""
    today = as_of.date()
    return [
        index
        for index, entry in enumerate(words.campaigns)
        if entry.campaign.starts - CAMPAIGN_LEAD <= today <= entry.campaign.ends
    ]


def declared_stories(
    words: BrandWords, readings: Sequence[Reading], *, as_of: datetime
) -> tuple[list[Story], list[Reading]]:
    """The stories that the brand itself names, and the posts that are left.

    A campaign of the brand or a competitor it watches is a second voice of its own: one author is enough there.
    """
    stories: list[Story] = []
    free = list(readings)
    for index in active_campaigns(words, as_of):
        entry = words.campaigns[index]
        members = campaign_members(entry, free)
        if members:
            concept = f"campaign:{entry.campaign.name.casefold().strip()[:80]}:{entry.campaign.starts.isoformat()}"
            topic = _topic_of(members)
            stories.append(Story(topic, OpportunityType.CAMPAIGN, concept, campaign=entry.campaign))
            free = _without(free, members)
    for handle in sorted(words.competitors):
        members = [reading for reading in free if handle_of(reading.item.author_ref) == handle]
        if len(members) >= MIN_COMPETITOR_POSTS:
            stories.append(
                Story(_topic_of(members), OpportunityType.COMPETITIVE, f"competitor:{handle[:80]}", competitor=handle)
            )
            free = _without(free, members)
    return stories, free


def story_of(topic: Topic, words: BrandWords, *, as_of: datetime) -> Story | str:
    """The topic as a story of its type, or why it has none, as a sentence."""
    concept = f"topic:{topic.anchor[:80]}"
    rivals = [member for member in topic.members if handle_of(member.item.author_ref) in words.competitors]
    if len(rivals) >= COMPETITOR_SHARE * len(topic.members):
        handles = sorted(handle_of(member.item.author_ref) for member in rivals)
        leader = max(handles, key=lambda handle: (handles.count(handle), [-ord(letter) for letter in handle]))
        return Story(topic, OpportunityType.COMPETITIVE, concept, competitor=leader)
    if topic.burst is not None:
        return Story(topic, OpportunityType.TREND, concept)
    moments = [member.item.published_at for member in topic.members if member.item.published_at is not None]
    past = [moment for moment in moments if moment <= as_of]
    spread = max(past) - min(past) if past else timedelta(0)
    if not topic.said:
        return "It stands in hashtags only: a tag that no post says is a community, not a topic."
    if not topic.coherent:
        return "Its posts share one common word and nothing else."
    if topic.voices >= MIN_EVERGREEN_AUTHORS and spread >= MIN_EVERGREEN_SPREAD:
        return Story(topic, OpportunityType.EVERGREEN, concept)
    return (
        f"No burst, and its posts by {topic.voices} authors lie {_counted_days(spread)} apart; "
        f"an evergreen needs {MIN_EVERGREEN_AUTHORS} authors and {MIN_EVERGREEN_SPREAD.days} days."
    )


def _counted_days(spread: timedelta) -> str:
    return "1 day" if spread.days == 1 else f"{spread.days} days"


def _topic_of(members: Sequence[Reading]) -> Topic:
    counts: dict[str, int] = {}
    for member in members:
        for key in member.own & frozenset(member.shown):
            counts[key] = counts.get(key, 0) + 1
    terms = sorted(counts, key=lambda key: (-counts[key], -len(key), key))
    ordered = tuple(sorted(members, key=lambda member: member.id))
    return replace(_EMPTY, anchor=terms[0] if terms else "", terms=tuple(terms), members=ordered)


_EMPTY = Topic(anchor="", terms=(), members=(), burst=None, said=True)


def _without(readings: Sequence[Reading], gone: Sequence[Reading]) -> list[Reading]:
    ids = {reading.id for reading in gone}
    return [reading for reading in readings if reading.id not in ids]
