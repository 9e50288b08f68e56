"""Reading an item that anything may be in: what is not as it should be is not there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import regex

from kairo.core.text import clean_line, cut
from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.normalizing.dates import parse_datetime
from kairo.evidence.record_errors import RejectedRecord

Item = Mapping[str, object]
Record = dict[str, object]

_EARLIEST, _LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_HASHTAG = regex.compile(r"(?<![\p{L}\p{M}\p{N}_&/])[#\uff03]([\p{L}\p{M}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*)")
_DIGITS = regex.compile(r"\d{1,3}(,\d{3})+|\d{1,19}", regex.ASCII)
_MAX_TAGS = 200


def at(item: object, *path: str) -> object:
    """What lies there, through objects or under the names joined by dots, as in flat exports; None for nothing."""
    if not isinstance(item, Mapping):
        return None
    found = item.get(".".join(path))
    if found is not None or len(path) == 1:
        return found
    return at(item.get(path[0]), *path[1:])


def text(*values: object) -> str:
    """The first that is text with something in it, else nothing."""
    return next((value for value in values if isinstance(value, str) and value.strip()), "")


def reference(*values: object) -> str:
    """The first that can be an id: a word, or a whole number as actors of some versions give it."""
    for value in values:
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**30:
            return str(value)
    return ""


def count(*values: object) -> int | None:
    """The first that is a count. Less than nothing, as -1 for hidden, is unknown."""
    return next((number for number in map(_whole, values) if number is not None and number >= 0), None)


def _whole(value: object) -> int | None:
    if isinstance(value, str) and _DIGITS.fullmatch(value.strip()):
        return int(value.replace(",", ""))
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def moment(*values: object) -> str | None:
    """The first that is a moment, in ISO 8601: seconds or milliseconds since 1970, or ISO 8601, UTC without a zone.

    "3d" and the like name none.
    """
    for value in values:
        found = _moment(value)
        if found is not None and _EARLIEST <= found <= _LATEST:
            return found.isoformat().replace("+00:00", "Z")
    return None


def _moment(value: object) -> datetime | None:
    seconds = None if isinstance(value, str) and not value.strip().isdigit() else count(value)
    try:
        if seconds is not None:
            return datetime.fromtimestamp(seconds / 1000 if seconds > 10**11 else seconds, UTC)
        return parse_datetime(value)[0] if isinstance(value, str) else None
    except (ValueError, OverflowError, OSError):
        return None


def hashtags(listed: object, *texts: str) -> list[str]:
    """Tags as the actor lists them, by name or as objects with a name; where it lists none, those in the texts."""
    entries = listed if isinstance(listed, list) else []
    names = [at(entry, "name") if isinstance(entry, Mapping) else entry for entry in entries]
    found = [name for name in names if isinstance(name, str) and name.strip(" #")]
    return (found or [tag for each in texts for tag in _HASHTAG.findall(each)])[:_MAX_TAGS]


def objects(value: object) -> Iterator[Item]:
    """The objects in a list, or the one object that stands where a list could."""
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, Mapping):
            yield entry


def reported_error(item: Item) -> RejectedRecord | None:
    """What an actor says in place of a post: a profile that is private, a post that is gone."""
    said = next((item[name] for name in ("error", "#error", "errorCode") if item.get(name)), None)
    if said is None:
        return None
    words = [text(said), text(item.get("errorDescription"), item.get("errorMessage"), item.get("message"))]
    told = cut(clean_line(": ".join(word for word in words if word)), most=150)
    return RejectedRecord(RecordErrorCode.SCRAPER_ERROR, "error", f"its scraper reports: {told or 'an error'}")


def unknown_shape(what: str) -> RejectedRecord:
    return RejectedRecord(RecordErrorCode.UNKNOWN_SHAPE, "", f"is not what its scraper gives for {what}")
