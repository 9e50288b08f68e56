"""Parses an RSS or Atom feed into evidence records, without any network call."""

from __future__ import annotations

import hashlib
import io
import re
from calendar import timegm
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from time import struct_time
from urllib.parse import urlsplit

import feedparser  # type: ignore[import-untyped]  # it ships no types
from feedparser.encodings import convert_to_utf8  # type: ignore[import-untyped]  # as above

from kairo.core.enums import ContentType, Platform
from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.normalizing.canonical_url import canonical_url
from kairo.evidence.ports import SourceError, SourceItem
from kairo.integrations.feeds.plain_text import plain_text

MAX_ENTRIES = 500
MAX_TAGS = 60_000
MAX_WORD_BYTES = 2_000
MAX_ATTRIBUTES = 200  # of one tag
MAX_DEPTH = 2_000  # of open tags, unclosed ones included
_MAX_TEXT_CHARACTERS = 100_000
_WORD = re.compile(rb"[\w.+@-]+")
_TAG_PATTERN = rb"""<(?P<tag>/?+[^\s<>/?!"'](?:[^<>"']++|"[^"]*+"|'[^']*+'|["'])*+)>?+"""
_TAG = re.compile(_TAG_PATTERN)
# A comment ends as the parser's second attempt, for malformed XML, sees it.
_SKIPPED_OR_TAG = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|(?P<unclosed>\Z))|<!--.*?(?:--\s*+>|(?P<endless>\Z))|" + _TAG_PATTERN, re.DOTALL
)
_ATTRIBUTE = re.compile(rb"""[^\s"'=/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']++)?+)?+""")
_EMAIL_THEN_NAME = re.compile(r"\s*\S+@\S+\s*\((?P<name>[^()]+)\)\s*")
_NAME_THEN_EMAIL = re.compile(r"(?P<name>[^<>@]*[^<>@\s])\s*<\S+@\S+>\s*")
_YEARS = range(1990, 2200)  # other years come from unset clocks

Entry = dict[str, object]


