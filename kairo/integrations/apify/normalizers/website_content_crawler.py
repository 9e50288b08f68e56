"""apify/website-content-crawler: web pages. JSON-LD distinguishes articles from lists of articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from kairo.core.enums import ContentType, Platform
from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.record_errors import RejectedRecord
from kairo.integrations.apify.normalizers.raw_item import (
    Item,
    Record,
    count,
    nested,
    objects,
    reported_error,
    text,
    timestamp,
    unknown_shape,
)

ACTOR = "apify/website-content-crawler"

_ARTICLE_ENDINGS = ("Article", "Posting", "Report", "Review", "Recipe")
_COLLECTIONS = {"CollectionPage", "SearchResultsPage", "ItemList", "Blog", "ProfilePage", "ContactPage"}
_PUBLISHED = {"article:published_time", "og:published_time", "datepublished", "date", "dc.date"}
_MAX_NODES = 200


def recognises(item: Item) -> bool:
    return isinstance(item.get("url"), str) and (
        isinstance(item.get("crawl"), Mapping)
        or ("metadata" in item and any(name in item for name in ("text", "markdown", "html")))
    )


def record(item: Item) -> Record | RejectedRecord:
    url = _url(item)
    if not url:
        return reported_error(item) or unknown_shape("a page")
    status = count(nested(item, "crawl", "httpStatusCode"))
    if status is not None and status >= 400:
        reason = f"the page has HTTP status {status}" if status < 1000 else "the page could not be loaded"
        return RejectedRecord(RecordErrorCode.PAGE_ERROR, "crawl.httpStatusCode", reason)
    body = text(item.get("text"), item.get("markdown"))
    if not body and (error := reported_error(item)):
        return error
    if not body and "crawl" not in item and "metadata" not in item:
        return unknown_shape("a page")
    nodes = list(_nodes(nested(item, "metadata", "jsonLd")))
    is_collection = _is_collection(nodes, url=url)
    return {
        "platform": Platform.WEB.value,
        "content_type": ContentType.WEB_PAGE.value,
        "canonical_url": url,
        # The text of a list belongs to other pages, and its date to no article.
        "published_at": None if is_collection else _published_at(item, nodes),
        "author_ref": urlsplit(url).hostname or "",
        "title": text(nested(item, "metadata", "title")),
        "text_primary": "" if is_collection else text(body, nested(item, "metadata", "description")),
    }


def _url(item: Item) -> str:
    """Returns the page's own canonical URL where it is on the same site, else the URL that was loaded."""
    loaded = text(nested(item, "crawl", "loadedUrl"), item.get("url")).strip()
    own = text(nested(item, "metadata", "canonicalUrl")).strip()
    try:
        if not (host := urlsplit(loaded).hostname):
            return ""
    except ValueError:
        return ""
    try:
        joined = urljoin(loaded, own)
        return joined if _site(urlsplit(joined).hostname) == _site(host) else loaded
    except ValueError:
        return loaded


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def _nodes(json_ld: object) -> Iterator[Item]:
    """Yields the page's JSON-LD nodes, from a list, an object, or an object with a graph."""
    queue = list(objects(json_ld))
    for index, node in enumerate(queue):  # the loop body appends to the queue
        if index >= _MAX_NODES:
            return
        yield node
        queue.extend(objects(node.get("@graph")))
        queue.extend(objects(node.get("mainEntity")))


def _types(node: Item) -> set[str]:
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return {name.rpartition("/")[2] for name in names if isinstance(name, str)}


def _is_article(node: Item) -> bool:
    return any(name.endswith(_ARTICLE_ENDINGS) for name in _types(node))


def _is_collection(nodes: list[Item], *, url: str) -> bool:
    if any(_is_article(node) for node in nodes):
        return False
    return urlsplit(url).path in {"", "/"} or any(_types(node) & _COLLECTIONS for node in nodes)


def _published_at(item: Item, nodes: list[Item]) -> str | None:
    articles_first = sorted(nodes, key=lambda node: not _is_article(node))
    dates = [node.get(name) for node in articles_first for name in ("datePublished", "dateCreated", "uploadDate")]
    meta_dates = [
        tag.get("content")
        for tag in objects(nested(item, "metadata", "openGraph"))
        if text(tag.get("property"), tag.get("name")).lower() in _PUBLISHED
    ]
    return timestamp(
        *dates, *meta_dates, nested(item, "metadata", "publishedAt"), nested(item, "metadata", "datePublished")
    )
