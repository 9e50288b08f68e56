"""From the bytes of a feed to records of the documented schema. Nothing is fetched, rendered or run."""

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
_MAX_TEXT_CHARACTERS = 100_000
_WORD = re.compile(rb"[\w.+@-]+")
_MAIL_THEN_NAME = re.compile(r"\s*\S+@\S+\s*\((?P<name>[^()]+)\)\s*")
_NAME_THEN_MAIL = re.compile(r"(?P<name>[^<>@]*[^<>@\s])\s*<\S+@\S+>\s*")
_YEARS = range(1990, 2200)  # others are a machine without a clock

Entry = dict[str, object]


def read_feed(body: bytes, *, address: str, content_type: str = "", since: datetime | None = None) -> list[SourceItem]:
    """The entries of an RSS or Atom feed that was found at `address`, in its order, at most 500 of them.

    An entry that says it was published before `since` is left out.

    Raises:
        SourceError: INVALID_ANSWER: it is no feed.
    """
    # Never a str: that could be taken for the name of a file or an address to open.
    headers = {"content-type": content_type, "content-location": address}
    try:
        # Each tag costs the parser 50 µs and more; a million of them, six minutes.
        text = convert_to_utf8(headers, body, {})
        if _tags_in(text) > MAX_TAGS:
            raise SourceError(IngestionErrorCode.INVALID_ANSWER, f"it has more than {MAX_TAGS:,} tags")
        # It looks for an address for mail from each letter of a word.
        if max(map(len, _WORD.findall(text)), default=0) > MAX_WORD_BYTES:
            raise SourceError(IngestionErrorCode.INVALID_ANSWER, f"it has a word of more than {MAX_WORD_BYTES:,} bytes")
        feed = feedparser.parse(
            io.BytesIO(body), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except SourceError:
        raise
    except Exception as error:  # a parser of strangers' text: whatever goes wrong in there is about the text
        raise SourceError(IngestionErrorCode.INVALID_ANSWER, f"it cannot be read: {type(error).__name__}") from error
    if not feed.get("version") and not feed.get("entries"):
        raise SourceError(IngestionErrorCode.INVALID_ANSWER, "it is neither RSS nor Atom")
    entries = [entry for entry in feed.get("entries", []) if isinstance(entry, dict)][:MAX_ENTRIES]
    return list(_items(entries, address=address, since=since))


def _tags_in(body: bytes) -> int:
    """How many tags there may be, not counting what is written in CDATA."""
    count = at = 0
    while (start := body.find(b"<![CDATA[", at)) >= 0 and (end := body.find(b"]]>", start)) >= 0:
        count += body.count(b"<", at, start)
        at = end
    return count + body.count(b"<", at)


def _items(entries: list[Entry], *, address: str, since: datetime | None) -> Iterator[SourceItem]:
    links = Counter(_text(entry, "link") for entry in entries)
    for entry in entries:
        published = _published_at(entry)
        if since is not None and published is not None and published < since:
            continue
        # An address that several entries share, as a podcast's home page, names none of them.
        is_own = links[_text(entry, "link")] == 1
        yield SourceItem(content=_record(entry, address=address, is_own=is_own, published=published), raw=_raw(entry))


def _record(entry: Entry, *, address: str, is_own: bool, published: datetime | None) -> dict[str, object]:
    link = _text(entry, "link")
    named_by_link = is_own and canonical_url(link) is not None
    return {
        "platform": Platform.WEB.value,
        "content_type": ContentType.WEB_PAGE.value,
        # Where its address names it, it is the same page that a crawler of the site finds.
        "external_id": "" if named_by_link else _external_id(entry, address=address),
        "canonical_url": link,
        "published_at": published.isoformat() if published else None,
        "author_ref": _author(entry) or _host(link) or _host(address),
        "title": plain_text(_text(entry, "title")),
        "text_primary": _words(entry),
        "hashtags": _tags(entry),
        "source": f"feed:{address}"[:300],
    }


def _text(entry: Entry, name: str) -> str:
    value = entry.get(name)
    return value[:_MAX_TEXT_CHARACTERS] if isinstance(value, str) else ""


def _external_id(entry: Entry, *, address: str) -> str:
    """Ids such as "17" are an entry's own only in its feed."""
    known_by = _text(entry, "id") or f"{_text(entry, 'title')} {_text(entry, 'published')}"
    return "feed-" + hashlib.sha256(f"{address} {known_by}".encode(errors="replace")).hexdigest()[:32]


def _published_at(entry: Entry) -> datetime | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        parts = dict.get(entry, name)  # not the parser's own, which gives one date for another
        if isinstance(parts, struct_time) and parts.tm_year in _YEARS:
            return datetime.fromtimestamp(timegm(parts), UTC)
    return None


def _author(entry: Entry) -> str:
    """A name. An address for mail is nobody's public name: of "jane@a.example (Jane)" only Jane is."""
    given = _text(entry, "author")
    if found := _MAIL_THEN_NAME.fullmatch(given) or _NAME_THEN_MAIL.fullmatch(given):
        return plain_text(found["name"])
    details = entry.get("author_detail")
    name = details.get("name") if isinstance(details, dict) else None
    given = name if isinstance(name, str) and name.strip() else given
    return "" if "@" in given else plain_text(given)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _words(entry: Entry) -> str:
    """The longest that the entry says of itself: many give a whole text and a summary."""
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
    """As it was parsed, without what says the same again or holds addresses for mail."""
    return {
        name: value for name, value in entry.items() if not name.endswith("_parsed") and not name.startswith("author")
    }
