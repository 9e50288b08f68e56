"""apify/website-content-crawler: pages, told apart by what they say of themselves in JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from kairo.core.enums import ContentType, Platform
from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.record_errors import RejectedRecord
from kairo.integrations.apify.normalizers.raw_item import (
    Item,
    Record,
    at,
    count,
    moment,
    objects,
    reported_error,
    text,
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
    address = _address(item)
    if not address:
        return reported_error(item) or unknown_shape("a page")
    status = count(at(item, "crawl", "httpStatusCode"))
    if status is not None and status >= 400:
        reason = (
            f"the page answered with the HTTP status {status}" if status < 1000 else "the page answered with an error"
        )
        return RejectedRecord(RecordErrorCode.PAGE_ERROR, "crawl.httpStatusCode", reason)
    body = text(item.get("text"), item.get("markdown"))
    if not body and (fault := reported_error(item)):
        return fault
    if not body and "crawl" not in item and "metadata" not in item:
        return unknown_shape("a page")
    nodes = list(_nodes(at(item, "metadata", "jsonLd")))
    is_collection = _is_collection(nodes, address=address)
    return {
        "platform": Platform.WEB.value,
        "content_type": ContentType.WEB_PAGE.value,
        "canonical_url": address,
        # A list of posts is no post: what it says is other pages' words, and its date is that of no post.
        "published_at": None if is_collection else _published_at(item, nodes),
        "author_ref": urlsplit(address).hostname or "",
        "title": text(at(item, "metadata", "title")),
        "text_primary": "" if is_collection else text(body, at(item, "metadata", "description")),
    }


def _address(item: Item) -> str:
    """The address that the page gives itself, where it is one of the same site; else where it was found."""
    found = text(at(item, "crawl", "loadedUrl"), item.get("url")).strip()
    own = text(at(item, "metadata", "canonicalUrl")).strip()
    try:
        if not (host := urlsplit(found).hostname):
            return ""
    except ValueError:
        return ""
    try:
        joined = urljoin(found, own)
        return joined if _site(urlsplit(joined).hostname) == _site(host) else found
    except ValueError:
        return found


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def _nodes(json_ld: object) -> Iterator[Item]:
    """The things that the page describes: JSON-LD is a list, an object, an object with a graph, or null."""
    waiting = list(objects(json_ld))
    for seen, node in enumerate(waiting):  # grows as graphs are found
        if seen >= _MAX_NODES:
            return
        yield node
        waiting.extend(objects(node.get("@graph")))
        waiting.extend(objects(node.get("mainEntity")))


def _types(node: Item) -> set[str]:
    given = node.get("@type")
    names = given if isinstance(given, list) else [given]
    return {name.rpartition("/")[2] for name in names if isinstance(name, str)}


def _is_article(node: Item) -> bool:
    return any(name.endswith(_ARTICLE_ENDINGS) for name in _types(node))


def _is_collection(nodes: list[Item], *, address: str) -> bool:
    if any(_is_article(node) for node in nodes):
        return False
    return urlsplit(address).path in {"", "/"} or any(_types(node) & _COLLECTIONS for node in nodes)


def _published_at(item: Item, nodes: list[Item]) -> str | None:
    articles_first = sorted(nodes, key=lambda node: not _is_article(node))
    said = [node.get(name) for node in articles_first for name in ("datePublished", "dateCreated", "uploadDate")]
    tags = [
        tag.get("content")
        for tag in objects(at(item, "metadata", "openGraph"))
        if text(tag.get("property"), tag.get("name")).lower() in _PUBLISHED
    ]
    return moment(*said, *tags, at(item, "metadata", "publishedAt"), at(item, "metadata", "datePublished"))
