"""Webhooks that sources call when a source run ends. The URL of each run has a secret token."""

from __future__ import annotations

import json
import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from kairo.core.errors import NotFound
from kairo.evidence.ingestion.run_webhooks import handle

logger = logging.getLogger(__name__)
MAX_BYTES = 65_536
MAX_ID_LENGTH = 100
RETRY_AFTER_S = 10


@csrf_exempt
def apify(request: HttpRequest, secret: str) -> HttpResponse:
    """Handles a POST with JSON that has the run's id in `resource.id`.

    Returns 204, for a repeated call too, or an error status with a `code`.
    """
    if request.method != "POST":
        return _error(405, "METHOD_NOT_ALLOWED", Allow="POST")
    if request.content_type != "application/json":
        return _error(415, "UNSUPPORTED_MEDIA_TYPE")
    body = request.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        return _error(413, "PAYLOAD_TOO_LARGE")
    run_id = _run_id(body)
    if not run_id:
        return _error(400, "BAD_USER_INPUT")
    return _handle(secret=secret, run_id=run_id)


def _handle(*, secret: str, run_id: str) -> HttpResponse:
    try:
        handle(source="apify", token=secret, run_id=run_id)
    except NotFound:
        return _error(404, "NOT_FOUND")
    except (OperationalError, InterfaceError) as error:
        logger.warning("Cannot handle a webhook: the database did not answer (%s).", type(error).__name__)
        return _error(503, "SERVICE_UNAVAILABLE", **{"Retry-After": str(RETRY_AFTER_S)})
    return HttpResponse(status=204)


def _run_id(body: bytes) -> str:
    """The run's id in the body; empty where it is missing or malformed."""
    try:
        run_id = json.loads(body)["resource"]["id"]
    except (ValueError, TypeError, LookupError, RecursionError):
        return ""
    return run_id if isinstance(run_id, str) and run_id.isalnum() and len(run_id) <= MAX_ID_LENGTH else ""


def _error(status: int, code: str, **headers: str) -> JsonResponse:
    return JsonResponse({"code": code}, status=status, headers=headers)
