"""Step 5: what several authors talk about. A topic stands on an anchor: a phrase that distinct authors share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from kairo.hero.synthesis.bursts import Burst, Mention, ShareBurst, find_burst, may_burst, surges
from kairo.hero.synthesis.readings import COMPOUNDING, Reading
from kairo.hero.synthesis.topic_match import edges_of_tags
from kairo.hero.synthesis.topic_words import (
    MIN_AUTHORS,
    NEARLY_ALL,
    is_hinted,
    is_one_word,
    is_said,
    is_written_about,
    voices_of,
)
from kairo.hero.synthesis.window_days import WindowDays

SAME_POSTS = 0.6
"""Phrases that share this much of their posts are of one topic."""
SAME_TOPIC = 0.5
"""Posts around one word are a topic when so many of them share a second one."""
BOILERPLATE_SHARE = 0.9
BOILERPLATE_MIN_POSTS = 40
"""On a board of so many posts, a phrase that nearly all hold, and always did, is how posts are written there."""
MAX_TAKEN = 0.5
"""A topic may share so many of its posts with stronger ones."""
MAX_TRADE_POSTS = 5
"""A word for the brand's whole trade is no topic by itself where more posts hold it."""
_MIN_SPOKEN_CHARS = 6
_SIZE_BONUS = (1.0, 1.0, 1.35, 1.5)
_KEYWORD_BONUS = 1.3
_UNSAID_MALUS = 0.6
_COMMON_WORD_MALUS = 0.7
_MAX_OFF_BRAND = 200
"""So many of the strongest topics that are not the brand's business are looked at, to say why they were dropped."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Posts that say an anchor. `terms` are the keys of further phrases most of them share, the anchor first.

    `members` are ordered by id, and each says the anchor: in its own words, in a hashtag, or spoken. `said` is false
    where the anchor stands in hashtags only. `coherent` is false where the posts share one common word and nothing
    else. `surging` says that the topic, looked at alone, is of now; a `burst` is more: it outgrows the rest of the
    board. `share` takes the place of a burst where there is nothing earlier to compare with. `root` is the word that
    the topic was found by, where the anchor is a longer phrase that most of its posts say.
    """

    anchor: str
    terms: tuple[str, ...]
    members: tuple[Reading, ...]
    burst: Burst | None
    said: bool
    root: str = ""
    is_keyword: bool = False
    coherent: bool = True
    surging: bool = False
    share: ShareBurst | None = None

    @property
    def voices(self) -> int:
        return len({member.voice for member in self.members})


@dataclass(frozen=True, slots=True)
class Board:
    """What topics are looked for in: the posts, the keys of the brand's phrases, and the moment.

    `long_keywords` are those of several words, which mean something even as a bare hashtag. `trade` are the keys of
    words for the brand's whole trade. `fits` says whether
    posts are the brand's business. `days` are counts over all posts of the window.
    """

    readings: Sequence[Reading]
    keywords: frozenset[str]
    long_keywords: frozenset[str]
    trade: frozenset[str]
    fits: Callable[[Sequence[Reading]], bool]
    days: WindowDays
    as_of: datetime


def find_topics(board: Board, *, accept: Callable[[Topic], bool]) -> None:
    """Offers the board's topics to `accept`, strongest first: the brand's own, then what is of now.

    A post is in one accepted topic; a later topic may take along posts of stronger ones, where most of its posts are
    its own and it is accepted only with them. A topic that is not accepted leaves its posts free. Which posts a topic
    has depends on those that share its phrases, never on how much else is on the board.
    """
    postings = _Postings(board)
    taken: set[int] = set()
    off_brand = 0
    for anchor in postings.ranked():
        posts = postings.of(anchor)
        if not postings.fits(anchor):
            off_brand += 1
            if off_brand > _MAX_OFF_BRAND:
                break
        free = [place for place in posts if place not in taken]
        if postings.own_voices(anchor, free) < MIN_AUTHORS:
            continue
        if accept(postings.topic(anchor, free)):
            taken.update(free)
        elif len(free) < len(posts) and len(posts) - len(free) <= MAX_TAKEN * len(posts) and postings.may_burst(posts):
            whole = postings.topic(anchor, posts)
            if whole.burst is not None and accept(whole):
                taken.update(free)


