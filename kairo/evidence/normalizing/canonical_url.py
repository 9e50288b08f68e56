from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

import idna

from kairo.evidence.normalizing.post_links import known_host, post_link

# Parameters that say how a reader came to a page, never which page it is.
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|ttclid|yclid|li_fat_id|igsh|igshid|mc_cid|mc_eid"
    r"|_ga|_gl|_hsenc|_hsmi|_t|_r|ref_src|ref_url|si|trk|trkinfo|trackingid)(=|$)"
    r"|feature=(share|shared|youtu\.be|emb_\w+)$"
)
_BAD = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_MEANT = "%/:?#[]@!$&'()*+,;="  # what stays in an address as it was written


def canonical_url(url: str) -> str | None:
    """One spelling of a web address: https, ASCII, host in lower case, no tracking parameters, no place in the page.

    The links of a post on a known platform (`post_link`) become that post's one address. A slash at the end of any
    other path stays or is missing as given: only its server knows whether it matters. None for what is no absolute
    http(s) address, `javascript:` and the like among it, and for one that holds a user name. Nothing is looked up,
    and the answer's answer is itself.
    """
    if _BAD.search(url):
        return None
    try:
        parts = urlsplit(url)
        host, port = _ascii_host(parts.hostname or ""), parts.port
    except ValueError:  # what is no address, no port, or no name of a host
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
    # "#!/path" and "#/path" choose the page on sites that are one program.
    fragment = _escaped(parts.fragment) if parts.fragment.startswith(("!", "/")) else ""
    address = f"https://{origin}{path}"
    return address + (f"?{'&'.join(pairs)}" if pairs else "") + (f"#{fragment}" if fragment else "")


def _ascii_host(host: str) -> str:
    """
    Raises:
        ValueError: no host has this name.
    """
    if ":" in host:
        return f"[{host}]"
    host = host.rstrip(".")
    # `idna.IDNAError` is a ValueError.
    return host if host.isascii() else idna.encode(host, uts46=True).decode()


def _escaped(part: str) -> str:
    """One spelling of escapes: those that say a plain character are that character, all others are in capitals."""
    return quote(_PERCENT.sub(_escape, part), safe=_MEANT)


def _escape(found: re.Match[str]) -> str:
    if not found[1]:
        return "%25"
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else found[0].upper()
