"""Step 5: what several authors talk about. A topic stands on an anchor: a phrase that distinct authors share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairo.hero.synthesis.bursts import Burst, Mention, ShareBurst, find_burst, surges
from kairo.hero.synthesis.readings import Reading

MIN_AUTHORS = 2
SAME_POSTS = 0.6
"""Phrases that share this much of their posts are one topic."""
SAME_TOPIC = 0.5
"""Posts around one word are a topic when so many of them share a second one."""
_MIN_EDGE_CHARS = 5
_MIN_SPOKEN_CHARS = 6
_MIN_HALF_CHARS = 4
_SIZE_BONUS = (1.0, 1.0, 1.35, 1.5)
_KEYWORD_BONUS = 1.3
_UNSAID_MALUS = 0.6
_COMMON_WORD_MALUS = 0.7


@dataclass(frozen=True, slots=True)
class Topic:
    """Posts that share an anchor. `terms` are the keys of further phrases most of them share, the anchor first.

    `members` are ordered by id. `said` is false where the anchor stands in hashtags only. `coherent` is false where
    the posts share one common word and nothing else. `surging` says that the topic, looked at alone, is of now; a
    `burst` is more: it outgrows the rest of the board.
    """

    anchor: str
    terms: tuple[str, ...]
    members: tuple[Reading, ...]
    burst: Burst | None
    said: bool
    coherent: bool = True
    surging: bool = False
    share: ShareBurst | None = None

    @property
    def voices(self) -> int:
        return len({member.voice for member in self.members})


@dataclass(frozen=True, slots=True)
class Board:
    """What topics are looked for in: the posts, the keys of the brand's phrases, and the moment.

    `long_keywords` are those of several words, which mean something even as a bare hashtag. `fits` says whether
    posts with an anchor are the brand's business.
    """

    readings: Sequence[Reading]
    keywords: frozenset[str]
    long_keywords: frozenset[str]
    fits: Callable[[Sequence[Reading], str], bool]
    as_of: datetime


def find_topics(board: Board, *, accept: Callable[[Topic], bool]) -> None:
    """Offers the board's topics to `accept`, strongest first: the brand's own, then what is of now.

    No post is in two accepted topics: it backs the stronger. A topic that is not accepted leaves its posts free.
    Which posts a topic has depends on those that share its phrases, never on how much else is on the board.
    """
    postings = _postings(board.readings, board.keywords)
    anchors = [key for key, posts in postings.items() if _is_anchor(key, posts, board.keywords)]
    ranked = sorted(anchors, key=lambda key: (_rank(key, postings[key], board), key))
    taken: set[UUID] = set()
    for anchor in ranked:
        topic = _grow(anchor, postings, taken, board)
        if topic is not None and accept(topic):
            taken |= {member.id for member in topic.members}


def _surges(members: Iterable[Reading], as_of: datetime) -> bool:
    dated = [(member.item.published_at, member.voice) for member in members]
    return surges([Mention(at, voice) for at, voice in dated if at is not None], as_of=as_of)


def burst_of(members: Iterable[Reading], readings: Sequence[Reading], *, as_of: datetime) -> Burst | None:
    """The burst that these posts are, among all posts of the board."""
    inside = {member.id for member in members}
    mentions: list[Mention] = []
    others: list[Mention] = []
    for reading in readings:
        if reading.item.published_at is not None:
            mention = Mention(reading.item.published_at, reading.voice)
            (mentions if reading.id in inside else others).append(mention)
    return find_burst(mentions, others, as_of=as_of)


def _postings(readings: Sequence[Reading], keywords: frozenset[str]) -> dict[str, list[Reading]]:
    """For each phrase that could be a topic, the posts that hold it."""
    direct: dict[str, dict[UUID, Reading]] = defaultdict(dict)
    for reading in readings:
        for key in reading.own:
            if key and (key in reading.shown or key in keywords):
                direct[key][reading.id] = reading
    edges = [key for key in direct if len(key) >= _MIN_EDGE_CHARS and (key in keywords or _is_tag(key, direct[key]))]
    for reading in readings:
        for tag in reading.tags:
            for key in edges:
                if len(tag) > len(key) and (tag.startswith(key) or tag.endswith(key)):
                    direct[key][reading.id] = reading
        for key in reading.spoken:
            # Speech wanders: only a phrase that a caption or tag holds elsewhere counts there.
            if key in direct and len(key) >= _MIN_SPOKEN_CHARS and (key in keywords or _is_long(key, direct[key])):
                direct[key][reading.id] = reading
    return {key: [found[one] for one in sorted(found)] for key, found in sorted(direct.items())}


def _is_tag(key: str, posts: Mapping[UUID, Reading]) -> bool:
    return any(key in reading.tagged for reading in posts.values())


def _is_long(key: str, posts: Mapping[UUID, Reading]) -> bool:
    return any(phrase.size > 1 for reading in posts.values() for phrase in reading.shown.get(key, ()))


def _voices(posts: Iterable[Reading]) -> int:
    return len({post.voice for post in posts})


def _size(key: str, posts: Sequence[Reading]) -> int:
    return max((phrase.size for post in posts for phrase in post.shown.get(key, ())), default=1)


def _is_anchor(key: str, posts: Sequence[Reading], keywords: frozenset[str]) -> bool:
    """Shared by two authors in their own words, and not by the accident of one common word."""
    owners = [post for post in posts if key in post.own]
    voices = _voices(owners)
    if voices < MIN_AUTHORS:
        return False
    if key in keywords or voices > MIN_AUTHORS:
        return True
    return any(
        phrase.size > 1 or phrase.hashtag or (not phrase.opens and phrase.shown[:1].isupper())
        for post in owners
        for phrase in post.shown.get(key, ())
    )


def _rank(key: str, posts: Sequence[Reading], board: Board) -> tuple[bool, bool, float]:
    """Smaller is stronger."""
    surging = _surges(posts, board.as_of)
    strength = _voices(posts) * _SIZE_BONUS[_size(key, posts)]
    if key in board.keywords:
        strength *= _KEYWORD_BONUS
    elif not surging and _size(key, posts) == 1:
        strength *= _COMMON_WORD_MALUS
    strength *= 1.0 if _is_said(key, posts) else _UNSAID_MALUS
    return not board.fits(posts, key), not surging, -round(strength, 9)


def _is_said(key: str, posts: Iterable[Reading]) -> bool:
    """Whether some post says the phrase, or both halves of what a tag runs together."""
    for post in posts:
        if key in post.said:
            return True
        uttered = post.said | post.spoken
        if any(key[:cut] in uttered and key[cut:] in uttered for cut in range(2, len(key) - 1)):
            return True
    return False


def _is_hinted(key: str, posts: Iterable[Reading]) -> bool:
    """Whether two authors say a half of what a tag runs together: "late" or "payment" for #latepayments."""
    hinting = set()
    for post in posts:
        words = [word for word in post.said | post.spoken if len(word) >= _MIN_HALF_CHARS]
        for cut in range(_MIN_HALF_CHARS, len(key) - 2):
            if key[:cut] in words or any(word.startswith(key[cut:]) for word in words):
                hinting.add(post.voice)
    return len(hinting) >= MIN_AUTHORS


