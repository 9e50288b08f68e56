"""Step 6 of the engine: burst detection by author counts (docs/engine.md, step 6)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

DAY = timedelta(days=1)
RECENT_WINDOWS = (timedelta(days=3), timedelta(days=7))
NEVER, EARLIER, IN_LONG, IN_SHORT = range(4)
"""How late a post is: without a date or later than now, before the windows, in the long one alone, in both."""
MAX_P = 0.01
MIN_BURST_AUTHORS = 3
MIN_COUNTS = 14
MIN_ROBUST_Z = 3.5
MEMORY = 168
"""How many earlier counts a series is compared with: a week of hours, or all days there are."""
MAX_TOP_AUTHOR_SHARE = 0.5
MOSTLY = 0.6
_PRIOR = 0.4
"""Pseudocount of earlier posts: without it an unseen topic would have an expected number of 0."""
# Scales the median absolute deviation to a standard deviation of normal noise.
_MAD_TO_SIGMA = 1.4826


@dataclass(frozen=True, slots=True)
class DatedPost:
    """When a post was published, and by which author."""

    at: datetime
    author_key: str


@dataclass(frozen=True, slots=True)
class Burst:
    """How a topic's posts of the recent window stand against the expected number."""

    window: timedelta
    recent: int
    authors: int
    earlier: int
    expected: float
    p: float


@dataclass(frozen=True, slots=True)
class ShareBurst:
    """A topic that stands out among the available posts where there is nothing earlier to compare with.

    `posts` of the window by `authors` authors, among `total` stored posts.
    """

    window: timedelta
    posts: int
    authors: int
    total: int


@dataclass(frozen=True, slots=True)
class OtherPosts:
    """The board's posts outside a topic: counts by age in whole days, and when the oldest post was published.

    `phrase_posts_by_age` counts the posts with the topic's phrase over all stored posts, by age in days; None where
    the topic's own posts are all there are.
    """

    by_age: Sequence[int]
    oldest: datetime | None
    phrase_posts_by_age: Sequence[int] | None = None

    @classmethod
    def of(cls, mentions: Sequence[DatedPost], *, as_of: datetime) -> OtherPosts:
        """The posts given one by one."""
        ages = [age for mention in mentions if (age := age_in_days(mention.at, as_of)) >= 0]
        counts = [0] * (max(ages, default=-1) + 1)
        for age in ages:
            counts[age] += 1
        return cls(by_age=counts, oldest=min((mention.at for mention in mentions), default=None))


def age_in_days(at: datetime, as_of: datetime) -> int:
    """Whole days before `as_of`; negative for a later moment."""
    return (as_of - at) // DAY


def recency_of(at: datetime | None, *, as_of: datetime) -> int:
    """How late a moment is: NEVER, EARLIER, IN_LONG or IN_SHORT."""
    if at is None or at > as_of:
        return NEVER
    short, long = RECENT_WINDOWS
    if at < as_of - long:
        return EARLIER
    return IN_SHORT if at >= as_of - short else IN_LONG


def find_burst(mentions: Sequence[DatedPost], others: OtherPosts, *, as_of: datetime) -> Burst | None:
    """The topic's burst in the recent window that tells most clearly of it, or None.

    `others` are the board's posts about anything else: the topic must outgrow them, not only appear with them.
    A board without earlier posts has nothing to compare with, and no bursts.
    """
    past = [mention for mention in mentions if mention.at <= as_of]
    found = [_burst_within(past, others, window, as_of) for window in RECENT_WINDOWS]
    return min((burst for burst in found if burst is not None), key=lambda burst: (burst.p, burst.window), default=None)


