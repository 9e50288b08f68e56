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
    """Reads RSS and Atom feeds at no cost. An identifier is a feed's URL."""

    name = "feed"

    def offers(self) -> Collection[tuple[Platform, SourceKind]]:
        return [(Platform.WEB, SourceKind.FEED)]

    def normalize_identifier(self, *, platform: Platform, kind: SourceKind, value: str) -> str:
        """Returns the canonical URL. `feed:` or a missing scheme becomes https; http stays, as some feeds need it."""
        url = value.strip()
        if url.lower().startswith("feed:"):
            url = url[len("feed:") :].removeprefix("//")
        if "://" not in url:
            url = f"https://{url}"
        scheme = url.partition(":")[0].lower()
        canonical = canonical_url(url)
        if canonical is None or not _has_domain(canonical) or len(canonical) > MAX_URL_CHARACTERS:
            raise SourceError(
                IngestionErrorCode.INVALID_IDENTIFIER,
                "must be the address of a feed, such as https://blog.example/feed",
            )
        return canonical.replace("https", scheme, 1)

    def check(self, request: SourceRequest) -> None:
        next(self.fetch(request), None)

    def fetch(self, request: SourceRequest) -> Iterator[SourceItem]:
        """Yields the entries published since `request.since` in the feed's order, which is usually newest first."""
        response = fetch(request.identifier, allow_loopback=settings.FEEDS_ALLOW_LOOPBACK)
        items = read_feed(response.body, url=response.url, content_type=response.content_type, since=request.since)
        return islice(iter(items), request.max_items)


def _has_domain(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return "." in host or ":" in host
