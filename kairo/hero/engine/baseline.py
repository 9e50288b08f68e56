"""Whether bursts can be detected: enough posts were published before the burst window to compare with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from kairo.core.enums import Platform
from kairo.hero.dto import DayCountDTO, EvidenceItemDTO, WindowCountsDTO
from kairo.hero.engine.claims import author_key
from kairo.hero.gates.thresholds import BURST_WINDOW, MIN_BASELINE_POSTS, MIN_BASELINE_SHARE

_DAY = timedelta(days=1)


def has_baseline(counts: WindowCountsDTO, as_of: datetime) -> bool:
    """Whether enough dated posts of the window were published before the burst window.

    Enough are MIN_BASELINE_POSTS, and MIN_BASELINE_SHARE of all dated posts.
    """
    if counts.baseline_from is None or counts.baseline_from > as_of:
        return False
    earlier = earlier_posts(counts)
    return earlier >= MIN_BASELINE_POSTS and earlier >= MIN_BASELINE_SHARE * sum(day.posts for day in counts.days)


def earlier_posts(counts: WindowCountsDTO) -> int:
    """How many dated posts of the window were published before the burst window."""
    return sum(day.posts for day in counts.days if day.age_days * _DAY >= BURST_WINDOW)


def baseline_from(oldest_published: Sequence[datetime]) -> datetime | None:
    """The moment from which bursts can be detected, given the oldest publication moments of the window.

    It is BURST_WINDOW after the MIN_BASELINE_POSTS-th oldest of them, or after the oldest where there are fewer; None
    without any. With fewer it is the earliest possible moment: further posts must be found that are as old.
    """
    oldest = sorted(oldest_published)[:MIN_BASELINE_POSTS]
    if not oldest:
        return None
    return (oldest[-1] if len(oldest) == MIN_BASELINE_POSTS else oldest[0]) + BURST_WINDOW


def counts_of(items: Iterable[EvidenceItemDTO], *, as_of: datetime) -> WindowCountsDTO:
    """The counts of a window that consists of these items, as the database counts a window it stores.

    Items published after `as_of` do not count. Items without a date count in no day.
    """
    known = [item for item in items if item.published_at is None or item.published_at <= as_of]
    published = sorted(item.published_at for item in known if item.published_at is not None)
    author_keys = [author_key(item) for item in known]
    days: defaultdict[tuple[int, Platform], list[str]] = defaultdict(list)
    for item, author in zip(known, author_keys, strict=True):
        if item.published_at is not None:
            days[(as_of - item.published_at) // _DAY, Platform(item.platform)].append(author)
    return WindowCountsDTO(
        posts=len(known),
        authors=len(set(author_keys)),
        days=tuple(
            DayCountDTO(age_days=age, platform=platform, posts=len(authors), authors=len(set(authors)))
            for (age, platform), authors in sorted(days.items())
        ),
        oldest_published_at=published[0] if published else None,
        baseline_from=baseline_from(published),
    )
