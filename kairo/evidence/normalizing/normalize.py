"""From a record as a file, a client or a scraper gives it to a value that the store takes as it is."""

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
MAX_URL_BYTES = 2_000  # an address is also an index key, and Postgres takes 2,704 bytes there
MAX_HASHTAGS = 200
MAX_COUNT = 2**53 - 1  # what a JSON number carries without loss; no post has more of anything

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
    """A post ready to be stored. Texts are clean, moments are UTC, a count that is not known is None.

    At least one of `external_id` and `canonical_url` is set. `raw` is what its scraper said.
    `notes` says what was set aside on the way.
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
    """The evidence in a record of the documented schema, its date moved by `shift`, or why there is none.

    A fault in what identifies, dates or words a post rejects it. A count that cannot be right is unknown
    instead, and over-long text is cut; both leave a note. Fields that are not in the schema are ignored.
    """
    notes: list[str] = []
    try:
        return _normalized(_object(record), shift=shift, notes=notes)
    except RecordError as refused:
        return refused.rejection


def _normalized(record: Mapping[str, object], *, shift: timedelta, notes: list[str]) -> NormalizedEvidence:
    note = notes.append
    platform = _platform(record)
    content_type = _content_type(record, platform=platform)
    external_id, url = _identity(record, note=note)
    published_at = _published_at(record, shift=shift, note=note)
    text_secondary = _text(record, "text_secondary", most=MAX_TEXT_CHARACTERS, note=note)
    counts = _counts(record, note=note)
    return NormalizedEvidence(
        platform=platform,
        content_type=content_type,
        external_id=external_id,
        canonical_url=url,
        published_at=published_at,
        author_ref=_line(record, "author_ref", note=note).removeprefix("@").lstrip(),
        title=_text(record, "title", most=MAX_TITLE_CHARACTERS, note=note),
        text_primary=_text(record, "text_primary", most=MAX_TEXT_CHARACTERS, note=note),
        text_secondary=text_secondary,
        has_transcript=_has_transcript(record, spoken=text_secondary, note=note),
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
        raise RecordError(RecordErrorCode.NOT_AN_OBJECT, "", f"must be a JSON object; it is {_kind(record)}")
    return record


def _platform(record: Mapping[str, object]) -> Platform:
    name = _term(record, "platform")
    if name in _PLATFORM_ALIASES:
        return _PLATFORM_ALIASES[name]
    if name not in _PLATFORM_NAMES:
        raise RecordError(
            RecordErrorCode.UNKNOWN_PLATFORM,
            "platform",
            f"must be one of {', '.join(Platform.values)}; it is {_shown(record.get('platform'))}",
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
            f"must be one of {', '.join(ContentType.values)}; it is {_shown(record['content_type'])}",
        )
    return ContentType(name)


def _identity(record: Mapping[str, object], *, note: Note) -> tuple[str, str]:
    """External id and address; a wrong address is set aside where the id still identifies the post."""
    external_id = record.get("external_id")
    if isinstance(external_id, int) and not isinstance(external_id, bool):
        external_id = str(external_id)
    external_id = clean_line(_string(external_id, "external_id"))
    if len(external_id) > MAX_REFERENCE_CHARACTERS:
        reason = f"must have at most {MAX_REFERENCE_CHARACTERS} characters; it has {len(external_id):,}"
        raise RecordError(RecordErrorCode.TOO_LONG, "external_id", reason)
    given = clean(_string(record.get("canonical_url"), "canonical_url"))
    url, fault = _address(given)
    if not external_id and not url:
        if fault:
            raise RecordError(RecordErrorCode.INVALID_URL, "canonical_url", fault)
        raise RecordError(RecordErrorCode.NOT_IDENTIFIED, "external_id", "needs an external_id or a canonical_url")
    if fault:
        note(f"canonical_url was left out: it {fault}")
    return external_id, url


def _address(given: str) -> tuple[str, str]:
    """The canonical address and "", or "" and what is wrong with it."""
    if not given:
        return "", ""
    url = canonical_url(given)
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
        moment, assumed = parse_datetime(text)
        moment += shift
    except (ValueError, OverflowError):
        reason = f"must be an ISO 8601 moment such as 2025-11-01T12:00:00Z; it is {_shown(text)}"
        raise RecordError(RecordErrorCode.INVALID_DATE, "published_at", reason) from None
    if assumed:
        note("published_at names no time zone: taken as UTC")
    return moment


def _has_transcript(record: Mapping[str, object], *, spoken: str, note: Note) -> bool:
    claimed = _flag(record, "has_transcript")
    if claimed and not spoken:
        note("has_transcript was set to false: there is no text_secondary")
        return False
    return claimed


def _hashtags(record: Mapping[str, object], *, note: Note) -> tuple[str, ...]:
    given = record.get("hashtags")
    if given is None:
        return ()
    if not isinstance(given, list | tuple):
        raise RecordError(RecordErrorCode.WRONG_TYPE, "hashtags", f"must be a list or null; it is {_kind(given)}")
    tags = [clean_line(clean_line(tag).lower()).lstrip("#").strip() for tag in given if isinstance(tag, str)]
    good = [tag for tag in dict.fromkeys(tags) if tag and len(tag) <= MAX_REFERENCE_CHARACTERS][:MAX_HASHTAGS]
    if len(good) < len(set(tags) - {""}) or len(tags) < len(given):
        note("hashtags: those that are no text, over-long or too many were left out")
    return tuple(good)


def _counts(record: Mapping[str, object], *, note: Note) -> dict[str, int | None]:
    metrics = record.get("metrics")
    if metrics is None:
        metrics = {}
    if not isinstance(metrics, Mapping):
        raise RecordError(RecordErrorCode.WRONG_TYPE, "metrics", f"must be an object or null; it is {_kind(metrics)}")
    return {name: _count(metrics.get(name), path=f"metrics.{name}", note=note) for name in METRICS}


def _count(value: object, *, path: str, note: Note) -> int | None:
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_COUNT:
        return value
    note(f"{path} is unknown: {_shown(value)} is not a count")
    return None


def _text(record: Mapping[str, object], field: str, *, most: int, note: Note) -> str:
    return _within(clean(_string(record.get(field), field)), field, most=most, note=note)


def _line(record: Mapping[str, object], field: str, *, note: Note) -> str:
    text = clean_line(_string(record.get(field), field))
    return _within(text, field, most=MAX_REFERENCE_CHARACTERS, note=note)


def _within(text: str, field: str, *, most: int, note: Note) -> str:
    if len(text) > most:
        note(f"{field} was cut to {most:,} characters; it had {len(text):,}")
    return cut(text, most=most)


def _term(record: Mapping[str, object], field: str) -> str:
    """A word of a closed vocabulary, however it is spelled: "Short Video", "short-video"."""
    value = record.get(field)
    return clean_line(value).lower().replace(" ", "_").replace("-", "_") if isinstance(value, str) else ""


def _string(value: object, path: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RecordError(RecordErrorCode.WRONG_TYPE, path, f"must be text or null; it is {_kind(value)}")
    return value


def _flag(record: Mapping[str, object], field: str) -> bool:
    value = record.get(field)
    if value is None:
        return False
    if not isinstance(value, bool):
        raise RecordError(RecordErrorCode.WRONG_TYPE, field, f"must be true, false or null; it is {_kind(value)}")
    return value


def _kind(value: object) -> str:
    names = {"dict": "an object", "list": "a list", "str": "text", "bool": "a boolean", "NoneType": "null"}
    return names.get(type(value).__name__, "a number")


def _shown(value: object) -> str:
    """A value from outside, short enough for a sentence."""
    if value is None:
        return "missing"
    try:
        text = repr(value)
    except RecursionError:
        return _kind(value)
    return text if len(text) <= 60 else cut(text, most=57) + "..."
