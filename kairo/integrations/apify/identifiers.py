"""One spelling for what a person types: of "@Nike" and the address of that profile, "nike"."""

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
    """`path` finds the name in an address's path on `host`; `name` is what a whole name must match, lower case."""

    host: str
    path: str
    name: str
    example: str
    sigil: str = "@"


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


def normalised(*, platform: Platform, kind: SourceKind, given: str) -> str:
    """
    Raises:
        SourceError: INVALID_IDENTIFIER.
    """
    text = clean_line(given)
    if kind == SourceKind.SEARCH:
        return _search(text)
    if kind == SourceKind.SITE:
        return _site(text)
    spelling = IDENTIFIER_FORMATS[platform, kind]
    name = _in_address(text, spelling) if "/" in text else text.removeprefix(spelling.sigil)
    name = name.lower()
    if not re.fullmatch(spelling.name, name):
        raise _invalid(f"cannot be read as one on {platform.label}; one looks like {spelling.example}")
    return name


def _in_address(text: str, spelling: IdentifierFormat) -> str:
    """The name in an address of the platform; empty when there is none."""
    try:
        parts = urlsplit(text if _SCHEME.match(text) else f"https://{text}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if host != spelling.host and not host.endswith(f".{spelling.host}"):
        return ""
    found = re.fullmatch(spelling.path, unquote(parts.path).rstrip("/"))
    return found[1] if found else ""


def _search(text: str) -> str:
    text = text.lower()
    if not 0 < len(text) <= MAX_SEARCH_CHARACTERS:
        raise _invalid(f"a search has 1 to {MAX_SEARCH_CHARACTERS} characters")
    return text


def _site(text: str) -> str:
    url = canonical_url(text if _SCHEME.match(text) else f"https://{text}")
    if url is None or len(url) > MAX_URL_CHARACTERS or "." not in (urlsplit(url).hostname or ""):
        raise _invalid("a site is an address such as https://blog.example")
    return url


def _invalid(why: str) -> SourceError:
    return SourceError(IngestionErrorCode.INVALID_IDENTIFIER, why)
