from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """As `resolve_client_ip`, of a request."""
    return resolve_client_ip(str(request.META.get("REMOTE_ADDR", "")), request.headers.get("X-Forwarded-For", ""))


def resolve_client_ip(peer: str, forwarded_for: str) -> str:
    """The address that a request comes from, as far as it can be believed; empty where the server knows none.

    Each proxy appends the address it was asked by to X-Forwarded-For, and whatever stands to the left of what our
    own proxies appended is the client's own writing. So it is the entry as many from the right as there are proxies
    of ours (PROXY_HOPS), and the peer where there are none, or where the request came round them.
    """
    named = [part.strip() for part in forwarded_for.split(",")]
    hops = settings.PROXY_HOPS
    return (named[-hops] if 0 < hops <= len(named) else "") or peer
