"""Responses of Django's own failures, in place of its HTML pages: JSON with a `code`, as the webhooks return."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    """400, such as for a host that KAIRO_ALLOWED_HOSTS has not."""
    return JsonResponse({"code": "BAD_REQUEST"}, status=400)


def not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    """404: no page has this path, which is not repeated as it may hold a secret."""
    return JsonResponse({"code": "NOT_FOUND"}, status=404)


def server_error(request: HttpRequest) -> JsonResponse:
    """500: Django has logged the traceback."""
    return JsonResponse({"code": "INTERNAL"}, status=500)
