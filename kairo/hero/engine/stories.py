"""Steps 5 to 8: what the brand declared, then what distinct authors share; each has a type, or becomes no idea."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from operator import attrgetter

from kairo.core.enums import OpportunityType
from kairo.hero.dto import RejectedCandidateDTO
from kairo.hero.engine.idea_types import Story, declared_stories, story_of
from kairo.hero.engine.state import EngineState
from kairo.hero.engine.tokenized_posts import Reading
from kairo.hero.engine.topic_match import says
from kairo.hero.engine.topics import Board, Topic, find_topics
from kairo.hero.engine.wording.labels import topic_label
from kairo.hero.enums import RejectionCode
from kairo.hero.gates.thresholds import MIN_ABOUT_SHARE

MIN_SHARE_LEAD = 2
"""Without a baseline, a trend has this many times the authors of the next topic."""
MAX_SHARE_TRENDS = 3
OWN_POST_AGE = timedelta(days=7)
"""The brand has just posted on a topic when it did so in this time."""
_MIN_AUTHORS_TO_MENTION = 3
_MAX_MENTIONED_OFF_BRAND = 5
_MAX_MENTIONED_WITHOUT_TYPE = 40


def find_stories(state: EngineState) -> list[Story]:
    """The board's stories, each with a type and the brand's own recent posts on it. Notes why topics became none."""
    words, as_of = state.words, state.request.as_of
    stories, free = declared_stories(words, state.free, state.about, as_of=as_of)
    search = _Search(state)
    find_topics(
        Board(
            readings=free,
            keywords=state.keywords,
            long_keywords=words.keyword_keys(state.languages, min_size=2),
            trade=words.trade_keys(state.languages),
            fits=state.matches.is_on_brand,
            days=state.days,
            as_of=as_of,
        ),
        accept=search.accept,
    )
    return [_with_own_posts(story, state) for story in (*stories, *search.stories())]


class _Search:
    """Takes topics as they are found, strongest first, and says which of them are stories."""

    def __init__(self, state: EngineState) -> None:
        self._state = state
        self._found: list[Story] = []
        self._mentioned: list[frozenset[int]] = []
        self._off_brand = self._without_type = 0
        self._waiting: list[Topic] = []

    def accept(self, topic: Topic) -> bool:
        """Whether the topic keeps its posts: as a story, or until it is clear which topics stand out by share."""
        state = self._state
        fits = state.matches.is_on_brand(topic.members) or (
            topic.said and topic.coherent and state.matches.is_near_brand(topic.members, burst=topic.burst)
        )
        if fits and self._is_about_brand(topic):
            return False
        story = story_of(topic, state.words, as_of=state.request.as_of, has_baseline=state.days.has_baseline)
        if fits and isinstance(story, Story):
            self._found.append(story)
            return True
        if fits and not state.days.has_baseline and topic.said and topic.coherent:
            self._waiting.append(topic)
            return True
        self._account_for(topic, story, fits=fits)
        # Whether a surge is a burst depends on the rest of the board; whose posts they are must not.
        return fits and topic.surging and topic.coherent

    def stories(self) -> list[Story]:
        """All stories, with the trends by share of a board that has nothing earlier to compare with.

        Such a trend has three authors or more and at least twice those of the next topic; where several topics lead the
        rest so, all of them are trends.
        """
        ranked = sorted(self._waiting, key=lambda topic: (-topic.voices, topic.anchor))
        shares = [self._state.days.share_of(topic.members) for topic in ranked]
        leading = _leading(
            [topic.voices for topic in ranked], most=shares.index(None) if None in shares else len(shares)
        )
        found = list(self._found)
        for place, topic in enumerate(ranked):
            story = story_of(
                replace(topic, share=shares[place] if place < leading else None),
                self._state.words,
                as_of=self._state.request.as_of,
                has_baseline=False,
            )
            if isinstance(story, Story):
                found.append(story)
            else:
                self._account_for(topic, story, fits=True)
        return found

    def _is_about_brand(self, topic: Topic) -> bool:
        """Whether half of all posts that say the anchor name the brand; noted as rejected where some do."""
        naming = [reading for reading in self._state.about if says(reading, topic.anchor)]
        if not naming or len(naming) < MIN_ABOUT_SHARE * (len(naming) + len(topic.members)):
            return False
        reason = "Half of its posts name the brand: a brand mention."
        self._reject(topic, RejectionCode.ABOUT_THE_BRAND, reason, (*naming, *topic.members))
        return True

    def _account_for(self, topic: Topic, story: Story | str, *, fits: bool) -> None:
        """Notes why a topic became no idea; once for the same posts, and of what is not the brand's, the loudest."""
        state = self._state
        if not topic.coherent and topic.anchor not in state.keywords:
            return
        if not fits and (topic.voices < _MIN_AUTHORS_TO_MENTION or self._off_brand >= _MAX_MENTIONED_OFF_BRAND):
            return
        if fits and self._without_type >= _MAX_MENTIONED_WITHOUT_TYPE:
            return
        posts = frozenset([member.item.id.int for member in topic.members])
        if any(2 * len(posts & other) > len(posts) for other in self._mentioned):
            return
        self._mentioned.append(posts)
        if not fits:
            self._off_brand += 1
            code, detail = RejectionCode.NO_FIT, "Fewer than half of its posts match one of the brand's pillars."
        else:
            self._without_type += 1
            assert isinstance(story, str), "a story that fits is accepted"
            code, detail = RejectionCode.NO_TYPE_FITS, story
            pillar = state.matches.pillar(topic.members)
            if pillar is not None:
                state.near_misses.setdefault(pillar.theme.ref.id, detail)
        self._reject(topic, code, detail, topic.members)

    def _reject(self, topic: Topic, code: RejectionCode, detail: str, posts: Sequence[Reading]) -> None:
        ids = tuple(sorted({post.id for post in posts}, key=attrgetter("int")))
        label = topic_label(topic, vocabulary=self._state.vocabulary, language=topic.members[0].language)
        self._state.rejected.append(RejectedCandidateDTO(title=label, code=code, detail=detail, evidence_ids=ids))


def _leading(voices: Sequence[int], *, most: int) -> int:
    """How many of the topics, ranked by authors, lead all others: the last of them has twice the authors of the next.

    At most `most` may, and MAX_SHARE_TRENDS.
    """
    following = [*voices[1:], 0]
    leads = [
        place + 1
        for place in range(min(most, MAX_SHARE_TRENDS, len(voices)))
        if voices[place] >= MIN_SHARE_LEAD * following[place]
    ]
    return max(leads, default=0)


def _with_own_posts(story: Story, state: EngineState) -> Story:
    if story.type == OpportunityType.COMPETITIVE or not story.topic.anchor:
        return story
    own = tuple(one for one in state.own if _is_recent(one, state) and says(one, story.topic.anchor))
    return replace(story, own_posts=own) if own else story


def _is_recent(reading: Reading, state: EngineState) -> bool:
    at, now = reading.item.published_at, state.request.as_of
    return at is not None and now - OWN_POST_AGE <= at <= now
