"""Normalizes typed identifiers: "@Nike" and the URL of that profile both become "nike"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from kairo.core.enums import Platform
from kairo.core.text import clean_line
from kairo.evidence.enums import IngestionErrorCode, SourceKind
from kairo.evidence.normalizing.canonical_url import canonical_url
from kairo.evidence.ports import SourceError

MAX_SEARCH_CHARACTERS = 200
MAX_URL_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class IdentifierFormat:
    """How a platform writes one kind of identifier.

    The regular expression `path` finds the name in a URL on `host`; `name` must match the whole lower-case name.
    """

    host: str
    path: str
    name: str
    example: str
    prefix: str = "@"


IDENTIFIER_FORMATS = {
    (Platform.INSTAGRAM, SourceKind.PROFILE): IdentifierFormat(
        "instagram.com",
        r"/(?!(?:p|reel|reels|explore|stories|tv|accounts)(?:/|$))([^/]+)(?:/(?:reels|tagged))?",
        r"[a-z0-9._]{1,30}",
        "@nike",
    ),
    (Platform.INSTAGRAM, SourceKind.HASHTAG): IdentifierFormat(
        "instagram.com", r"/explore/tags/([^/]+)", r"\w{1,100}", "#sourdough", "#"
    ),
    (Platform.TIKTOK, SourceKind.PROFILE): IdentifierFormat("tiktok.com", r"/@([^/]+)", r"[a-z0-9._]{1,30}", "@nike"),
    (Platform.TIKTOK, SourceKind.HASHTAG): IdentifierFormat(
        "tiktok.com", r"/tag/([^/]+)", r"\w{1,100}", "#sourdough", "#"
    ),
    (Platform.LINKEDIN, SourceKind.PROFILE): IdentifierFormat(
        "linkedin.com",
        r"/(?:company|showcase|school)/([^/]+)(?:/posts)?",
        r"[\w.&'-]{1,100}",
        "linkedin.com/company/nike",
    ),
    (Platform.YOUTUBE, SourceKind.PROFILE): IdentifierFormat(
        "youtube.com", r"/@([^/]+)(?:/(?:videos|shorts|streams))?", r"[\w.·-]{3,100}", "@nike"
    ),
}
OFFERS = (
    *IDENTIFIER_FORMATS,
    (Platform.TIKTOK, SourceKind.SEARCH),
    (Platform.YOUTUBE, SourceKind.SEARCH),
    (Platform.WEB, SourceKind.SITE),
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def normalize_identifier(*, platform: Platform, kind: SourceKind, value: str) -> str:
    """
    Raises:
        SourceError: INVALID_IDENTIFIER.
    """
    text = clean_line(value)
    if kind == SourceKind.SEARCH:
        return _normalize_search(text)
    if kind == SourceKind.SITE:
        return _normalize_site(text)
    format_ = IDENTIFIER_FORMATS[platform, kind]
    name = _name_in_url(text, format_) if "/" in text else text.removeprefix(format_.prefix)
    name = name.lower()
    if not re.fullmatch(format_.name, name):
        raise _invalid(f"is not valid on {platform.label}; a valid one is {format_.example}")
    return name


def _name_in_url(text: str, format_: IdentifierFormat) -> str:
    """Returns the name in a URL of the platform, or ""."""
    try:
        parts = urlsplit(text if _SCHEME.match(text) else f"https://{text}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if host != format_.host and not host.endswith(f".{format_.host}"):
        return ""
    match = re.fullmatch(format_.path, unquote(parts.path).rstrip("/"))
    return match[1] if match else ""


def _normalize_search(text: str) -> str:
    text = text.lower()
    if not 0 < len(text) <= MAX_SEARCH_CHARACTERS:
        raise _invalid(f"a search has 1 to {MAX_SEARCH_CHARACTERS} characters")
    return text


def _normalize_site(text: str) -> str:
    url = canonical_url(text if _SCHEME.match(text) else f"https://{text}")
    if url is None or len(url) > MAX_URL_CHARACTERS or "." not in (urlsplit(url).hostname or ""):
        raise _invalid("a site is an address such as https://blog.example")
    return url


def _invalid(reason: str) -> SourceError:
    return SourceError(IngestionErrorCode.INVALID_IDENTIFIER, reason)
