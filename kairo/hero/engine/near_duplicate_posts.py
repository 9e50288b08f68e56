"""Step 3 of the engine: near-duplicate posts count as one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.text.near_duplicates import earlier_duplicates

SAME_TEXT = 0.8


def without_near_duplicates(posts: Sequence[TokenizedPost]) -> list[TokenizedPost]:
    """Returns the posts without near-copies of any author: the oldest of each stays. Order is kept."""
    by_age = sorted(posts, key=lambda one: (_published(one.item), one.item.id))
    twins = earlier_duplicates([one.caption_words for one in by_age], at_least=SAME_TEXT, keep_all=False)
    kept = {one.id for one, twin in zip(by_age, twins, strict=True) if twin is None}
    return [post for post in posts if post.id in kept]


def _published(item: EvidenceItemDTO) -> float:
    moment: datetime | None = item.published_at
    return moment.timestamp() if moment is not None else float("inf")
