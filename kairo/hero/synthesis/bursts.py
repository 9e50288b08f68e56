"""Step 6: is a topic breaking out, or is it as usual?"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

DAY = timedelta(days=1)
RECENT_WINDOWS = (timedelta(days=3), timedelta(days=7))
MAX_P = 0.01
MIN_VOICES = 3
MIN_COUNTS = 14
MIN_ROBUST_Z = 3.5
MEMORY = 168
"""How many earlier counts a series is compared with: a week of hours, or all days there are."""
MAX_TOP_VOICE_SHARE = 0.5
MOSTLY = 0.6
_PRIOR = 0.4
"""Posts that the earlier window is taken to hold beside those seen: none seen is not none possible."""
# Scales the median absolute deviation to a standard deviation of normal noise.
_MAD_TO_SIGMA = 1.4826


@dataclass(frozen=True, slots=True)
class Mention:
    """One dated post, by whom."""

    at: datetime
    voice: str


@dataclass(frozen=True, slots=True)
class Burst:
    """How a topic's posts of the recent window stand against what was to be expected."""

    window: timedelta
    recent: int
    voices: int
    earlier: int
    expected: float
    p: float


@dataclass(frozen=True, slots=True)
class ShareBurst:
    """A topic that stands out among the posts at hand where there is nothing earlier to compare with.

    `posts` of the window by `voices` authors, among `total` stored posts.
    """

    window: timedelta
    posts: int
    voices: int
    total: int


@dataclass(frozen=True, slots=True)
class Others:
    """Posts about anything but a topic, by age in whole days, and the moment of the oldest post of all.

    `said_by_age` is how often the topic's phrase was said by age in days, where that was counted over more posts than
    were read; None where the topic's mentions are all there are.
    """

    by_age: Sequence[int]
    oldest: datetime | None
    said_by_age: Sequence[int] | None = None

    @classmethod
    def of(cls, mentions: Sequence[Mention], *, as_of: datetime) -> Others:
        """The posts given one by one."""
        ages = [age for mention in mentions if (age := age_in_days(mention.at, as_of)) >= 0]
        counts = [0] * (max(ages, default=-1) + 1)
        for age in ages:
            counts[age] += 1
        return cls(by_age=counts, oldest=min((mention.at for mention in mentions), default=None))


def age_in_days(at: datetime, as_of: datetime) -> int:
    """Whole days before `as_of`; negative for a later moment."""
    return (as_of - at) // DAY


def find_burst(mentions: Sequence[Mention], others: Others, *, as_of: datetime) -> Burst | None:
    """The topic's burst in the recent window that tells most clearly of it, or None.

    `others` are the board's posts about anything else: the topic must outgrow them, not only appear with them.
    A board without earlier posts has nothing to compare with, and no bursts.
    """
    found = [_burst_within(mentions, others, window, as_of) for window in RECENT_WINDOWS]
    return min((burst for burst in found if burst is not None), key=lambda burst: (burst.p, burst.window), default=None)


def surges(mentions: Sequence[Mention], *, as_of: datetime) -> bool:
    """Whether a topic, looked at alone, is of now: three authors or more in its window, and more posts than before.

    The window is the short one where most of the long one's authors are in it.
    """
    short, long = RECENT_WINDOWS
    past = [mention for mention in mentions if mention.at <= as_of]
    far = [mention for mention in past if mention.at >= as_of - long]
    if len(far) < MIN_VOICES or 2 * len(far) <= len(past):
        return False
    near = [mention for mention in far if mention.at >= as_of - short]
    recent = near if _voices(near) >= max(MIN_VOICES, MOSTLY * _voices(far)) else far
    return 2 * len(recent) > len(past) and is_shared(recent)


def may_burst(mentions: Sequence[Mention], *, as_of: datetime) -> bool:
    """Whether enough authors posted lately. Most topics end here, before anything is compared."""
    start = as_of - max(RECENT_WINDOWS)
    return len({mention.voice for mention in mentions if start <= mention.at <= as_of}) >= MIN_VOICES


def is_shared(mentions: Sequence[Mention]) -> bool:
    """Whether several authors are among them, none with half of the posts."""
    if len(mentions) < MIN_VOICES:
        return False
    voices = Counter([mention.voice for mention in mentions])
    return len(voices) >= MIN_VOICES and max(voices.values()) < MAX_TOP_VOICE_SHARE * len(mentions)


def _voices(mentions: Sequence[Mention]) -> int:
    return len({mention.voice for mention in mentions})


def _burst_within(mentions: Sequence[Mention], others: Others, window: timedelta, as_of: datetime) -> Burst | None:
    recent, earlier = _split(mentions, window, as_of)
    if not is_shared(recent):
        return None
    days = window // DAY
    other_recent, other_earlier = sum(others.by_age[:days]), sum(others.by_age[days:])
    said_earlier = sum(others.said_by_age[days:]) if others.said_by_age is not None else len(earlier)
    if not said_earlier and not other_earlier:
        return None
    voices = _voices(recent)
    oldest = min([mention.at for mention in earlier] + ([others.oldest] if others.oldest is not None else []))
    by_volume = (other_recent + _PRIOR) / (other_earlier + _PRIOR)
    by_time = window / max(as_of - window - oldest, window)
    expected = (said_earlier + _PRIOR) * max(by_volume, by_time)
    # Authors are counted, not posts: one of them may post often.
    p = poisson_tail(voices, expected)
    if p >= MAX_P or not _stands_out((*earlier, *recent), window, as_of):
        return None
    return Burst(window, len(recent), voices, said_earlier, expected, p)


def poisson_tail(count: int, expected: float) -> float:
    """The chance of `count` or more events where `expected` are usual, by the Poisson law."""
    if count <= 0:
        return 1.0
    below = sum(math.exp(index * math.log(expected) - expected - math.lgamma(index + 1)) for index in range(count))
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


def _stands_out(mentions: Sequence[Mention], window: timedelta, as_of: datetime) -> bool:
    """Whether a topic seen on many days has a day in the window that stands out; one seen on few days may have."""
    days: Counter[int] = Counter(age_in_days(mention.at, as_of) for mention in mentions)
    if len(days) < MIN_COUNTS:
        return True
    counts = [days[age] for age in range(max(days), -1, -1)]
    first = len(counts) - window // DAY
    return any(index >= first for index in series_bursts(counts))


def _split(mentions: Sequence[Mention], window: timedelta, as_of: datetime) -> tuple[list[Mention], list[Mention]]:
    past = [mention for mention in mentions if mention.at <= as_of]
    start = as_of - window
    return [one for one in past if one.at >= start], [one for one in past if one.at < start]
