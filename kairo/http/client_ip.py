from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def resolve_client_ip(peer: str, forwarded_for: str) -> str:
    """The client's IP address as our own proxies report it; empty where the server knows no peer.

    Each proxy appends its peer's address to X-Forwarded-For; entries left of those that our proxies append come from
    the client and may be forged. The result is the PROXY_HOPS-th entry from the right, or the peer without proxies or
    where the header has fewer entries.
    """
    entries = [part.strip() for part in forwarded_for.split(",")]
    hops = settings.PROXY_HOPS
    return (entries[-hops] if 0 < hops <= len(entries) else "") or peer


def request_client_ip(request: HttpRequest) -> str:
    """As `resolve_client_ip`, for a Django request."""
    return resolve_client_ip(str(request.META.get("REMOTE_ADDR", "")), request.headers.get("X-Forwarded-For", ""))
