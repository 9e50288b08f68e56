from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from urllib.parse import urlsplit

from django.conf import settings

from kairo.core.enums import Platform
from kairo.evidence.enums import IngestionErrorCode, SourceKind
from kairo.evidence.normalizing.canonical_url import canonical_url
from kairo.evidence.ports import SourceError, SourceItem, SourceRequest
from kairo.integrations.feeds.entries import read_feed
from kairo.integrations.feeds.fetching import fetch

MAX_URL_CHARACTERS = 500


class FeedSource:
    """Reads RSS and Atom feeds, at once and for free. An identifier is the address of a feed."""

    name = "feed"

    def offers(self) -> Collection[tuple[Platform, SourceKind]]:
        return [(Platform.WEB, SourceKind.FEED)]

    def identifier(self, *, platform: Platform, kind: SourceKind, given: str) -> str:
        """The address in one spelling. `feed:` and no scheme mean https; http stays, for there are such feeds."""
        address = given.strip()
        if address.lower().startswith("feed:"):
            address = address[len("feed:") :].removeprefix("//")
        if "://" not in address:
            address = f"https://{address}"
        scheme = address.partition(":")[0].lower()
        secure = canonical_url(address)
        if secure is None or not _has_domain(secure) or len(secure) > MAX_URL_CHARACTERS:
            raise SourceError(
                IngestionErrorCode.INVALID_IDENTIFIER,
                "must be the address of a feed, such as https://blog.example/feed",
            )
        return secure.replace("https", scheme, 1)

    def check(self, request: SourceRequest) -> None:
        next(self.fetch(request), None)

    def fetch(self, request: SourceRequest) -> Iterator[SourceItem]:
        """The entries in the feed's order, which is newest first in nearly all; those before `since` are left out."""
        answer = fetch(request.identifier, allow_loopback=settings.FEEDS_ALLOW_LOOPBACK)
        items = read_feed(answer.body, address=answer.address, content_type=answer.content_type, since=request.since)
        return islice(iter(items), request.max_items)


def _has_domain(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return "." in host or ":" in host
