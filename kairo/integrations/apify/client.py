"""Calls Apify through its own client: one attempt per call, with a timeout, and errors as `SourceError`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar

import impit
from apify_client import ApifyClient
from apify_client.errors import ApifyApiError
from apify_client.http_clients import ImpitHttpClient
from django.conf import settings

from kairo.core.text import clean_line, cut
from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.ports import SourceError

T = TypeVar("T")

_MAX_RETRY_AFTER_S = 86_400.0
_NOT_SENT = (impit.ConnectError, impit.ConnectTimeout, impit.PoolTimeout)


@dataclass(frozen=True, kw_only=True, slots=True)
class LastResponse:
    """The last response, whose body may be incomplete."""

    status: int
    retry_after: str
    response: impit.Response


class Transport(ImpitHttpClient):
    """Apify's transport, which also keeps the last response: the client's exceptions leave out parts of it."""

    last: LastResponse | None = None

    def send_request(
        self,
        *,
        method: str,
        url: str,
        headers: dict[str, str],
        content: bytes | Iterator[bytes] | None,
        timeout: float | None,
        stream: bool,
    ) -> impit.Response:
        response = super().send_request(
            method=method, url=url, headers=headers, content=content, timeout=timeout, stream=stream
        )
        retry_after = response.headers.get("retry-after", "")
        self.last = LastResponse(status=response.status_code, retry_after=retry_after, response=response)
        return response


def call(operation: Callable[[ApifyClient], T]) -> T:
    """Performs the operation once. The job repeats it after its back-off where the error is retryable.

    Raises:
        SourceError
    """
    transport = _transport()
    try:
        return operation(_client(transport))
    except Exception as error:
        raise to_source_error(error, transport.last) from error


def start(operation: Callable[[ApifyClient], str]) -> str:
    """Starts a run by an operation that returns its id. An id in a response that the client rejects counts too.

    Raises:
        SourceError: no run was started; with START_UNKNOWN, one may have been.
    """
    transport = _transport()
    try:
        return operation(_client(transport))
    except Exception as error:
        if run_id := _started_run_id(transport.last):
            return run_id
        source_error = to_source_error(error, transport.last)
        if isinstance(error, _NOT_SENT) or (transport.last and _is_refusal(transport.last.status)):
            raise source_error from error
        raise SourceError(IngestionErrorCode.START_UNKNOWN, str(source_error)) from error


def to_source_error(error: Exception, last: LastResponse | None) -> SourceError:
    if isinstance(error, ApifyApiError):
        return _from_status(error, last)
    if isinstance(error, impit.TimeoutException | TimeoutError):
        detail = f"no response within {settings.APIFY_TIMEOUT_S:g} s"
        return SourceError(IngestionErrorCode.TIMED_OUT, detail, retryable=True)
    if isinstance(error, impit.ConnectError):
        return SourceError(IngestionErrorCode.UNAVAILABLE, "no connection", retryable=True)
    if isinstance(error, impit.HTTPError):
        return SourceError(IngestionErrorCode.INCOMPLETE_ANSWER, type(error).__name__, retryable=True)
    # The response is not JSON, or lacks documented fields or headers.
    return SourceError(IngestionErrorCode.INVALID_ANSWER, type(error).__name__)


def _from_status(error: ApifyApiError, last: LastResponse | None) -> SourceError:
    status = error.status_code
    detail = f"HTTP {status} {cut(clean_line(str(error.type or '')), max_length=100)}".rstrip()
    if status in _CODES:
        return SourceError(_CODES[status], detail)
    if status == 429:
        retry_after_s = _parse_retry_after(last.retry_after if last else "")
        return SourceError(IngestionErrorCode.RATE_LIMITED, detail, retryable=True, retry_after_s=retry_after_s)
    if status == 408:
        return SourceError(IngestionErrorCode.TIMED_OUT, detail, retryable=True)
    if status >= 500:
        retry_after_s = _parse_retry_after(last.retry_after if last else "")
        return SourceError(IngestionErrorCode.UNAVAILABLE, detail, retryable=True, retry_after_s=retry_after_s)
    return SourceError(IngestionErrorCode.REFUSED, detail)


_CODES = {
    401: IngestionErrorCode.UNAUTHORIZED,
    402: IngestionErrorCode.PAYMENT_REQUIRED,
    403: IngestionErrorCode.UNAUTHORIZED,
    404: IngestionErrorCode.NOT_FOUND,
}


def _is_refusal(status: int) -> bool:
    """Returns whether the status proves that no run was started. A gateway's errors do not."""
    return 400 <= status < 500 or status == 503


def _parse_retry_after(value: str) -> float | None:
    """Returns the header's seconds, from a number or a date; None for a missing or invalid header."""
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
    return min(seconds, _MAX_RETRY_AFTER_S) if seconds >= 0 else None


def _started_run_id(last: LastResponse | None) -> str:
    """Returns the run's id from a 201 response, even if other fields are invalid."""
    try:
        run_id = last.response.json()["data"]["id"] if last and last.status == 201 else ""
    except (ValueError, KeyError, TypeError):
        return ""
    return run_id if isinstance(run_id, str) and 0 < len(run_id) <= 100 else ""


def _transport() -> Transport:
    if not settings.APIFY_TOKEN:
        raise SourceError(IngestionErrorCode.SOURCE_NOT_AVAILABLE, "APIFY_TOKEN is not set")
    limit = timedelta(seconds=settings.APIFY_TIMEOUT_S)
    return Transport(
        token=settings.APIFY_TOKEN,
        timeout_short=limit,
        timeout_medium=limit,
        timeout_long=limit,
        timeout_max=limit,
        max_retries=0,
    )


def _client(transport: Transport) -> ApifyClient:
    return ApifyClient.with_custom_http_client(
        settings.APIFY_TOKEN,
        api_url=settings.APIFY_API_URL,
        api_public_url=settings.APIFY_API_URL,
        http_client=transport,
    )
