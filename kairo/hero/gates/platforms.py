"""Which platforms speak for a channel: where posts must come from before ideas for it are made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kairo.core.enums import Channel, Platform
from kairo.core.platforms import PLATFORMS

PLATFORMS_BY_CHANNEL: dict[Channel, tuple[Platform, ...]] = {
    channel: tuple(platform for platform, spec in PLATFORMS.items() if channel in spec.channels) for channel in Channel
}


def required_platforms(channels: Iterable[Channel]) -> tuple[Platform, ...]:
    """The platforms of these channels, in the order of the channels. Empty where any platform will do."""
    return tuple(dict.fromkeys(platform for channel in channels for platform in PLATFORMS_BY_CHANNEL[Channel(channel)]))


def platform_names(platforms: Sequence[Platform]) -> str:
    """The platforms as a sentence lists alternatives: "LinkedIn, X or the web"."""
    if not platforms:
        return "any platform"
    names = [PLATFORMS[platform].prose_name for platform in platforms]
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