def _grow(anchor: str, postings: Mapping[str, list[Reading]], taken: set[UUID], board: Board) -> Topic | None:
    """The topic of an anchor from the posts still free, with the phrases that belong to it, and their posts."""
    members = {post.id: post for post in postings[anchor] if post.id not in taken}
    if _voices(post for post in members.values() if anchor in post.own) < MIN_AUTHORS:
        return None
    core = frozenset(members)
    shared: list[tuple[float, str]] = []
    near: dict[UUID, list[str]] = defaultdict(list)
    for key in sorted({key for post in members.values() for key in (*post.own, *post.tags) if key in postings}):
        free = [post for post in postings[key] if post.id not in taken]
        common = [post for post in free if post.id in core]
        if key == anchor or _voices(common) < MIN_AUTHORS or len(common) < SAME_POSTS * len(free):
            continue
        shared.append((-len(common) * _SIZE_BONUS[_size(key, common)], key))
        for post in free:
            near[post.id].append(key)
    # A post without the anchor belongs when it shares two further phrases that are not parts of each other.
    members |= {post.id: post for post in board.readings if post.id in near and _are_apart(near[post.id])}
    ordered = tuple(members[one] for one in sorted(members))
    terms = (anchor, *(key for _, key in sorted(shared)))
    return Topic(
        anchor=anchor,
        terms=terms,
        members=ordered,
        burst=burst_of(ordered, board.readings, as_of=board.as_of),
        said=_is_said(anchor, ordered) or (anchor in board.long_keywords and _is_hinted(anchor, ordered)),
        surging=_surges(ordered, board.as_of),
        coherent=_is_coherent(terms, ordered, board.long_keywords),
    )


def _are_apart(keys: Sequence[str]) -> bool:
    return any(one not in other and other not in one for one in keys for other in keys)


def _is_coherent(terms: Sequence[str], members: Sequence[Reading], long_keywords: frozenset[str]) -> bool:
    """One common word is an umbrella; a phrase, a second shared term or a tag of two authors makes a topic."""
    anchor = terms[0]
    if _size(anchor, members) > 1 or anchor in long_keywords:
        return True
    for key in terms:
        sharing = sum(1 for member in members if key in member.own)
        if key not in anchor and anchor not in key and sharing >= max(MIN_AUTHORS, SAME_TOPIC * len(members)):
            return True
    return _voices(member for member in members if anchor in member.tagged) >= MIN_AUTHORS
