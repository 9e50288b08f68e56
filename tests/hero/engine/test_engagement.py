"""Engagement: the rank of a post among posts of its platform and age."""

from __future__ import annotations

from dataclasses import replace

from kairo.core.enums import Platform
from kairo.hero.dto import MetricsDTO
from kairo.hero.engine.engagement import percentiles
from tests.hero.builders import AS_OF, an_id, post


def test_engagement_ranks_posts_within_one_platform() -> None:
    posts = [
        replace(post(name, name, platform=platform), metrics=MetricsDTO(views=views, likes=likes))
        for name, platform, views, likes in [
            ("low", Platform.TIKTOK, 100_000, 100),
            ("middle", Platform.TIKTOK, 100_000, 2_000),
            ("high", Platform.TIKTOK, 100_000, 9_000),
            ("hidden", Platform.TIKTOK, 100_000, -1),
            ("unknown", Platform.TIKTOK, None, None),
            ("alone", Platform.YOUTUBE, 10, 10),
        ]
    ]
    found = percentiles(posts, as_of=AS_OF)
    assert found == {an_id("low"): 0.0, an_id("middle"): 0.5, an_id("high"): 1.0}
