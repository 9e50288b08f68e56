"""Step 8 of the engine: the first type that fits, of campaign, competitive, trend and evergreen; otherwise none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kairo.core.enums import OpportunityType
from kairo.hero.dto import CampaignDTO
from kairo.hero.engine.brand_fit import campaign_members
from kairo.hero.engine.brand_words import BrandWords
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.topic_match import has_key
from kairo.hero.engine.topics import Topic
from kairo.hero.text.handles import handle_of

CAMPAIGN_LEAD = timedelta(days=14)
"""A campaign counts from this long before its start, because its content is made earlier."""
MIN_COMPETITOR_POSTS = 2
COMPETITOR_SHARE = 0.5
TOPIC_CONCEPT = "topic:"
MIN_EVERGREEN_AUTHORS = 2
MIN_EVERGREEN_SPREAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TypedTopic:
    """A topic with the type it has, and what makes it that type.

    `concept` names the opportunity whatever its words; `competitor` and `campaign` are set for their types alone.
    `own_posts` are recent posts of the brand's own accounts on the topic: they back nothing.
    """

    topic: Topic
    type: OpportunityType
    concept: str
    competitor: str = ""
    campaign: CampaignDTO | None = None
    own_posts: tuple[TokenizedPost, ...] = ()

    @property
    def members(self) -> tuple[TokenizedPost, ...]:
        return self.topic.members


def active_campaigns(words: BrandWords, as_of: datetime) -> list[int]:
    """The positions of the campaigns that run, or start soon enough to make something for."""
    today = as_of.date()
    return [
        index
        for index, entry in enumerate(words.campaigns)
        if entry.campaign.starts - CAMPAIGN_LEAD <= today <= entry.campaign.ends
    ]


def declared_topics(
    words: BrandWords, posts: Sequence[TokenizedPost], about: Sequence[TokenizedPost], *, as_of: datetime
) -> tuple[list[TypedTopic], list[TokenizedPost]]:
    """The typed topics that the brand itself names, and those of `posts` that are left.

    Posts `about` the brand back a campaign that they take up, and nothing else. A campaign of the brand or a competitor
    it watches is a second author of its own: one author is enough there.
    """
    typed_topics: list[TypedTopic] = []
    free = list(posts)
    for index in active_campaigns(words, as_of):
        entry = words.campaigns[index]
        members = campaign_members(entry, [*free, *about])
        if members:
            concept = f"campaign:{entry.campaign.name.casefold().strip()[:80]}:{entry.campaign.starts.isoformat()}"
            topic = _topic_of(members)
            typed_topics.append(TypedTopic(topic, OpportunityType.CAMPAIGN, concept, campaign=entry.campaign))
            free = _without(free, members)
    posting = {_handle_of(post) for post in free}
    for handle in sorted(words.competitors & posting):
        members = competitor_members(handle, free)
        if members:
            typed_topics.append(
                TypedTopic(
                    _topic_of(members), OpportunityType.COMPETITIVE, f"competitor:{handle[:80]}", competitor=handle
                )
            )
            free = _without(free, members)
    return typed_topics, free


def competitor_members(handle: str, posts: Sequence[TokenizedPost]) -> list[TokenizedPost]:
    """The posts of an account, where there are two, and what others say of the phrase that most of them share.

    Half of the posts at least are the account's own.
    """
    own = [post for post in posts if _handle_of(post) == handle]
    if len(own) < MIN_COMPETITOR_POSTS:
        return []
    counts = Counter(key for post in own for key in post.written_keys & frozenset(post.phrases))
    shared = [
        key
        for key, count in counts.items()
        if count >= max(MIN_COMPETITOR_POSTS, COMPETITOR_SHARE * len(own)) and _is_name_like(key, own)
    ]
    if not shared:
        return own
    phrase = max(shared, key=lambda key: (counts[key], len(key), key))
    others = [post for post in posts if _handle_of(post) != handle and has_key(post, phrase)]
    return [*own, *others] if len(others) <= len(own) else own


def _is_name_like(key: str, posts: Sequence[TokenizedPost]) -> bool:
    """Whether a phrase is written like the name of something: several words, a hashtag, or a capital in a sentence."""
    return any(
        phrase.size > 1 or phrase.is_hashtag or (not phrase.opens_sentence and phrase.surface[:1].isupper())
        for post in posts
        for phrase in post.phrases.get(key, ())
    )


def typed_topic(topic: Topic, words: BrandWords, *, as_of: datetime, has_baseline: bool = True) -> TypedTopic | str:
    """Returns the topic with its type, or a sentence that explains why none fits."""
    concept = f"{TOPIC_CONCEPT}{(topic.root or topic.anchor)[:80]}"
    rivals = competitors_among(topic.members, words)
    if len(rivals) >= COMPETITOR_SHARE * len(topic.members):
        return TypedTopic(topic, OpportunityType.COMPETITIVE, concept, competitor=most_frequent_handle(rivals))
    if (topic.burst is not None or topic.share is not None) and (topic.is_coherent or topic.is_keyword):
        return TypedTopic(topic, OpportunityType.TREND, concept)
    spread = spread_of(topic.members, as_of)
    if not topic.is_in_text:
        return "It stands in hashtags only: a tag that no post says is a community, not a topic."
    if not topic.is_coherent:
        return "Its posts share one common word and nothing else."
    if topic.authors >= MIN_EVERGREEN_AUTHORS and spread >= MIN_EVERGREEN_SPREAD:
        return TypedTopic(topic, OpportunityType.EVERGREEN, concept)
    compared = "No burst" if has_baseline else "There is nothing earlier to compare it with"
    return (
        f"{compared}, and its posts by {topic.authors} authors lie {_counted_days(spread)} apart; "
        f"an evergreen needs {MIN_EVERGREEN_AUTHORS} authors and {MIN_EVERGREEN_SPREAD.days} days."
    )


def spread_of(members: Sequence[TokenizedPost], as_of: datetime) -> timedelta:
    """The time between the first and the last dated post."""
    moments = [member.item.published_at for member in members if member.item.published_at is not None]
    past = [moment for moment in moments if moment <= as_of]
    return max(past) - min(past) if past else timedelta(0)


def competitors_among(members: Sequence[TokenizedPost], words: BrandWords) -> list[str]:
    """The handle of a watched competitor for each post by one."""
    handles = [_handle_of(member) for member in members]
    return sorted(handle for handle in handles if handle in words.competitors)


def most_frequent_handle(handles: Sequence[str]) -> str:
    """The most frequent handle; of equals the first by name."""
    return min(set(handles), key=lambda handle: (-handles.count(handle), handle))


def _handle_of(post: TokenizedPost) -> str:
    return handle_of(post.item.author_ref)


def _counted_days(spread: timedelta) -> str:
    return "1 day" if spread.days == 1 else f"{spread.days} days"


def _topic_of(members: Sequence[TokenizedPost]) -> Topic:
    counts: dict[str, int] = {}
    for member in members:
        for key in member.written_keys & frozenset(member.phrases):
            counts[key] = counts.get(key, 0) + 1
    terms = sorted(counts, key=lambda key: (-counts[key], -len(key), key))
    ordered = tuple(sorted(members, key=lambda member: member.id))
    return replace(_EMPTY, anchor=terms[0] if terms else "", terms=tuple(terms), members=ordered)


_EMPTY = Topic(anchor="", terms=(), members=(), burst=None, is_in_text=True)


def _without(posts: Sequence[TokenizedPost], gone: Sequence[TokenizedPost]) -> list[TokenizedPost]:
    ids = {post.id for post in gone}
    return [post for post in posts if post.id not in ids]
