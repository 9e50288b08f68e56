"""Step 4: how a post did among the posts of its own platform and age. Unknown stays unknown, never zero."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from kairo.hero.claims import known
from kairo.hero.synthesis.readings import Reading

MIN_PEERS = 3
_YOUNG = timedelta(days=3)
_PRIOR_VIEWS = 500.0


def percentiles(readings: Sequence[Reading], *, as_of: datetime) -> dict[UUID, float]:
    """For each post whose engagement is known, its place among its peers, 0 (worst) to 1 (best).

    Peers are posts of one platform and one age, younger or older than three days; where those are too few, of the
    platform. Likes are taken per view where views are known, and as they are on platforms that show none.
    """
    found: dict[UUID, float] = {}
    for platform in sorted({reading.item.platform for reading in readings}):
        posts = [reading for reading in readings if reading.item.platform == platform]
        rates = _rates(posts)
        for post in posts:
            if post.id not in rates:
                continue
            peers = [
                other for other in posts if other.id in rates and _is_young(other, as_of) == _is_young(post, as_of)
            ]
            if len(peers) < MIN_PEERS:
                peers = [other for other in posts if other.id in rates]
            if len(peers) >= MIN_PEERS:
                found[post.id] = _place(rates[post.id], [rates[peer.id] for peer in peers])
    return found


def _rates(posts: Sequence[Reading]) -> dict[UUID, float]:
    counts = [(post.id, known(post.item.metrics.likes), known(post.item.metrics.views)) for post in posts]
    seen = [(post, likes, views) for post, likes, views in counts if likes is not None and views]
    if not seen:
        return {post: float(likes) for post, likes, _ in counts if likes is not None}
    usual = sum(likes for _, likes, _ in seen) / sum(views for _, _, views in seen)
    # A few views prove little: every post starts from the platform's usual rate.
    return {post: (likes + usual * _PRIOR_VIEWS) / (views + _PRIOR_VIEWS) for post, likes, views in seen}


def _place(rate: float, rates: Sequence[float]) -> float:
    below = sum(1 for other in rates if other < rate)
    equal = sum(1 for other in rates if other == rate)
    return (below + (equal - 1) / 2) / (len(rates) - 1)


def _is_young(post: Reading, as_of: datetime) -> bool:
    published = post.item.published_at
    return published is not None and as_of - published < _YOUNG
