from __future__ import annotations

import re
from urllib.parse import urlsplit

# Parameters that say how a reader came to a page, never which page it is.
_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|dclid|msclkid|igsh|igshid|mc_cid|mc_eid|_ga|ref_src|ref_url)(=|$)")
_DEFAULT_PORT = re.compile(r":(80|443)?$")


def canonical_url(url: str) -> str | None:
    """One spelling of a web address: https, host in lower case, no tracking parameters, no position in the page.

    None for what is no absolute http(s) address, `javascript:` and the like among it. Nothing is looked up.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None or re.search(r"\s", url):
        return None
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair.lower()))
    # "#!/path" and "#/path" choose the page on sites that are one program.
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    address = f"https://{_DEFAULT_PORT.sub('', parts.netloc.lower())}{parts.path}"
    return address + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
