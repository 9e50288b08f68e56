"""Chooses the brand's channel for an opportunity by platform and format of its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kairo.core.enums import Channel, ContentType, Platform
from kairo.core.platforms import PLATFORMS
from kairo.hero.dto import BrandSnapshotDTO
from kairo.hero.engine.tokenized_posts import TokenizedPost

SUGGESTED = 2
_MIN_SUGGESTED_AFFINITY = 0.3

_ELSEWHERE = 0.2  # the affinity of a platform that states none for a channel

_FORMS: dict[Channel, dict[ContentType, float]] = {
    Channel.INSTAGRAM: {ContentType.REEL: 1, ContentType.POST: 1, ContentType.SHORT_VIDEO: 0.9, ContentType.VIDEO: 0.5},
    Channel.TIKTOK: {ContentType.SHORT_VIDEO: 1, ContentType.REEL: 0.9, ContentType.VIDEO: 0.5},
    Channel.YOUTUBE: {ContentType.VIDEO: 1, ContentType.SHORT_VIDEO: 0.8, ContentType.REEL: 0.7},
    Channel.LINKEDIN: {
        ContentType.TEXT_POST: 1,
        ContentType.POST: 0.7,
        ContentType.VIDEO: 0.6,
        ContentType.WEB_PAGE: 0.6,
    },
    Channel.X: {ContentType.TEXT_POST: 1, ContentType.POST: 0.7, ContentType.SHORT_VIDEO: 0.5},
    Channel.NEWSLETTER: {ContentType.WEB_PAGE: 1, ContentType.TEXT_POST: 0.8, ContentType.VIDEO: 0.4},
}
_OTHER_FORM = 0.4


@dataclass(frozen=True, slots=True)
class ChannelChoice:
    """The channel to publish on first, others that suit, and how well evidence and form carry over, 0 to 1."""

    primary: Channel
    suggested: tuple[Channel, ...]
    affinity: float
    form: float
    seen_on: Platform


def choose_channels(brand: BrandSnapshotDTO, members: Sequence[TokenizedPost]) -> ChannelChoice:
    """The brand's channel that the evidence carries over to best; equal ones by the brand's own order.

    A brand that lists no channels may use any.
    """
    allowed = brand.channels or tuple(Channel)
    seen = _Seen.of(members)
    affinities = {channel: seen.affinity(channel) for channel in allowed}
    fits = {channel: 10 * affinities[channel] + 6 * seen.form(channel) for channel in allowed}
    primary, *others = sorted(allowed, key=lambda channel: (-round(fits[channel], 9), allowed.index(channel)))
    suggested = [one for one in others if affinities[one] >= _MIN_SUGGESTED_AFFINITY]
    return seen.choice(primary, tuple(suggested[:SUGGESTED]))


def channel_choice(primary: Channel, suggested: tuple[Channel, ...], members: Sequence[TokenizedPost]) -> ChannelChoice:
    """How well the posts carry over to a chosen channel."""
    return _Seen.of(members).choice(primary, suggested)


class _Seen(NamedTuple):
    """Where and in what form posts were seen."""

    platforms: Sequence[Platform]
    forms: Sequence[ContentType]

    @classmethod
    def of(cls, members: Sequence[TokenizedPost]) -> _Seen:
        items = [member.item for member in members]
        return cls([Platform(item.platform) for item in items], [ContentType(item.content_type) for item in items])

    def choice(self, primary: Channel, suggested: tuple[Channel, ...]) -> ChannelChoice:
        return ChannelChoice(
            primary=primary,
            suggested=suggested,
            affinity=self.affinity(primary),
            form=self.form(primary),
            seen_on=max(sorted(set(self.platforms)), key=self.platforms.count),
        )

    def affinity(self, channel: Channel) -> float:
        carried = {platform: _carries(platform, channel) for platform in set(self.platforms)}
        return sum([carried[platform] for platform in self.platforms]) / len(self.platforms)

    def form(self, channel: Channel) -> float:
        forms = _FORMS[channel]
        return sum([forms.get(form, _OTHER_FORM) for form in self.forms]) / len(self.forms)


def _carries(platform: Platform, channel: Channel) -> float:
    return 1.0 if platform.value == channel.value else PLATFORMS[platform].channel_affinity.get(channel, _ELSEWHERE)
