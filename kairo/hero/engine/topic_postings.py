"""The postings of a board: for each phrase, the posts that have it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, KeysView, Mapping, Sequence
from itertools import chain

from kairo.hero.engine.bursts import (
    IN_LONG,
    MIN_BURST_AUTHORS,
    Burst,
    find_burst,
    is_surging,
    recency_of,
)
from kairo.hero.engine.parsed_posts import COMPOUNDING
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.topic_match import edges_of
from kairo.hero.engine.topic_words import (
    MIN_AUTHORS,
    NEARLY_ALL,
    author_count,
    has_part_in_text,
    is_in_text,
    is_one_word,
    is_written_about,
)
from kairo.hero.engine.topics import Topic, TopicSearch, dated_post

SAME_POSTS = 0.6
"""A further phrase belongs to a topic that has at least this share of the phrase's posts."""
SAME_TOPIC = 0.5
"""A topic of one word is coherent when at least this share of its posts have a second phrase."""
BOILERPLATE_SHARE = 0.9
BOILERPLATE_MIN_POSTS = 40
"""On smaller boards no phrase is boilerplate."""
MAX_TRADE_POSTS = 5
"""A word for the brand's whole trade is no topic by itself where more posts contain it."""
_MIN_SPOKEN_CHARS = 6
_SIZE_BONUS = (1.0, 1.0, 1.35, 1.5)
_KEYWORD_BONUS = 1.3
_UNSAID_MALUS = 0.6
_COMMON_WORD_MALUS = 0.7


