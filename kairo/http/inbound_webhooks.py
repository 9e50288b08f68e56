"""What others may tell this service of: the end of a run, at an address that only they were given."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from kairo.core.errors import NotFound
from kairo.evidence.ingestion.run_webhooks import handle

MOST_BYTES = 65_536
MOST_ID = 100


@csrf_exempt
def apify(request: HttpRequest, secret: str) -> HttpResponse:
    """POST, JSON, with the run in `resource.id`. 204, also when it was told before; every refusal has its code."""
    if request.method != "POST":
        return _refused(405, "METHOD_NOT_ALLOWED", Allow="POST")
    if request.content_type != "application/json":
        return _refused(415, "UNSUPPORTED_MEDIA_TYPE")
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return _refused(413, "PAYLOAD_TOO_LARGE")
    run_id = _run_in(body)
    if not run_id:
        return _refused(400, "BAD_USER_INPUT")
    try:
        handle(source="apify", token=secret, run_id=run_id)
    except NotFound:
        return _refused(404, "NOT_FOUND")
    return HttpResponse(status=204)


def _run_in(body: bytes) -> str:
    """The id of the run that the body tells of; empty when it tells of none."""
    try:
        run_id = json.loads(body)["resource"]["id"]
    except (ValueError, TypeError, LookupError, RecursionError):
        return ""
    return run_id if isinstance(run_id, str) and run_id.isalnum() and len(run_id) <= MOST_ID else ""


def _refused(status: int, code: str, **headers: str) -> JsonResponse:
    return JsonResponse({"code": code}, status=status, headers=headers)
