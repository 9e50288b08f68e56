from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

import idna

from kairo.evidence.normalizing.post_links import known_host, post_link

# Parameters that describe the referrer, never the page.
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|ttclid|yclid|li_fat_id|igsh|igshid|mc_cid|mc_eid"
    r"|_ga|_gl|_hsenc|_hsmi|_t|_r|ref_src|ref_url|si|trk|trkinfo|trackingid)(=|$)"
    r"|feature=(share|shared|youtu\.be|emb_\w+)$"
)
_FORBIDDEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_RESERVED = "%/:?#[]@!$&'()*+,;="  # stay as written


def canonical_url(url: str) -> str | None:
    """Returns the canonical form of a URL: https, ASCII, lower-case host, no tracking parameters, no fragment.

    The links of a post on a known platform become the post's one URL (`post_link`). On other sites a trailing slash
    stays or is missing as written: only the server knows whether it matters. Returns None for anything but an absolute
    http(s) URL, and for one with a user name. Idempotent, and makes no network call.
    """
    if _FORBIDDEN.search(url):
        return None
    try:
        parts = urlsplit(url)
        host, port = _ascii_host(parts.hostname or ""), parts.port
    except ValueError:  # an invalid URL, port or host name
        return None
    if parts.scheme not in {"http", "https"} or parts.username is not None or not _HOST.fullmatch(host):
        return None
    path = _escaped(parts.path) or "/"
    pairs = [pair for pair in _escaped(parts.query).split("&") if pair and not _TRACKING.match(pair.lower())]
    if port in {None, 80, 443}:
        if link := post_link(host=host, path=path, pairs=pairs):
            return link
        origin = known_host(host)
    else:
        origin = f"{host}:{port}"
    # "#!/path" and "#/path" select the page of a single-page application.
    fragment = _escaped(parts.fragment) if parts.fragment.startswith(("!", "/")) else ""
    url_without_query = f"https://{origin}{path}"
    return url_without_query + (f"?{'&'.join(pairs)}" if pairs else "") + (f"#{fragment}" if fragment else "")


def _ascii_host(host: str) -> str:
    """
    Raises:
        ValueError: the host name is invalid.
    """
    if ":" in host:
        return f"[{host}]"
    host = host.rstrip(".")
    # `idna.IDNAError` is a ValueError.
    return host if host.isascii() else idna.encode(host, uts46=True).decode()


def _escaped(part: str) -> str:
    """Normalizes percent-escapes: decodes those of unreserved characters, and writes the others in upper case."""
    return quote(_PERCENT.sub(_escape, part), safe=_RESERVED)


def _escape(match: re.Match[str]) -> str:
    if not match[1]:
        return "%25"
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()
