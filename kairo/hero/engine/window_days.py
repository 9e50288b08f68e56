"""Post counts by day of the window, with which a topic's posts are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kairo.hero.dto import EvidenceItemDTO, WindowCountsDTO
from kairo.hero.engine.baseline import earlier_posts, has_baseline
from kairo.hero.engine.brand_subject import BrandSubject
from kairo.hero.engine.bursts import RECENT_WINDOWS, OtherPosts, ShareBurst, age_in_days, is_shared
from kairo.hero.engine.tokenized_posts import TokenizedPost


@dataclass(frozen=True, slots=True)
class WindowDays:
    """Posts by age in whole days: of those read, of all stored ones, and of stored ones that contain a phrase.

    `posts` counts the stored posts of the window, dated or not, `earlier` those before the burst window. Bursts can be
    told where `has_baseline`, or else from `baseline_from`.
    """

    considered: tuple[int, ...]
    stored: tuple[int, ...]
    phrases: Mapping[str, tuple[int, ...]]
    posts: int
    earlier: int
    oldest: datetime | None
    has_baseline: bool
    baseline_from: datetime | None
    as_of: datetime

    def other_posts(self, key: str, members: Sequence[TokenizedPost]) -> OtherPosts:
        """The posts that are not a topic's own. Stored ones where its phrase was counted over all, else those read."""
        said = self.phrases.get(key)
        if said is not None:
            rest = tuple(all_ - own for all_, own in zip(self.stored, _padded(said, len(self.stored)), strict=True))
            return OtherPosts(by_age=rest, oldest=self.oldest, phrase_posts_by_age=said)
        counts = list(self.considered)
        for member in members:
            age = _age(member.item, self.as_of)
            if age is not None and age < len(counts):
                counts[age] -= 1
        return OtherPosts(by_age=counts, oldest=self.oldest)

    def share_of(self, members: Sequence[TokenizedPost]) -> ShareBurst | None:
        """The topic's share among the available posts: three authors or more in the long window, none with half of
        it."""
        window = max(RECENT_WINDOWS)
        start = self.as_of - window
        recent = [
            member.author_key
            for member in members
            if (at := member.item.published_at) is not None and start <= at <= self.as_of
        ]
        if not is_shared(recent):
            return None
        return ShareBurst(window=window, posts=len(recent), authors=len(set(recent)), total=self.posts)


def considered(evidence: Sequence[EvidenceItemDTO], subject: BrandSubject, *, as_of: datetime) -> list[EvidenceItemDTO]:
    """The posts that opportunities are compared with, by id: not by the brand itself, not dated after the board's
    moment."""
    known = {item.id.int: item for item in evidence if item.published_at is None or item.published_at <= as_of}
    return [item for _, item in sorted(known.items()) if not subject.is_own(item)]


def window_days(items: Sequence[EvidenceItemDTO], counts: WindowCountsDTO, *, as_of: datetime) -> WindowDays:
    """The days of a board: of the posts considered, and of all stored ones."""
    stored: defaultdict[int, int] = defaultdict(int)
    for day in counts.days:
        stored[day.age_days] += day.posts
    said: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for phrase in counts.phrases:
        said[phrase.key][phrase.age_days] += phrase.posts
    return WindowDays(
        considered=_by_age(items, as_of),
        stored=_listed(stored),
        phrases={key: _listed(by_age) for key, by_age in sorted(said.items())},
        posts=counts.posts,
        earlier=earlier_posts(counts),
        oldest=counts.oldest_published_at,
        has_baseline=has_baseline(counts, as_of),
        baseline_from=counts.baseline_from,
        as_of=as_of,
    )


def _by_age(items: Sequence[EvidenceItemDTO], as_of: datetime) -> tuple[int, ...]:
    found: defaultdict[int, int] = defaultdict(int)
    for item in items:
        if (age := _age(item, as_of)) is not None:
            found[age] += 1
    return _listed(found)


def _age(item: EvidenceItemDTO, as_of: datetime) -> int | None:
    if item.published_at is None or item.published_at > as_of:
        return None
    return age_in_days(item.published_at, as_of)


def _listed(by_age: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(by_age.get(age, 0) for age in range(max(by_age, default=-1) + 1))


def _padded(counts: Sequence[int], size: int) -> list[int]:
    return [*counts[:size], *[0] * (size - len(counts))]
