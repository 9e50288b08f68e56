"""Each quality gate at its boundary."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kairo.core.enums import Channel, ContentType, Platform
from kairo.hero.enums import GateCode
from kairo.hero.gates.evidence_gates import evaluate_gates
from kairo.hero.gates.platforms import PLATFORMS_BY_CHANNEL
from tests.hero.builders import AS_OF, plain_evidence
from tests.hero.gates.evidence import codes, spread, with_first


def test_items_gate_needs_eight_items() -> None:
    assert codes(plain_evidence(8)) == []
    assert codes(plain_evidence(7)) == [GateCode.INSUFFICIENT_ITEMS]


def test_text_items_gate_needs_six_captions() -> None:
    assert codes(with_first(2, plain_evidence(8), text_primary=" \u200b\n")) == []
    assert codes(with_first(3, plain_evidence(8), text_primary=" \u200b\n")) == [GateCode.INSUFFICIENT_TEXT_ITEMS]


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("platform", list(Platform))
def test_platform_gate_needs_one_post_of_a_channel(channel: Channel, platform: Platform) -> None:
    other = Channel.X if channel != Channel.X else Channel.TIKTOK
    elsewhere = Platform.INSTAGRAM if channel != Channel.INSTAGRAM else Platform.YOUTUBE
    items = spread(9, platform=elsewhere)
    assert codes(items, channels=(channel,)) == [GateCode.MISSING_REQUIRED_PLATFORMS]
    one = [replace(items[0], platform=platform), *items[1:]]
    speaks = platform in PLATFORMS_BY_CHANNEL[channel]
    assert codes(one, channels=(channel,)) == ([] if speaks else [GateCode.MISSING_REQUIRED_PLATFORMS])
    assert (
        codes([replace(items[0], platform=PLATFORMS_BY_CHANNEL[other][0]), *items[1:]], channels=(channel, other)) == []
    )


@pytest.mark.parametrize("platform", list(Platform))
def test_platform_gate_accepts_any_platform_without_channels(platform: Platform) -> None:
    assert codes(spread(8, platform=platform), channels=()) == []
    assert evaluate_gates(spread(8, platform=platform), as_of=AS_OF).passed


@pytest.mark.parametrize("type_", list(ContentType))
def test_transcript_gate_needs_three_in_ten_videos(type_: ContentType) -> None:
    ten = [replace(item, content_type=type_) for item in plain_evidence(10)]
    asked = type_ in {ContentType.VIDEO, ContentType.SHORT_VIDEO, ContentType.REEL}
    assert codes(with_first(7, ten, has_transcript=False)) == []
    assert codes(with_first(8, ten, has_transcript=False)) == (
        [GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE] if asked else []
    )


def test_transcript_gate_applies_if_half_of_the_posts_are_videos() -> None:
    bare = [replace(item, has_transcript=False) for item in plain_evidence(10)]
    assert codes(with_first(5, bare, content_type=ContentType.TEXT_POST)) == [GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE]
    assert codes(with_first(6, bare, content_type=ContentType.TEXT_POST)) == []


def test_transcript_gate_ignores_transcripts_of_other_posts() -> None:
    half = with_first(5, plain_evidence(10), content_type=ContentType.POST)
    videos_without = [*half[:5], *(replace(item, has_transcript=False) for item in half[5:])]
    assert codes(videos_without) == [GateCode.INSUFFICIENT_TRANSCRIPT_COVERAGE]
    assert codes([*videos_without[:8], *half[8:]]) == []  # 2 of 5


@pytest.mark.parametrize(
    ("age", "fresh"),
    [
        (timedelta(days=7) - timedelta(microseconds=1), True),
        (timedelta(days=7), False),
        (timedelta(0), True),
        (-timedelta(microseconds=1), False),
    ],
)
def test_freshness_gate_needs_an_age_below_seven_days_and_not_in_the_future(age: timedelta, fresh: bool) -> None:
    old = [replace(item, published_at=AS_OF - timedelta(days=20)) for item in plain_evidence()]
    items = [replace(old[0], published_at=AS_OF - age), *old[1:]]
    assert codes(items) == ([] if fresh else [GateCode.STALE_EVIDENCE])


def test_freshness_gate_ignores_undated_items() -> None:
    items = [replace(item, published_at=None) for item in plain_evidence()]
    assert codes(items) == [GateCode.STALE_EVIDENCE]
