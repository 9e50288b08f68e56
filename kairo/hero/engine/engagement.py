"""Step 4 of the engine: engagement percentiles among posts of one platform and age. Unknown counts stay unknown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from kairo.core.enums import Platform
from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.engine.claims import known_count

MIN_PEERS = 3
_YOUNG = timedelta(days=3)
_PRIOR_VIEWS = 500.0


def percentiles(items: Sequence[EvidenceItemDTO], *, as_of: datetime) -> dict[UUID, float]:
    """For each post whose engagement is known, its place among its peers, 0 (worst) to 1 (best).

    Peers are posts of one platform and one age, younger or older than three days; where those are too few, of the
    platform. Likes are taken per view where views are known, and as they are on platforms that show none.
    """
    found: dict[UUID, float] = {}
    by_platform: defaultdict[Platform, list[EvidenceItemDTO]] = defaultdict(list)
    for item in items:
        by_platform[Platform(item.platform)].append(item)
    for posts in by_platform.values():
        rated = [(post, rate, _is_young(post, as_of)) for post, rate in _rates(posts)]
        everyone = sorted([rate for _, rate, _ in rated])
        by_age = [sorted([rate for _, rate, young in rated if young is age]) for age in (False, True)]
        peers = [one if len(one) >= MIN_PEERS else everyone for one in by_age]
        for post, rate, young in rated:
            if len(beside := peers[young]) >= MIN_PEERS:
                found[post.id] = _place(rate, beside)
    return found


def _rates(posts: Sequence[EvidenceItemDTO]) -> list[tuple[EvidenceItemDTO, float]]:
    """The posts whose engagement is known, each with its likes, or likes per view."""
    counts = [(post, known_count(post.metrics.likes), known_count(post.metrics.views)) for post in posts]
    seen = [(post, likes, views) for post, likes, views in counts if likes is not None and views]
    if not seen:
        return [(post, float(likes)) for post, likes, _ in counts if likes is not None]
    usual = sum(likes for _, likes, _ in seen) / sum(views for _, _, views in seen)
    # A few views prove little: every post starts from the platform's usual rate.
    return [(post, (likes + usual * _PRIOR_VIEWS) / (views + _PRIOR_VIEWS)) for post, likes, views in seen]


def _place(rate: float, ordered: Sequence[float]) -> float:
    below = bisect_left(ordered, rate)
    equal = bisect_right(ordered, rate) - below
    return (below + (equal - 1) / 2) / (len(ordered) - 1)


def _is_young(post: EvidenceItemDTO, as_of: datetime) -> bool:
    return post.published_at is not None and as_of - post.published_at < _YOUNG
