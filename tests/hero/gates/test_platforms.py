from __future__ import annotations

from kairo.core.enums import Channel, Platform
from kairo.hero.gates.platforms import PLATFORMS_BY_CHANNEL, platform_names


def test_platforms_exist_for_every_channel() -> None:
    assert list(PLATFORMS_BY_CHANNEL) == list(Channel)
    assert PLATFORMS_BY_CHANNEL[Channel.NEWSLETTER] == (Platform.WEB,)


def test_platform_names_read_as_alternatives() -> None:
    assert platform_names((Platform.LINKEDIN,)) == "LinkedIn"
    assert platform_names((Platform.LINKEDIN, Platform.X)) == "LinkedIn or X"
    assert platform_names((Platform.TIKTOK, Platform.YOUTUBE, Platform.WEB)) == "TikTok, YouTube or the web"
