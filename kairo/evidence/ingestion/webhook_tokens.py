"""The tokens in webhook URLs: derived from a run's id and the server's secret key, so that no row stores them."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_ID_HEX_DIGITS = 32


def webhook_url(*, source: str, run_id: UUID) -> str:
    """Returns the URL that the vendor calls when the run ends; empty without KAIRO_PUBLIC_URL."""
    return f"{settings.KAIRO_PUBLIC_URL}/webhooks/{source}/{token_for(run_id)}" if settings.KAIRO_PUBLIC_URL else ""


def token_for(run_id: UUID) -> str:
    """Returns the run's id followed by its HMAC-SHA256, both in hex."""
    return run_id.hex + _hmac(run_id)


def run_id_for(token: str) -> UUID | None:
    """Returns the id of the token's run, or None for an invalid token. Compares in constant time."""
    try:
        run_id = UUID(token[:_ID_HEX_DIGITS])
    except ValueError:
        return None
    return run_id if constant_time_compare(token, token_for(run_id)) else None


def _hmac(run_id: UUID) -> str:
    return salted_hmac("kairo.source_run", run_id.hex, algorithm=hashlib.sha256().name).hexdigest()
