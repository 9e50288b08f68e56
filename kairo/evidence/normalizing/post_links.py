"""Recognises the URLs of posts by the patterns in `kairo.core.platforms`, without any network call."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kairo.core.platforms import PLATFORMS, PostUrl

_POST_URLS = tuple(
    (post_url.hosts or platform.hosts, post_url) for platform in PLATFORMS.values() for post_url in platform.post_urls
)
_HOSTS = tuple((platform.hosts, platform.canonical_host) for platform in PLATFORMS.values() if platform.hosts)


def post_link(*, host: str, path: str, pairs: Sequence[str]) -> str | None:
    """Returns the post's canonical URL, or None where no pattern matches.

    `host` and `path` must be canonical already. `pairs` are the query parameters, each as `name=value`.
    """
    for hosts, post_url in _POST_URLS:
        if re.fullmatch(hosts, host) and (address := _address(post_url, path=path, pairs=pairs)):
            return address
    return None


def known_host(host: str) -> str:
    """Returns the platform's canonical host for its other spellings (mobile, short), and any other host unchanged."""
    return next((canonical for hosts, canonical in _HOSTS if re.fullmatch(hosts, host)), host)


def _address(post_url: PostUrl, *, path: str, pairs: Sequence[str]) -> str | None:
    match = re.fullmatch(post_url.path, path, re.ASCII)
    if match and post_url.parameter:
        values = [value for name, _, value in (pair.partition("=") for pair in pairs) if name == post_url.parameter]
        match = re.fullmatch(post_url.parameter_value, values[0], re.ASCII) if values else None
    return post_url.address.format(**match.groupdict()) if match else None