def is_surging(posts: Sequence[int], authors: Sequence[str]) -> bool:
    """Whether a topic, looked at alone, is of now: three authors or more in its window, and more posts than before.

    The window is the short one where most of the long one's authors are in it. `posts` are how late each is, `authors`
    whose.
    """
    past = len(posts) - posts.count(NEVER)
    near = posts.count(IN_SHORT)
    far = near + posts.count(IN_LONG)
    if far < MIN_BURST_AUTHORS or 2 * far <= past:
        return False
    by_all = [author_key for author_key, post in zip(authors, posts, strict=True) if post >= IN_LONG]
    if near >= MIN_BURST_AUTHORS:
        by_near = [author_key for author_key, post in zip(authors, posts, strict=True) if post == IN_SHORT]
        if len(set(by_near)) >= max(MIN_BURST_AUTHORS, MOSTLY * len(set(by_all))):
            return 2 * near > past and is_shared(by_near)
    return is_shared(by_all)


def is_shared(authors: Sequence[str]) -> bool:
    """Whether posts are by several authors, none with half of them. `authors` are whose each post is."""
    if len(authors) < MIN_BURST_AUTHORS:
        return False
    counts = Counter(authors)
    return len(counts) >= MIN_BURST_AUTHORS and max(counts.values()) < MAX_TOP_AUTHOR_SHARE * len(authors)


def _burst_within(past: Sequence[DatedPost], others: OtherPosts, window: timedelta, as_of: datetime) -> Burst | None:
    start = as_of - window
    recent = [mention.author_key for mention in past if mention.at >= start]
    if not is_shared(recent):
        return None
    days, earlier = window // DAY, len(past) - len(recent)
    other_recent, other_earlier = sum(others.by_age[:days]), sum(others.by_age[days:])
    said_earlier = sum(others.phrase_posts_by_age[days:]) if others.phrase_posts_by_age is not None else earlier
    if not said_earlier and not other_earlier:
        return None
    authors = len(set(recent))
    moments = [mention.at for mention in past] if earlier else []
    oldest = min(moments + ([others.oldest] if others.oldest is not None else []))
    by_volume = (other_recent + _PRIOR) / (other_earlier + _PRIOR)
    by_time = window / max(as_of - window - oldest, window)
    expected = (said_earlier + _PRIOR) * max(by_volume, by_time)
    # Authors are counted, not posts: one of them may post often.
    p = poisson_tail(authors, expected)
    if p >= MAX_P or not _stands_out(past, window, as_of):
        return None
    return Burst(window, len(recent), authors, said_earlier, expected, p)


def poisson_tail(count: int, expected: float) -> float:
    """The chance of `count` or more events where `expected` are usual, by the Poisson law."""
    if count <= 0:
        return 1.0
    log = math.log(expected)
    below = sum([math.exp(index * log - expected - math.lgamma(index + 1)) for index in range(count)])
    return max(0.0, 1.0 - below)


def series_bursts(counts: Sequence[float]) -> list[int]:
    """The positions of a series of counts that stand out from the ones before, once there are enough of those."""
    steady = [_steady(count) for count in counts]
    return [
        index
        for index in range(MIN_COUNTS, len(steady))
        if robust_z(steady[index], steady[max(0, index - MEMORY) : index]) >= MIN_ROBUST_Z
    ]


def robust_z(value: float, earlier: Sequence[float]) -> float:
    """How many robust standard deviations a value lies above the median of the earlier ones.

    Values are counts made steady, whose noise is never below 1.
    """
    middle = median(earlier)
    spread = _MAD_TO_SIGMA * median(abs(one - middle) for one in earlier)
    return (value - middle) / max(spread, 1.0)


def _steady(count: float) -> float:
    """Anscombe's root: the noise of a count grows with it, the noise of this does not."""
    return 2 * math.sqrt(count + 0.375)


def _stands_out(mentions: Sequence[DatedPost], window: timedelta, as_of: datetime) -> bool:
    """Whether a topic seen on many days has a day in the window that stands out; one seen on few days may have."""
    days: Counter[int] = Counter(age_in_days(mention.at, as_of) for mention in mentions)
    if len(days) < MIN_COUNTS:
        return True
    counts = [days[age] for age in range(max(days), -1, -1)]
    first = len(counts) - window // DAY
    return any(index >= first for index in series_bursts(counts))
