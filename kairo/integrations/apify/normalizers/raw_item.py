"""Reads values of an actor's item, which may have any shape. A value of the wrong type counts as missing."""

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


def nested(item: object, *path: str) -> object:
    """Returns the value at a path of nested objects, or under the dotted name that flat exports use; else None."""
    if not isinstance(item, Mapping):
        return None
    value = item.get(".".join(path))
    if value is not None or len(path) == 1:
        return value
    return nested(item.get(path[0]), *path[1:])


def text(*values: object) -> str:
    """Returns the first value that is non-blank text, else ""."""
    return next((value for value in values if isinstance(value, str) and value.strip()), "")


def reference(*values: object) -> str:
    """Returns the first value that can be an id, as text: some versions of actors return ids as numbers."""
    for value in values:
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**30:
            return str(value)
    return ""


def count(*values: object) -> int | None:
    """Returns the first value that is a count. Negative ones, such as -1 for a hidden count, are unknown."""
    return next((number for number in map(_integer, values) if number is not None and number >= 0), None)


def _integer(value: object) -> int | None:
    if isinstance(value, str) and _DIGITS.fullmatch(value.strip()):
        return int(value.replace(",", ""))
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def timestamp(*values: object) -> str | None:
    """Returns the first value that is a date and time, as ISO 8601.

    Accepts Unix times in seconds or milliseconds, and ISO 8601 (UTC where it has no zone); not "3d" and the like.
    """
    for value in values:
        parsed = _datetime(value)
        if parsed is not None and _EARLIEST <= parsed <= _LATEST:
            return parsed.isoformat().replace("+00:00", "Z")
    return None


def _datetime(value: object) -> datetime | None:
    seconds = None if isinstance(value, str) and not value.strip().isdigit() else count(value)
    try:
        if seconds is not None:
            return datetime.fromtimestamp(seconds / 1000 if seconds > 10**11 else seconds, UTC)
        return parse_datetime(value)[0] if isinstance(value, str) else None
    except (ValueError, OverflowError, OSError):
        return None


def hashtags(listed: object, *texts: str) -> list[str]:
    """Returns the listed tags (names, or objects with a name), or where none are listed, those in the texts."""
    entries = listed if isinstance(listed, list) else []
    names = [nested(entry, "name") if isinstance(entry, Mapping) else entry for entry in entries]
    tags = [name for name in names if isinstance(name, str) and name.strip(" #")]
    return (tags or [tag for each in texts for tag in _HASHTAG.findall(each)])[:_MAX_TAGS]


def objects(value: object) -> Iterator[Item]:
    """Yields the objects of a list, or the value itself where it is an object."""
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, Mapping):
            yield entry


def reported_error(item: Item) -> RejectedRecord | None:
    """Returns the error that an actor reports in place of a post, such as a private profile, or None."""
    error = next((item[name] for name in ("error", "#error", "errorCode") if item.get(name)), None)
    if error is None:
        return None
    parts = [text(error), text(item.get("errorDescription"), item.get("errorMessage"), item.get("message"))]
    message = cut(clean_line(": ".join(part for part in parts if part)), max_length=150)
    return RejectedRecord(RecordErrorCode.SCRAPER_ERROR, "error", f"the scraper reports: {message or 'an error'}")


def unknown_shape(noun: str) -> RejectedRecord:
    return RejectedRecord(RecordErrorCode.UNKNOWN_SHAPE, "", f"does not have the shape of {noun} from this scraper")
