from __future__ import annotations

import re

import pytest

from kairo.core.enums import Channel, ContentType, Platform
from kairo.core.platforms import PLATFORMS, PostUrl


def test_every_platform_has_a_row() -> None:
    assert list(PLATFORMS) == list(Platform)


def test_every_channel_has_a_platform_that_the_gates_can_require() -> None:
    assert {channel for spec in PLATFORMS.values() for channel in spec.channels} == set(Channel)


def test_aliases_name_one_platform_each_and_no_stored_value() -> None:
    aliases = [alias for spec in PLATFORMS.values() for alias in spec.aliases]
    assert len(aliases) == len(set(aliases))
    assert not set(aliases) & set(Platform.values)


def test_content_type_aliases_mean_one_type_each_and_no_stored_value() -> None:
    aliases = [alias for spec in PLATFORMS.values() for alias in spec.content_type_aliases]
    assert len(aliases) == len(set(aliases))
    assert not set(aliases) & set(ContentType.values)


@pytest.mark.parametrize("platform", Platform)
def test_channel_affinity_is_a_share_and_leaves_out_the_platforms_own_channel(platform: Platform) -> None:
    spec = PLATFORMS[platform]
    assert all(0 < affinity < 1 for affinity in spec.channel_affinity.values())
    assert platform.value not in {channel.value for channel in spec.channel_affinity}


@pytest.mark.parametrize("platform", [platform for platform in Platform if PLATFORMS[platform].hosts])
def test_hosts_match_the_canonical_host_and_no_other_platforms(platform: Platform) -> None:
    host = PLATFORMS[platform].canonical_host
    assert [other for other, spec in PLATFORMS.items() if spec.hosts and re.fullmatch(spec.hosts, host)] == [platform]


@pytest.mark.parametrize(
    ("platform", "url"), [(platform, url) for platform, spec in PLATFORMS.items() for url in spec.post_urls]
)
def test_post_url_address_takes_the_names_that_its_patterns_find(platform: Platform, url: PostUrl) -> None:
    found = set(re.compile(url.path).groupindex) | set(re.compile(url.parameter_value).groupindex)
    assert set(re.findall(r"{(\w+)}", url.address)) == found
    assert url.address.startswith(f"https://{PLATFORMS[platform].canonical_host}/")