class _Postings:
    """For each phrase that could be a topic, the places of the posts that say it, in the order of their ids."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._readings = sorted(board.readings, key=lambda reading: reading.item.id.int)
        self._voice = [reading.voice for reading in self._readings]
        self._mention = [_mention_of(reading) for reading in self._readings]
        self._own: dict[str, frozenset[int]] = {}
        self._plain: dict[str, int] = {}
        self._sizes: dict[str, int] = {}
        self._fits: dict[str, bool] = {}
        self._places = self._found()
        self._needed = {key: self._least(key) for key in self._places}
        self._keys = [reading.own & self._places.keys() for reading in self._readings]

    def of(self, key: str) -> Sequence[int]:
        return self._places[key]

    def _found(self) -> dict[str, list[int]]:
        keywords = self._board.keywords
        direct: dict[str, list[int]] = defaultdict(list)
        for place, reading in enumerate(self._readings):
            for key in reading.own.intersection(reading.shown) | (reading.own & keywords):
                direct[key].append(place)
        direct.pop("", None)
        # One author's phrase can be no topic; most phrases are such, and are not looked at again.
        shared = {key: places for key, places in direct.items() if self._voices(places) >= MIN_AUTHORS}
        tags = {tag for reading in self._readings for tag in reading.tagged}
        edges = edges_of_tags(self._readings)
        within = {tag: [key for key in keys if key in shared] for tag, keys in edges.items()}
        found = {key: set(places) for key, places in shared.items()}
        for place, reading in enumerate(self._readings):
            compounds = reading.language in COMPOUNDING
            for tag in reading.tags:
                for key in within[tag]:
                    if compounds or key in keywords or key in tags:
                        found[key].add(place)
        self._own = {key: frozenset(places) for key, places in found.items()}
        self._plain = {key: len(places) for key, places in shared.items()}
        # Speech wanders: only a phrase that captions or tags hold elsewhere counts there.
        telling = {
            key
            for key in frozenset().union(*(reading.spoken for reading in self._readings)) & shared.keys()
            if len(key) >= _MIN_SPOKEN_CHARS and (key in keywords or self._longest(key, shared[key]) > 1)
        }
        for place, reading in enumerate(self._readings):
            for key in reading.spoken & telling:
                found[key].add(place)
        return {key: sorted(places) for key, places in sorted(found.items())}

    def _longest(self, key: str, places: Iterable[int]) -> int:
        """How many words the posts write the phrase with, at most."""
        shown = [self._readings[place].shown.get(key, ()) for place in places]
        return max([phrase.size for found in shown for phrase in found], default=1)

    def _voices(self, places: Iterable[int]) -> int:
        return len({self._voice[place] for place in places})

    def posts(self, places: Iterable[int]) -> list[Reading]:
        return [self._readings[place] for place in places]

    def _mentions(self, places: Iterable[int]) -> list[Mention]:
        return [mention for place in places if (mention := self._mention[place]) is not None]

    def _surges(self, places: Iterable[int]) -> bool:
        return surges(self._mentions(places), as_of=self._board.as_of)

    def may_burst(self, places: Iterable[int]) -> bool:
        return may_burst(self._mentions(places), as_of=self._board.as_of)

    def own_voices(self, key: str, places: Iterable[int]) -> int:
        """How many authors hold the phrase in captions or hashtags."""
        return self._voices(self._own[key].intersection(places))

    def fits(self, key: str) -> bool:
        if key not in self._fits:
            self._fits[key] = self._board.fits(self.posts(self._places[key]))
        return self._fits[key]

    def ranked(self) -> list[str]:
        """The anchors, strongest first."""
        anchors = [key for key, places in self._places.items() if self._is_anchor(key, places)]
        return sorted(anchors, key=lambda key: (self._rank(key), key))

    def _is_anchor(self, key: str, places: Sequence[int]) -> bool:
        """Shared by two authors in their own words, and not by the accident of one common word."""
        voices = self.own_voices(key, places)
        if voices < MIN_AUTHORS:
            return False
        if key in self._board.keywords:
            return True
        if self._is_boilerplate(places):
            return False
        if voices > MIN_AUTHORS:
            return True
        return any(
            phrase.size > 1 or phrase.hashtag or (not phrase.opens and phrase.shown[:1].isupper())
            for place in places
            if key in self._readings[place].own
            for phrase in self._readings[place].shown.get(key, ())
        )

    def _is_boilerplate(self, places: Sequence[int]) -> bool:
        """Whether nearly all posts of a large board hold a phrase, and it is not of now."""
        total = len(self._readings)
        if total < BOILERPLATE_MIN_POSTS or len(places) < BOILERPLATE_SHARE * total:
            return False
        return not self._surges(places)

    def _rank(self, key: str) -> tuple[bool, bool, float]:
        """Smaller is stronger."""
        places = self._places[key]
        surging = self._surges(places)
        strength = self._voices(places) * _SIZE_BONUS[self._size(key)]
        if key in self._board.keywords:
            strength *= _KEYWORD_BONUS
        elif not surging and self._size(key) == 1:
            strength *= _COMMON_WORD_MALUS
        strength *= 1.0 if is_said(key, self.posts(places)) else _UNSAID_MALUS
        return not self.fits(key), not surging, -round(strength, 9)

    def _size(self, key: str) -> int:
        """How many words the phrase has, at most three."""
        if key not in self._sizes:
            self._sizes[key] = self._longest(key, self._places[key])
        return self._sizes[key]

    def topic(self, root: str, places: Sequence[int]) -> Topic:
        """The topic of these posts, with the phrases that belong to it."""
        counts = Counter(chain.from_iterable([self._keys[place] for place in places]))
        anchor = self._fuller(root, places, counts)
        if anchor != root:
            holding = set(self._places[anchor])
            places = [place for place in places if place in holding]
        board, members = self._board, tuple(self.posts(places))
        terms = (anchor, *self._terms(anchor, places, counts))
        return Topic(
            anchor=anchor,
            root=root,
            is_keyword=anchor in board.keywords,
            terms=terms,
            members=members,
            burst=self._burst(anchor, places, members),
            said=is_said(anchor, members) or (anchor in board.long_keywords and is_hinted(anchor, members)),
            surging=self._surges(places),
            coherent=self._is_coherent(terms, members),
        )

    def _burst(self, anchor: str, places: Sequence[int], members: Sequence[Reading]) -> Burst | None:
        if not self.may_burst(places):
            return None
        others = self._board.days.without(anchor, members)
        return find_burst(self._mentions(places), others, as_of=self._board.as_of)

    def _fuller(self, root: str, places: Sequence[int], counts: Mapping[str, int]) -> str:
        """The longest phrase around the root that nearly all of the posts say: "demo festival" for "demo"."""
        needed = max(MIN_AUTHORS, NEARLY_ALL * len(places))
        longer = [key for key, count in counts.items() if count >= needed and key != root and root in key]
        best, most = root, (self._size(root), len(places))
        for key in sorted(longer):
            holding = [place for place in places if key in self._keys[place]]
            size = self._size(key)
            if size > self._size(root) and (size, len(holding)) > most and self._voices(holding) >= MIN_AUTHORS:
                best, most = key, (size, len(holding))
        return best

    def _terms(self, anchor: str, places: Sequence[int], counts: Mapping[str, int]) -> list[str]:
        """Further phrases of two authors, most of whose posts are these; the most shared first."""
        inside = set(places)
        found: list[tuple[float, str]] = []
        for key in [key for key, count in counts.items() if count >= self._needed[key]]:
            if key == anchor:
                continue
            posts = self._places[key]
            common = [place for place in posts if place in inside]
            if len(common) >= SAME_POSTS * len(posts) and self._voices(common) >= MIN_AUTHORS:
                found.append((-len(common) * _SIZE_BONUS[self._size(key)], key))
        return [key for _, key in sorted(found)]

    def _least(self, key: str) -> float:
        """In how many posts of a topic a further phrase must be written, or be a hashtag, to be one of its terms.

        The others may hold it inside a hashtag, a compound, or spoken.
        """
        posts = len(self._places[key])
        return max(MIN_AUTHORS, SAME_POSTS * posts - (posts - self._plain[key]))

    def _is_coherent(self, terms: Sequence[str], members: Sequence[Reading]) -> bool:
        """One common word is an umbrella; a phrase, a second shared term or a tag of two authors makes a topic.

        So does a word that several authors begin with: it is what they write about. A word that most of
        its posts say in one longer phrase is an umbrella over that phrase.
        """
        anchor = terms[0]
        if self._size(anchor) > 1 or anchor in self._board.long_keywords:
            return True
        if (anchor in self._board.trade and len(members) > MAX_TRADE_POSTS) or not is_one_word(anchor, members):
            return False
        needed = max(MIN_AUTHORS, SAME_TOPIC * len(members))
        sharing = {key: sum(1 for member in members if key in member.own) for key in terms[1:]}
        if anchor not in self._board.keywords and any(
            needed <= count < len(members) and anchor in key and self._size(key) > 1 for key, count in sharing.items()
        ):
            return False
        if any(count >= needed and key not in anchor and anchor not in key for key, count in sharing.items()):
            return True
        if voices_of(member for member in members if anchor in member.tagged) >= MIN_AUTHORS:
            return True
        return is_written_about(anchor, members)


def mentions_of(members: Iterable[Reading]) -> list[Mention]:
    """The dated posts as mentions."""
    return [mention for member in members if (mention := _mention_of(member)) is not None]


def _mention_of(reading: Reading) -> Mention | None:
    at = reading.item.published_at
    return Mention(at, reading.voice) if at is not None else None
