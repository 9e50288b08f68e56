"""Validates an evidence record of a file, a client or a scraper, and normalizes it for storage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kairo.core.enums import ContentType, Platform
from kairo.core.platforms import PLATFORMS
from kairo.core.text import clean, clean_line, cut
from kairo.evidence.enums import RecordErrorCode
from kairo.evidence.normalizing.canonical_url import canonical_url
from kairo.evidence.normalizing.dates import parse_datetime
from kairo.evidence.normalizing.raw_payload import bounded
from kairo.evidence.record_errors import RecordError, RejectedRecord

MAX_TEXT_CHARACTERS = 50_000
MAX_TITLE_CHARACTERS = 1_000
MAX_REFERENCE_CHARACTERS = 300
MAX_URL_BYTES = 2_000  # an index key may have 2,704 bytes in PostgreSQL
MAX_HASHTAGS = 200
MAX_COUNT = 2**53 - 1  # the largest integer that JSON carries without loss

METRICS = ("views", "likes", "comments", "shares")

_PLATFORM_ALIASES = {alias: platform for platform, spec in PLATFORMS.items() for alias in spec.aliases}
_CONTENT_TYPE_ALIASES = {
    alias: content_type for spec in PLATFORMS.values() for alias, content_type in spec.content_type_aliases.items()
}

_PLATFORM_NAMES = frozenset(Platform.values)
_CONTENT_TYPES = frozenset(ContentType.values)

Note = Callable[[str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class NormalizedEvidence:
    """An item ready to store. Texts are clean, datetimes are UTC, an unknown count is None.

    At least one of `external_id` and `canonical_url` is set. `raw` is the scraper's item. `notes` lists the values that
    were cut or ignored.
    """

    platform: Platform
    content_type: ContentType
    external_id: str
    canonical_url: str
    published_at: datetime | None
    author_ref: str
    title: str
    text_primary: str
    text_secondary: str
    has_transcript: bool
    hashtags: tuple[str, ...]
    views: int | None
    likes: int | None
    comments: int | None
    shares: int | None
    source: str
    synthetic: bool
    raw: dict[str, object] | None = field(default=None, hash=False)
    notes: tuple[str, ...] = ()


def normalize(record: object, *, shift: timedelta = timedelta(0)) -> NormalizedEvidence | RejectedRecord:
    """Returns the normalized record, with its date moved by `shift`, or why it was rejected.

    An invalid id, URL, date or text rejects the record. An invalid count becomes unknown and an over-long text is cut,
    each with a note. Unknown fields are ignored. docs/evidence.md describes the fields.
    """
    notes: list[str] = []
    try:
        return _normalized(_object(record), shift=shift, notes=notes)
    except RecordError as error:
        return error.rejection


def _normalized(record: Mapping[str, object], *, shift: timedelta, notes: list[str]) -> NormalizedEvidence:
    note = notes.append
    platform = _platform(record)
    content_type = _content_type(record, platform=platform)
    external_id, url = _identity(record, note=note)
    published_at = _published_at(record, shift=shift, note=note)
    text_secondary = _text(record, "text_secondary", max_characters=MAX_TEXT_CHARACTERS, note=note)
    counts = _counts(record, note=note)
    return NormalizedEvidence(
        platform=platform,
        content_type=content_type,
        external_id=external_id,
        canonical_url=url,
        published_at=published_at,
        author_ref=_line(record, "author_ref", note=note).removeprefix("@").lstrip(),
        title=_text(record, "title", max_characters=MAX_TITLE_CHARACTERS, note=note),
        text_primary=_text(record, "text_primary", max_characters=MAX_TEXT_CHARACTERS, note=note),
        text_secondary=text_secondary,
        has_transcript=_has_transcript(record, transcript=text_secondary, note=note),
        hashtags=_hashtags(record, note=note),
        views=counts["views"],
        likes=counts["likes"],
        comments=counts["comments"],
        shares=counts["shares"],
        source=_line(record, "source", note=note),
        synthetic=_flag(record, "synthetic"),
        raw=bounded(record.get("raw")),
        notes=tuple(notes),
    )


def _object(record: object) -> Mapping[str, object]:
    if not isinstance(record, Mapping):
        raise RecordError(RecordErrorCode.NOT_AN_OBJECT, "", f"must be a JSON object; it is {_type_name(record)}")
    return record


def _platform(record: Mapping[str, object]) -> Platform:
    name = _term(record, "platform")
    if name in _PLATFORM_ALIASES:
        return _PLATFORM_ALIASES[name]
    if name not in _PLATFORM_NAMES:
        raise RecordError(
            RecordErrorCode.UNKNOWN_PLATFORM,
            "platform",
            f"must be one of {', '.join(Platform.values)}; it is {_repr(record.get('platform'))}",
        )
    return Platform(name)


def _content_type(record: Mapping[str, object], *, platform: Platform) -> ContentType:
    name = _term(record, "content_type")
    if not record.get("content_type"):
        return PLATFORMS[platform].default_content_type
    if name in _CONTENT_TYPE_ALIASES:
        return _CONTENT_TYPE_ALIASES[name]
    if name not in _CONTENT_TYPES:
        raise RecordError(
            RecordErrorCode.UNKNOWN_CONTENT_TYPE,
            "content_type",
            f"must be one of {', '.join(ContentType.values)}; it is {_repr(record['content_type'])}",
        )
    return ContentType(name)


def _identity(record: Mapping[str, object], *, note: Note) -> tuple[str, str]:
    """Returns the external id and the canonical URL. An invalid URL is ignored where there is an external id."""
    external_id = record.get("external_id")
    if isinstance(external_id, int) and not isinstance(external_id, bool):
        external_id = str(external_id)
    external_id = clean_line(_string(external_id, "external_id"))
    if len(external_id) > MAX_REFERENCE_CHARACTERS:
        reason = f"must have at most {MAX_REFERENCE_CHARACTERS} characters; it has {len(external_id):,}"
        raise RecordError(RecordErrorCode.TOO_LONG, "external_id", reason)
    url, error = _canonical_url(clean(_string(record.get("canonical_url"), "canonical_url")))
    if not external_id and not url:
        if error:
            raise RecordError(RecordErrorCode.INVALID_URL, "canonical_url", error)
        raise RecordError(RecordErrorCode.NOT_IDENTIFIED, "external_id", "needs an external_id or a canonical_url")
    if error:
        note(f"canonical_url was left out: it {error}")
    return external_id, url


def _canonical_url(value: str) -> tuple[str, str]:
    """Returns the canonical URL and "", or "" and what is wrong with it."""
    if not value:
        return "", ""
    url = canonical_url(value)
    if url is None:
        return "", "must be an absolute http or https address"
    if len(url.encode()) > MAX_URL_BYTES:
        return "", f"must have at most {MAX_URL_BYTES:,} bytes"
    return url, ""


def _published_at(record: Mapping[str, object], *, shift: timedelta, note: Note) -> datetime | None:
    text = _string(record.get("published_at"), "published_at").strip()
    if not text:
        return None
    try:
        published_at, is_zone_assumed = parse_datetime(text)
        published_at += shift
    except (ValueError, OverflowError):
        reason = f"must be an ISO 8601 moment such as 2025-11-01T12:00:00Z; it is {_repr(text)}"
        raise RecordError(RecordErrorCode.INVALID_DATE, "published_at", reason) from None
    if is_zone_assumed:
        note("published_at names no time zone: taken as UTC")
    return published_at


def _has_transcript(record: Mapping[str, object], *, transcript: str, note: Note) -> bool:
    claimed = _flag(record, "has_transcript")
    if claimed and not transcript:
        note("has_transcript was set to false: there is no text_secondary")
        return False
    return claimed


def _hashtags(record: Mapping[str, object], *, note: Note) -> tuple[str, ...]:
    value = record.get("hashtags")
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise RecordError(RecordErrorCode.WRONG_TYPE, "hashtags", f"must be a list or null; it is {_type_name(value)}")
    tags = [clean_line(clean_line(tag).lower()).lstrip("#").strip() for tag in value if isinstance(tag, str)]
    valid = [tag for tag in dict.fromkeys(tags) if tag and len(tag) <= MAX_REFERENCE_CHARACTERS][:MAX_HASHTAGS]
    if len(valid) < len(set(tags) - {""}) or len(tags) < len(value):
        note("hashtags: some were left out, as they are not text, too long or too many")
    return tuple(valid)


def _counts(record: Mapping[str, object], *, note: Note) -> dict[str, int | None]:
    metrics = record.get("metrics")
    if metrics is None:
        metrics = {}
    if not isinstance(metrics, Mapping):
        raise RecordError(
            RecordErrorCode.WRONG_TYPE, "metrics", f"must be an object or null; it is {_type_name(metrics)}"
        )
    return {name: _count(metrics.get(name), path=f"metrics.{name}", note=note) for name in METRICS}


def _count(value: object, *, path: str, note: Note) -> int | None:
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_COUNT:
        return value
    note(f"{path} is unknown: {_repr(value)} is not a count")
    return None


def _text(record: Mapping[str, object], field: str, *, max_characters: int, note: Note) -> str:
    return _cut(clean(_string(record.get(field), field)), field, max_characters=max_characters, note=note)


def _line(record: Mapping[str, object], field: str, *, note: Note) -> str:
    text = clean_line(_string(record.get(field), field))
    return _cut(text, field, max_characters=MAX_REFERENCE_CHARACTERS, note=note)


def _cut(text: str, field: str, *, max_characters: int, note: Note) -> str:
    if len(text) > max_characters:
        note(f"{field} was cut to {max_characters:,} characters; it had {len(text):,}")
    return cut(text, max_length=max_characters)


def _term(record: Mapping[str, object], field: str) -> str:
    """Returns an enum value for its other spellings: "Short Video", "short-video"."""
    value = record.get(field)
    return clean_line(value).lower().replace(" ", "_").replace("-", "_") if isinstance(value, str) else ""


def _string(value: object, path: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RecordError(RecordErrorCode.WRONG_TYPE, path, f"must be text or null; it is {_type_name(value)}")
    return value


def _flag(record: Mapping[str, object], field: str) -> bool:
    value = record.get(field)
    if value is None:
        return False
    if not isinstance(value, bool):
        raise RecordError(RecordErrorCode.WRONG_TYPE, field, f"must be true, false or null; it is {_type_name(value)}")
    return value


def _type_name(value: object) -> str:
    names = {"dict": "an object", "list": "a list", "str": "text", "bool": "a boolean", "NoneType": "null"}
    return names.get(type(value).__name__, "a number")


def _repr(value: object) -> str:
    """Returns a short representation for an error message."""
    if value is None:
        return "missing"
    try:
        text = repr(value)
    except RecursionError:
        return _type_name(value)
    return text if len(text) <= 60 else cut(text, max_length=57) + "..."