class Postings:
    """For each phrase that could be a topic, the places of the posts that contain it, in the order of their ids."""

    def __init__(self, board: TopicSearch) -> None:
        self._board = board
        self._posts = sorted(board.posts, key=lambda post: post.item.id.int)
        self._author_key = [post.author_key for post in self._posts]
        self._mention = [dated_post(post) for post in self._posts]
        self._recency = [recency_of(post.item.published_at, as_of=board.as_of) for post in self._posts]
        self._own: dict[str, frozenset[int]] = {}
        """Where captions or hashtags hold a phrase, of those that are spoken in further posts."""
        self._plain: dict[str, int] = {}
        self._sizes: dict[str, int] = {}
        self._fits: dict[str, bool] = {}
        self._places = self._found()
        self._needed = {key: self._least(key) for key in self._places}
        self._keys = [post.written_keys & self._places.keys() for post in self._posts]

    def of(self, key: str) -> Sequence[int]:
        return self._places[key]

    def _found(self) -> dict[str, list[int]]:
        keywords = self._board.keywords
        direct: dict[str, list[int]] = defaultdict(list)
        for place, post in enumerate(self._posts):
            for key in post.written_keys.intersection(post.phrases) | (post.written_keys & keywords):
                direct[key].append(place)
        direct.pop("", None)
        # One author's phrase can be no topic; most phrases are such, and are not looked at again.
        found = {
            key: places
            for key, places in direct.items()
            if len(places) > 1 and self._author_count(places) >= MIN_AUTHORS
        }
        self._plain = {key: len(places) for key, places in found.items()}
        # Speech wanders: only a phrase that captions or tags hold elsewhere counts there.
        telling = {
            key
            for key in frozenset().union(*[post.transcript_keys for post in self._posts]) & found.keys()
            if len(key) >= _MIN_SPOKEN_CHARS and (key in keywords or self._longest(key, found[key]) > 1)
        }
        for key, places in self._in_tags(found.keys()).items():
            found[key] = sorted(places.union(found[key]))
        spoken: dict[str, set[int]] = defaultdict(set)
        for place, post in enumerate(self._posts):
            for key in post.transcript_keys & telling:
                spoken[key].add(place)
        for key, places in spoken.items():
            self._own[key] = frozenset(found[key])
            found[key] = sorted(places.union(found[key]))
        return found

    def _in_tags(self, keys: KeysView[str]) -> dict[str, set[int]]:
        """Where a hashtag begins or ends with one of the keys."""
        tags = {tag for post in self._posts for tag in post.hashtag_keys}
        within = {tag: keys & edges_of(tag) for tag in {tag for post in self._posts for tag in post.joined_words}}
        found: dict[str, set[int]] = defaultdict(set)
        for place, post in enumerate(self._posts):
            compounds = post.language in COMPOUNDING
            for tag in post.joined_words:
                for key in within[tag]:
                    if compounds or key in self._board.keywords or key in tags:
                        found[key].add(place)
        return found

    def _longest(self, key: str, places: Iterable[int]) -> int:
        """How many words the posts write the phrase with, at most."""
        size = 1
        for post in self.posts(places):
            for phrase in post.phrases.get(key, ()):
                if phrase.size > 1:
                    size = max(size, phrase.size)
        return size

    def _author_count(self, places: Iterable[int]) -> int:
        return len(set(map(self._author_key.__getitem__, places)))

    def posts(self, places: Iterable[int]) -> list[TokenizedPost]:
        return list(map(self._posts.__getitem__, places))

    def _surges(self, places: Sequence[int]) -> bool:
        return is_surging(list(map(self._recency.__getitem__, places)), list(map(self._author_key.__getitem__, places)))

    def may_burst(self, places: Iterable[int]) -> bool:
        """Whether enough authors posted recently: a cheap check before the comparison with other posts."""
        return self._author_count([place for place in places if self._recency[place] >= IN_LONG]) >= MIN_BURST_AUTHORS

    def own_author_count(self, key: str, places: Sequence[int]) -> int:
        """How many authors have the phrase in captions or hashtags."""
        own = self._own.get(key)
        return self._author_count(places if own is None else own.intersection(places))

    def fits(self, key: str) -> bool:
        if key not in self._fits:
            self._fits[key] = self._board.fits(self.posts(self._places[key]))
        return self._fits[key]

    def ranked(self) -> list[str]:
        """The anchors, strongest first."""
        ranks = []
        for key, places in self._places.items():
            authors = self.own_author_count(key, places)
            if authors >= MIN_AUTHORS:
                surging = self._surges(places)
                if self._is_anchor(key, authors, surging=surging):
                    if key in self._own:
                        authors = self._author_count(places)
                    ranks.append((self._rank(key, authors, surging=surging), key))
        return [key for _, key in sorted(ranks)]

    def _is_anchor(self, key: str, authors: int, *, surging: bool) -> bool:
        """Shared by two authors or more in their own words, and not by the accident of one common word."""
        if key in self._board.keywords:
            return True
        places = self._places[key]
        if not surging and self._is_boilerplate(places):
            return False
        if authors > MIN_AUTHORS:
            return True
        return any(
            phrase.size > 1 or phrase.is_hashtag or (not phrase.opens_sentence and phrase.surface[:1].isupper())
            for place in places
            if key in self._posts[place].written_keys
            for phrase in self._posts[place].phrases.get(key, ())
        )

    def _is_boilerplate(self, places: Sequence[int]) -> bool:
        """Whether nearly all posts of a large board contain the phrase."""
        total = len(self._posts)
        return total >= BOILERPLATE_MIN_POSTS and len(places) >= BOILERPLATE_SHARE * total

    def _rank(self, key: str, authors: int, *, surging: bool) -> tuple[bool, bool, float]:
        """Smaller is stronger. `authors` are all authors that say, tag or speak the phrase."""
        places = self._places[key]
        size = self._size(key)
        strength = authors * _SIZE_BONUS[size]
        if key in self._board.keywords:
            strength *= _KEYWORD_BONUS
        elif not surging and size == 1:
            strength *= _COMMON_WORD_MALUS
        strength *= 1.0 if is_in_text(key, self.posts(places)) else _UNSAID_MALUS
        return not self.fits(key), not surging, -round(strength, 9)

    def _size(self, key: str) -> int:
        """How many words the phrase has, at most three."""
        if key not in self._sizes:
            self._sizes[key] = self._longest(key, self._places[key])
        return self._sizes[key]

    def topic(self, root: str, places: Sequence[int]) -> Topic:
        """The topic of these posts, with the phrases that belong to it."""
        counts = Counter(chain.from_iterable(map(self._keys.__getitem__, places)))
        shared = {key: count for key, count in counts.items() if count > 1}
        anchor = self._fuller(root, places, shared)
        if anchor != root:
            holding = set(self._places[anchor])
            places = [place for place in places if place in holding]
        board, members = self._board, tuple(self.posts(places))
        further = self._terms(anchor, places, shared)
        return Topic(
            anchor=anchor,
            root=root,
            is_keyword=anchor in board.keywords,
            terms=(anchor, *further),
            members=members,
            burst=self._burst(anchor, places, members),
            is_in_text=is_in_text(anchor, members)
            or (anchor in board.long_keywords and has_part_in_text(anchor, members)),
            is_surging=self._surges(places),
            is_coherent=self._is_coherent(anchor, {key: shared[key] for key in further}, members),
        )

    def _burst(self, anchor: str, places: Sequence[int], members: Sequence[TokenizedPost]) -> Burst | None:
        if not self.may_burst(places):
            return None
        mentions = [mention for place in places if (mention := self._mention[place]) is not None]
        return find_burst(mentions, self._board.days.other_posts(anchor, members), as_of=self._board.as_of)

    def _fuller(self, root: str, places: Sequence[int], shared: Mapping[str, int]) -> str:
        """The longest phrase around the root that nearly all of the posts contain: "demo festival" for "demo"."""
        needed = NEARLY_ALL * len(places)
        longer = [key for key, count in shared.items() if count >= needed and root in key and key != root]
        best, most = root, (self._size(root), len(places))
        for key in sorted(longer):
            size = self._size(key)
            if size <= self._size(root) or (size, shared[key]) <= most:
                continue
            if self._author_count([place for place in places if key in self._keys[place]]) >= MIN_AUTHORS:
                best, most = key, (size, shared[key])
        return best

    def _terms(self, anchor: str, places: Sequence[int], shared: Mapping[str, int]) -> list[str]:
        """Further phrases of two authors, most of whose posts are these; the most shared first."""
        inside = frozenset(places)
        found: list[tuple[float, str]] = []
        for key in [key for key, count in shared.items() if count >= self._needed[key] and key != anchor]:
            posts = self._places[key]
            common = inside.intersection(posts)
            if len(common) >= SAME_POSTS * len(posts) and self._author_count(common) >= MIN_AUTHORS:
                found.append((-len(common) * _SIZE_BONUS[self._size(key)], key))
        return [key for _, key in sorted(found)]

    def _least(self, key: str) -> float:
        """In how many posts of a topic a further phrase must be written, or be a hashtag, to be one of its terms.

        The others may hold it inside a hashtag, a compound, or spoken.
        """
        posts = len(self._places[key])
        return max(MIN_AUTHORS, SAME_POSTS * posts - (posts - self._plain[key]))

    def _is_coherent(self, anchor: str, sharing: Mapping[str, int], members: Sequence[TokenizedPost]) -> bool:
        """One common word is an umbrella; a phrase, a second shared term or a tag of two authors makes a topic.

        So does a word that several authors begin with: it is what they write about. A word that most of
        its posts contain in one longer phrase is an umbrella over that phrase. `sharing` is how many of the posts
        write each further term.
        """
        if self._size(anchor) > 1 or anchor in self._board.long_keywords:
            return True
        if anchor in self._board.trade and len(members) > MAX_TRADE_POSTS:
            return False
        needed = max(MIN_AUTHORS, SAME_TOPIC * len(members))
        most_shared = [key for key, count in sharing.items() if count >= needed]
        if anchor not in self._board.keywords and any(
            anchor in key and sharing[key] < len(members) and self._size(key) > 1 for key in most_shared
        ):
            return False
        makes_a_topic = (
            any(key not in anchor and anchor not in key for key in most_shared)
            or author_count([member for member in members if anchor in member.hashtag_keys]) >= MIN_AUTHORS
            or is_written_about(anchor, members)
        )
        return makes_a_topic and is_one_word(anchor, members)