def read_feed(body: bytes, *, url: str, content_type: str = "", since: datetime | None = None) -> list[SourceItem]:
    """Returns the feed's entries in its order, at most 500, without those published before `since`.

    `url` is where the feed was fetched from.

    Raises:
        SourceError: INVALID_ANSWER: the body is not a feed.
    """
    headers = {"content-type": content_type, "content-location": url}
    try:
        # The parser takes 50 µs or more per tag: six minutes for a million tags.
        text = convert_to_utf8(headers, body, {})
        if _count_tags(text) > MAX_TAGS:
            raise SourceError(IngestionErrorCode.INVALID_ANSWER, f"the feed has more than {MAX_TAGS:,} tags")
        # The parser's search for e-mail addresses takes quadratic time in the length of a word.
        if max(map(len, _WORD.findall(text)), default=0) > MAX_WORD_BYTES:
            raise SourceError(
                IngestionErrorCode.INVALID_ANSWER, f"the feed has a word of more than {MAX_WORD_BYTES:,} bytes"
            )
        _check_tags(text)
        # A stream, never a str: feedparser would open a str as a file name or URL.
        feed = feedparser.parse(
            io.BytesIO(body), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
        if not feed.get("version") and not feed.get("entries"):
            raise SourceError(IngestionErrorCode.INVALID_ANSWER, "the response is neither RSS nor Atom")
        entries = [entry for entry in feed.get("entries", []) if isinstance(entry, dict)][:MAX_ENTRIES]
        return list(_items(entries, feed_url=url, since=since))
    except SourceError:
        raise
    except Exception as error:  # the parsers of XML and HTML raise exceptions of many types on malformed input
        raise SourceError(
            IngestionErrorCode.INVALID_ANSWER, f"the feed cannot be parsed: {type(error).__name__}"
        ) from error


def _count_tags(body: bytes) -> int:
    """Returns an upper bound of the number of tags outside CDATA sections."""
    count = position = 0
    while (start := body.find(b"<![CDATA[", position)) >= 0 and (end := body.find(b"]]>", start)) >= 0:
        count += body.count(b"<", position, start)
        position = end
    return count + body.count(b"<", position)


def _check_tags(body: bytes) -> None:
    """Checks each tag's attributes and the depth of tags in linear time.

    The parser takes quadratic time in the attributes of one tag: 20 s for 40,000.

    Raises:
        SourceError: INVALID_ANSWER: there are too many.
    """
    depth = 0
    for tag in _tags_in(body):
        if tag.startswith(b"/"):
            depth = max(depth - 1, 0)
            continue
        if not tag.endswith(b"/"):
            depth += 1
        if depth > MAX_DEPTH:
            raise SourceError(IngestionErrorCode.INVALID_ANSWER, f"the feed nests more than {MAX_DEPTH:,} tags")
        # In malformed XML the parser may end a tag at a `<` inside quotes, and begin another there.
        for piece in tag.split(b"<"):
            # The first match is the tag's name.
            if len(piece) > MAX_ATTRIBUTES and sum(1 for _ in _ATTRIBUTE.finditer(piece)) > MAX_ATTRIBUTES + 1:
                raise SourceError(
                    IngestionErrorCode.INVALID_ANSWER, f"the feed has a tag of more than {MAX_ATTRIBUTES} attributes"
                )


def _tags_in(body: bytes) -> Iterator[bytes]:
    """Yields the tags outside comments and CDATA sections; after an unclosed one, all tags, as the parser may."""
    for found in _SKIPPED_OR_TAG.finditer(body):
        if found["unclosed"] is not None or found["endless"] is not None:
            yield from (inner["tag"] for inner in _TAG.finditer(body, found.start() + 1))
        elif found["tag"] is not None:
            yield found["tag"]


def _items(entries: list[Entry], *, feed_url: str, since: datetime | None) -> Iterator[SourceItem]:
    links = Counter(_text(entry, "link") for entry in entries)
    for entry in entries:
        published = _published_at(entry)
        if since is not None and published is not None and published < since:
            continue
        # A link that several entries share, such as a podcast's home page, identifies none of them.
        is_link_unique = links[_text(entry, "link")] == 1
        record = _record(entry, feed_url=feed_url, is_link_unique=is_link_unique, published=published)
        yield SourceItem(content=record, raw=_raw(entry))


def _record(entry: Entry, *, feed_url: str, is_link_unique: bool, published: datetime | None) -> dict[str, object]:
    link = _text(entry, "link")
    is_identified_by_link = is_link_unique and canonical_url(link) is not None
    return {
        "platform": Platform.WEB.value,
        "content_type": ContentType.WEB_PAGE.value,
        # Without an external id, the item is the same one that a crawler of the site stores.
        "external_id": "" if is_identified_by_link else _external_id(entry, feed_url=feed_url),
        "canonical_url": link,
        "published_at": published.isoformat() if published else None,
        "author_ref": _author(entry) or _host(link) or _host(feed_url),
        "title": plain_text(_text(entry, "title")),
        "text_primary": _longest_text(entry),
        "hashtags": _tags(entry),
        "source": f"feed:{feed_url}"[:300],
    }


def _text(entry: Entry, name: str) -> str:
    value = entry.get(name)
    return value[:_MAX_TEXT_CHARACTERS] if isinstance(value, str) else ""


def _external_id(entry: Entry, *, feed_url: str) -> str:
    """Returns an id that is unique across feeds: an entry's own id may be as short as "17"."""
    key = _text(entry, "id") or f"{_text(entry, 'title')} {_text(entry, 'published')}"
    return "feed-" + hashlib.sha256(f"{feed_url} {key}".encode(errors="replace")).hexdigest()[:32]


def _published_at(entry: Entry) -> datetime | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        parts = dict.get(entry, name)  # feedparser's own get() falls back to another date
        if isinstance(parts, struct_time) and parts.tm_year in _YEARS:
            return datetime.fromtimestamp(timegm(parts), UTC)
    return None


def _author(entry: Entry) -> str:
    """Returns the author's name without an e-mail address: "Jane" for "jane@a.example (Jane)"."""
    author = _text(entry, "author")
    if match := _EMAIL_THEN_NAME.fullmatch(author) or _NAME_THEN_EMAIL.fullmatch(author):
        return plain_text(match["name"])
    details = entry.get("author_detail")
    name = details.get("name") if isinstance(details, dict) else None
    author = name if isinstance(name, str) and name.strip() else author
    return "" if "@" in author else plain_text(author)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _longest_text(entry: Entry) -> str:
    """Returns the longest of the entry's texts: many feeds have the full text and a summary."""
    contents = entry.get("content")
    parts = [part for part in contents if isinstance(part, dict)] if isinstance(contents, list) else []
    details = entry.get("summary_detail")
    parts += [details] if isinstance(details, dict) else []
    texts = [_plain(_text(part, "value"), kind=_text(part, "type")) for part in parts]
    return max(texts, key=len, default="") or plain_text(_text(entry, "summary"))


def _plain(value: str, *, kind: str) -> str:
    return value if kind == "text/plain" and "</" not in value else plain_text(value)


def _tags(entry: Entry) -> list[str]:
    tags = entry.get("tags")
    terms = (
        [tag.get("label") or tag.get("term") for tag in tags if isinstance(tag, dict)] if isinstance(tags, list) else []
    )
    return ["".join(term.split()) for term in terms if isinstance(term, str) and len(term) <= 100][:50]


def _raw(entry: Entry) -> dict[str, object]:
    """Returns the parsed entry without duplicate dates and without author fields, which contain e-mail addresses."""
    return {
        name: value for name, value in entry.items() if not name.endswith("_parsed") and not name.startswith("author")
    }
