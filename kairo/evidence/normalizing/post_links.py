"""The links under which a platform shows one post, known by their pattern alone: nothing is looked up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_YOUTUBE_ID = r"(?P<id>(?!videoseries|live_stream)[\w-]{11})"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Hosts, a path, the parameter that must hold the post's id where the path does not, and the post's address."""

    hosts: str
    path: str
    address: str
    parameter: str = ""

    def match(self, *, host: str, path: str, pairs: Sequence[str]) -> str | None:
        if not re.fullmatch(self.hosts, host) or not (found := re.fullmatch(self.path, path, re.ASCII)):
            return None
        if not self.parameter:
            return self.address.format(**found.groupdict())
        values = [pair.partition("=")[2] for pair in pairs if pair.partition("=")[0] == self.parameter]
        named = re.fullmatch(_YOUTUBE_ID, values[0], re.ASCII) if values else None
        return self.address.format(id=named["id"]) if named else None


_YOUTUBE = r"((www|m|music|gaming)\.)?(youtube|youtube-nocookie)\.com"
_INSTAGRAM = r"((www|m)\.)?(instagram\.com|instagr\.am)"
_TIKTOK = r"((www|m)\.)?tiktok\.com"
_LINKEDIN = r"((www|m|[a-z]{2})\.)?linkedin\.com"
_X = r"((www|m|mobile)\.)?(x|twitter)\.com"

_PATTERNS = (
    _Pattern(r"(www\.)?youtu\.be", rf"/{_YOUTUBE_ID}/?", "https://www.youtube.com/watch?v={id}"),
    _Pattern(_YOUTUBE, r"/watch/?", "https://www.youtube.com/watch?v={id}", parameter="v"),
    _Pattern(_YOUTUBE, rf"/(shorts|embed|live|v|e)/{_YOUTUBE_ID}/?", "https://www.youtube.com/watch?v={id}"),
    _Pattern(_INSTAGRAM, r"/([\w.]+/)?(?P<kind>p|tv)/(?P<id>[\w-]+)(/.*)?", "https://www.instagram.com/{kind}/{id}/"),
    _Pattern(
        _INSTAGRAM, r"/([\w.]+/)?reels?/(?!audio/|videos/)(?P<id>[\w-]+)(/.*)?", "https://www.instagram.com/reel/{id}/"
    ),
    _Pattern(
        _TIKTOK,
        r"/@(?P<who>[\w.-]*)/(?P<kind>video|photo)/(?P<id>\d+)/?",
        "https://www.tiktok.com/@{who}/{kind}/{id}",
    ),
    _Pattern(
        _LINKEDIN,
        r"/(feed/update|embed/feed/update)/urn(:|%3A)li(:|%3A)(?P<kind>activity|share|ugcPost)(:|%3A)(?P<id>\d+)/?",
        "https://www.linkedin.com/feed/update/urn:li:{kind}:{id}",
    ),
    _Pattern(
        _LINKEDIN,
        r"/posts/.*[-_](?P<kind>activity|share|ugcPost)-(?P<id>\d{10,})(-[\w-]*)?/?",
        "https://www.linkedin.com/feed/update/urn:li:{kind}:{id}",
    ),
    _Pattern(_X, r"/i/(web/)?status/(?P<id>\d+)(/.*)?", "https://x.com/i/status/{id}"),
    _Pattern(_X, r"/(?P<who>\w+)/status(es)?/(?P<id>\d+)(/.*)?", "https://x.com/{who}/status/{id}"),
)

# What else a platform shows lies on its one host.
_HOSTS = (
    (_YOUTUBE, "www.youtube.com"),
    (_INSTAGRAM, "www.instagram.com"),
    (_TIKTOK, "www.tiktok.com"),
    (_LINKEDIN, "www.linkedin.com"),
    (_X, "x.com"),
)


def post_link(*, host: str, path: str, pairs: Sequence[str]) -> str | None:
    """The post's one address, or None where the pattern says of no post. Host and path are canonical already."""
    for pattern in _PATTERNS:
        if address := pattern.match(host=host, path=path, pairs=pairs):
            return address
    return None


def known_host(host: str) -> str:
    """The host on which the platform shows everything, for its mobile and other spellings; any other host as it is."""
    return next((one for spellings, one in _HOSTS if re.fullmatch(spellings, host)), host)
