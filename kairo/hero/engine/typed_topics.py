"""Steps 5 to 8 of the engine: finds the topics of a board and their types, and records why others have none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from operator import attrgetter

from kairo.core.enums import OpportunityType
from kairo.hero.dto import RejectedCandidateDTO
from kairo.hero.engine.idea_types import TypedTopic, declared_topics, typed_topic
from kairo.hero.engine.state import EngineState
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.topic_match import has_key
from kairo.hero.engine.topic_search import find_topics
from kairo.hero.engine.topics import Topic, TopicSearch
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


def find_typed_topics(state: EngineState) -> list[TypedTopic]:
    """The board's typed topics with the brand's own recent posts; adds the others to `state.rejected`."""
    words, as_of = state.brand_words, state.request.as_of
    typed_topics, free = declared_topics(words, state.candidate_posts, state.posts_about_brand, as_of=as_of)
    search = _Search(state)
    find_topics(
        TopicSearch(
            posts=free,
            keywords=state.keywords,
            long_keywords=words.keyword_keys(state.languages, min_size=2),
            trade=words.trade_keys(state.languages),
            fits=state.matches.is_on_brand,
            days=state.window_days,
            as_of=as_of,
        ),
        accept=search.accept,
    )
    return [_with_own_posts(typed, state) for typed in (*typed_topics, *search.typed_topics())]


class _Search:
    """Receives topics, strongest first, and decides which of them get a type."""

    def __init__(self, state: EngineState) -> None:
        self._state = state
        self._found: list[TypedTopic] = []
        self._mentioned: list[frozenset[int]] = []
        self._off_brand = self._without_type = 0
        self._waiting: list[Topic] = []

    def accept(self, topic: Topic) -> bool:
        """Whether the topic keeps its posts: as a typed topic, or until it is clear which topics stand out by share."""
        state = self._state
        fits = state.matches.is_on_brand(topic.members) or (
            topic.is_in_text and topic.is_coherent and state.matches.is_near_brand(topic.members, burst=topic.burst)
        )
        if fits and self._is_about_brand(topic):
            return False
        typed = typed_topic(
            topic, state.brand_words, as_of=state.request.as_of, has_baseline=state.window_days.has_baseline
        )
        if fits and isinstance(typed, TypedTopic):
            self._found.append(typed)
            return True
        if fits and not state.window_days.has_baseline and topic.is_in_text and topic.is_coherent:
            self._waiting.append(topic)
            return True
        self._account_for(topic, typed, fits=fits)
        # Whether a surge is a burst depends on the rest of the board; whose posts they are must not.
        return fits and topic.is_surging and topic.is_coherent

    def typed_topics(self) -> list[TypedTopic]:
        """All typed topics, with the trends by share of a board that has nothing earlier to compare with.

        Such a trend has three authors or more and at least twice those of the next topic; where several topics lead the
        rest so, all of them are trends.
        """
        ranked = sorted(self._waiting, key=lambda topic: (-topic.authors, topic.anchor))
        shares = [self._state.window_days.share_of(topic.members) for topic in ranked]
        leading = _leading(
            [topic.authors for topic in ranked], most=shares.index(None) if None in shares else len(shares)
        )
        found = list(self._found)
        for place, topic in enumerate(ranked):
            typed = typed_topic(
                replace(topic, share=shares[place] if place < leading else None),
                self._state.brand_words,
                as_of=self._state.request.as_of,
                has_baseline=False,
            )
            if isinstance(typed, TypedTopic):
                found.append(typed)
            else:
                self._account_for(topic, typed, fits=True)
        return found

    def _is_about_brand(self, topic: Topic) -> bool:
        """Whether half of all posts that contain the anchor name the brand; noted as rejected where some do."""
        naming = [post for post in self._state.posts_about_brand if has_key(post, topic.anchor)]
        if not naming or len(naming) < MIN_ABOUT_SHARE * (len(naming) + len(topic.members)):
            return False
        reason = "Half of its posts name the brand: a brand mention."
        self._reject(topic, RejectionCode.ABOUT_THE_BRAND, reason, (*naming, *topic.members))
        return True

    def _account_for(self, topic: Topic, typed: TypedTopic | str, *, fits: bool) -> None:
        """Notes why a topic became no opportunity; once for the same posts, and of what is not the brand's, the
        loudest."""
        state = self._state
        if not topic.is_coherent and topic.anchor not in state.keywords:
            return
        if not fits and (topic.authors < _MIN_AUTHORS_TO_MENTION or self._off_brand >= _MAX_MENTIONED_OFF_BRAND):
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
            assert isinstance(typed, str), "a story that fits is accepted"
            code, detail = RejectionCode.NO_TYPE_FITS, typed
            pillar = state.matches.pillar(topic.members)
            if pillar is not None:
                state.near_misses.setdefault(pillar.theme.ref.id, detail)
        self._reject(topic, code, detail, topic.members)

    def _reject(self, topic: Topic, code: RejectionCode, detail: str, posts: Sequence[TokenizedPost]) -> None:
        ids = tuple(sorted({post.id for post in posts}, key=attrgetter("int")))
        label = topic_label(topic, vocabulary=self._state.vocabulary, language=topic.members[0].language)
        self._state.rejected.append(RejectedCandidateDTO(title=label, code=code, detail=detail, evidence_ids=ids))


def _leading(authors: Sequence[int], *, most: int) -> int:
    """How many of the topics, ranked by authors, lead all others: the last of them has twice the authors of the next.

    At most `most` may, and MAX_SHARE_TRENDS.
    """
    following = [*authors[1:], 0]
    leads = [
        place + 1
        for place in range(min(most, MAX_SHARE_TRENDS, len(authors)))
        if authors[place] >= MIN_SHARE_LEAD * following[place]
    ]
    return max(leads, default=0)


def _with_own_posts(typed: TypedTopic, state: EngineState) -> TypedTopic:
    if typed.type == OpportunityType.COMPETITIVE or not typed.topic.anchor:
        return typed
    own = tuple(one for one in state.posts_by_brand if _is_recent(one, state) and has_key(one, typed.topic.anchor))
    return replace(typed, own_posts=own) if own else typed


def _is_recent(post: TokenizedPost, state: EngineState) -> bool:
    at, now = post.item.published_at, state.request.as_of
    return at is not None and now - OWN_POST_AGE <= at <= now
