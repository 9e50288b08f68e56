"""The secret in the address that the other side tells of a run's end: derived, so that nothing has to be kept."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_HEX = 32


def webhook_url(*, source: str, run_id: UUID) -> str:
    """Where the end of this run is to be told of; empty where this deployment has no address outside."""
    return f"{settings.KAIRO_PUBLIC_URL}/webhooks/{source}/{token_for(run_id)}" if settings.KAIRO_PUBLIC_URL else ""


def token_for(run_id: UUID) -> str:
    """The run's id and its keyed hash (HMAC-SHA256 with the server's secret key), in hex."""
    return run_id.hex + _hash(run_id)


def run_id_for(secret: str) -> UUID | None:
    """The run whose secret this is; None when it is none, found out in the same time however much of it is right."""
    try:
        run_id = UUID(secret[:_HEX])
    except ValueError:
        return None
    return run_id if constant_time_compare(secret, token_for(run_id)) else None


def _hash(run_id: UUID) -> str:
    return salted_hmac("kairo.source_run", run_id.hex, algorithm=hashlib.sha256().name).hexdigest()
