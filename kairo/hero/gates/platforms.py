"""The platforms whose posts count as evidence for a channel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kairo.core.enums import Channel, Platform
from kairo.core.platforms import PLATFORMS

PLATFORMS_BY_CHANNEL: dict[Channel, tuple[Platform, ...]] = {
    channel: tuple(platform for platform, spec in PLATFORMS.items() if channel in spec.channels) for channel in Channel
}


def required_platforms(channels: Iterable[Channel]) -> tuple[Platform, ...]:
    """The platforms of these channels, in the order of the channels; empty if any platform is accepted."""
    return tuple(dict.fromkeys(platform for channel in channels for platform in PLATFORMS_BY_CHANNEL[Channel(channel)]))


def platform_names(platforms: Sequence[Platform]) -> str:
    """The platforms as alternatives in a sentence: "LinkedIn, X or the web"."""
    if not platforms:
        return "any platform"
    names = [PLATFORMS[platform].prose_name for platform in platforms]
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
