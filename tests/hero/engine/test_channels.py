"""The channel of an opportunity, and how well platform and format of its evidence carry over."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kairo.core.enums import Channel, ContentType, Platform
from kairo.hero.engine.channels import ChannelChoice, choose_channels
from kairo.hero.engine.tokenized_posts import tokenize_post
from tests.hero.builders import brand, post

_AFFINITIES = """
             linkedin  x    youtube  instagram  tiktok  newsletter
instagram    0.35      0.2  0.6      1          0.8     0.2
tiktok       0.3       0.2  0.6      0.8        1       0.2
linkedin     1         0.6  0.2      0.2        0.2     0.6
youtube      0.2       0.2  1        0.5        0.5     0.2
x            0.6       1    0.2      0.2        0.2     0.2
web          0.5       0.2  0.2      0.2        0.2     0.8
"""


_FORMS = """
             linkedin  x    youtube  instagram  tiktok  newsletter
post         0.7       0.7  0.4      1          0.4     0.4
reel         0.4       0.4  0.7      1          0.9     0.4
text_post    1         1    0.4      0.4        0.4     0.8
short_video  0.4       0.5  0.8      0.9        1       0.4
video        0.6       0.4  1        0.5        0.5     0.4
web_page     0.6       0.4  0.4      0.4        0.4     1
"""


def _cells(table: str) -> list[tuple[str, str, float]]:
    heading, *rows = (line.split() for line in table.strip().splitlines())
    return [(name, channel, float(cell)) for name, *cells in rows for channel, cell in zip(heading, cells, strict=True)]


def _choice(channels: Sequence[Channel], *posts: tuple[Platform, ContentType]) -> ChannelChoice:
    tokenized = [
        tokenize_post(post(f"seen-{place}", "A text", platform=platform, content_type=form))
        for place, (platform, form) in enumerate(posts)
    ]
    return choose_channels(brand(channels=tuple(channels)), tokenized)


def test_channel_is_the_evidences_platform_where_the_brand_uses_it() -> None:
    posts = [tokenize_post(post(f"p{n}", "text", platform=Platform.TIKTOK)) for n in range(3)]
    assert choose_channels(brand(channels=(Channel.INSTAGRAM, Channel.TIKTOK)), posts).primary is Channel.TIKTOK
    assert choose_channels(brand(channels=(Channel.NEWSLETTER, Channel.YOUTUBE)), posts).primary is Channel.YOUTUBE
    assert choose_channels(brand(channels=()), posts).primary is Channel.TIKTOK


@pytest.mark.parametrize(("platform", "channel", "expected"), _cells(_AFFINITIES))
def test_channel_affinity_of_each_platform(platform: str, channel: str, expected: float) -> None:
    assert _choice([Channel(channel)], (Platform(platform), ContentType.POST)).affinity == expected


@pytest.mark.parametrize(("form", "channel", "expected"), _cells(_FORMS))
def test_channel_form_of_each_content_type(form: str, channel: str, expected: float) -> None:
    assert _choice([Channel(channel)], (Platform.WEB, ContentType(form))).form == expected


def test_channel_tables_have_every_platform_form_and_channel() -> None:
    assert {platform for platform, _, _ in _cells(_AFFINITIES)} == {platform.value for platform in Platform}
    assert {form for form, _, _ in _cells(_FORMS)} == {form.value for form in ContentType}
    assert {channel for _, channel, _ in _cells(_FORMS)} == {channel.value for channel in Channel}


def test_channel_weighs_the_platform_ten_and_the_form_six() -> None:
    """A reel seen on the web: LinkedIn 10 · 0.5 + 6 · 0.4 = 7.4, YouTube 10 · 0.2 + 6 · 0.7 = 6.2.

    A text seen on TikTok: LinkedIn 10 · 0.3 + 6 · 1 = 9, YouTube 10 · 0.6 + 6 · 0.4 = 8.4. With 8 and 8 the first would
    go to YouTube, with 14 and 3 the second.
    """
    both = [Channel.YOUTUBE, Channel.LINKEDIN]
    assert _choice(both, (Platform.WEB, ContentType.REEL)).primary == Channel.LINKEDIN
    assert _choice(both, (Platform.TIKTOK, ContentType.TEXT_POST)).primary == Channel.LINKEDIN


def test_channels_are_suggested_from_an_affinity_of_three_tenths_and_two_at_most() -> None:
    every = [Channel.TIKTOK, Channel.LINKEDIN, Channel.X, Channel.INSTAGRAM, Channel.YOUTUBE]
    assert _choice(every, (Platform.TIKTOK, ContentType.SHORT_VIDEO)).suggested == (Channel.INSTAGRAM, Channel.YOUTUBE)
    assert _choice([Channel.TIKTOK, Channel.LINKEDIN], (Platform.TIKTOK, ContentType.POST)).suggested == ("linkedin",)
    assert _choice([Channel.TIKTOK, Channel.X], (Platform.TIKTOK, ContentType.POST)).suggested == ()
