"""Speaking to Apify by its own client: every call bounded in time and made once, every trouble under its own code."""

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
_NEVER_SENT = (impit.ConnectError, impit.ConnectTimeout, impit.PoolTimeout)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The last thing that the other side said, as far as it came."""

    status: int
    retry_after: str
    response: impit.Response


class Transport(ImpitHttpClient):
    """The client's own transport; it remembers the last answer, of which an error tells but the half."""

    last: Answer | None = None

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
        self.last = Answer(status=response.status_code, retry_after=retry_after, response=response)
        return response


def call(ask: Callable[[ApifyClient], T]) -> T:
    """What Apify answers. Made once: what may go better later is the job's to repeat, with its back-off.

    Raises:
        SourceError
    """
    transport = _transport()
    try:
        return ask(_client(transport))
    except Exception as error:
        raise to_api_error(error, transport.last) from error


def start(ask: Callable[[ApifyClient], str]) -> str:
    """The id of the run that was started. `ask` returns it; where it fails on an answer that holds one, that counts.

    Raises:
        SourceError: nothing was started; or START_UNKNOWN: nobody knows.
    """
    transport = _transport()
    try:
        return ask(_client(transport))
    except Exception as error:
        if run_id := _id_in(transport.last):
            return run_id
        fault = to_api_error(error, transport.last)
        if isinstance(error, _NEVER_SENT) or (transport.last and _was_refused(transport.last.status)):
            raise fault from error
        raise SourceError(IngestionErrorCode.START_UNKNOWN, str(fault)) from error


def to_api_error(error: Exception, last: Answer | None) -> SourceError:
    """What an error means."""
    if isinstance(error, ApifyApiError):
        return _refusal(error, last)
    if isinstance(error, impit.TimeoutException | TimeoutError):
        detail = f"no answer within {settings.APIFY_TIMEOUT_S:g} s"
        return SourceError(IngestionErrorCode.TIMED_OUT, detail, retryable=True)
    if isinstance(error, impit.ConnectError):
        return SourceError(IngestionErrorCode.UNAVAILABLE, "no connection", retryable=True)
    if isinstance(error, impit.HTTPError):
        return SourceError(IngestionErrorCode.INCOMPLETE_ANSWER, type(error).__name__, retryable=True)
    # Not JSON, not of the documented shape, without the headers that it must have.
    return SourceError(IngestionErrorCode.INVALID_ANSWER, type(error).__name__)


def _refusal(error: ApifyApiError, last: Answer | None) -> SourceError:
    status = error.status_code
    detail = f"HTTP {status} {cut(clean_line(str(error.type or '')), most=100)}".rstrip()
    if status in _CODES:
        return SourceError(_CODES[status], detail)
    if status == 429:
        after_s = _seconds(last.retry_after if last else "")
        return SourceError(IngestionErrorCode.RATE_LIMITED, detail, retryable=True, retry_after_s=after_s)
    if status == 408:
        return SourceError(IngestionErrorCode.TIMED_OUT, detail, retryable=True)
    if status >= 500:
        after_s = _seconds(last.retry_after if last else "")
        return SourceError(IngestionErrorCode.UNAVAILABLE, detail, retryable=True, retry_after_s=after_s)
    return SourceError(IngestionErrorCode.REFUSED, detail)


_CODES = {
    401: IngestionErrorCode.UNAUTHORIZED,
    402: IngestionErrorCode.PAYMENT_REQUIRED,
    403: IngestionErrorCode.UNAUTHORIZED,
    404: IngestionErrorCode.NOT_FOUND,
}


def _was_refused(status: int) -> bool:
    """Whether such an answer to a request for a run says that there is none. Of a gateway's troubles none does."""
    return 400 <= status < 500 or status == 503


def _seconds(retry_after: str) -> float | None:
    """How long a Retry-After means, in seconds or as a date; None for none or nonsense."""
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
    return min(seconds, _MAX_RETRY_AFTER_S) if seconds >= 0 else None


def _id_in(last: Answer | None) -> str:
    """The run's id in an answer that says one was started, whatever else is in it."""
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
