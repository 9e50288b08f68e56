from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime

import pytest
from pytest_django import Settings

from kairo.evidence.enums import IngestionErrorCode
from kairo.evidence.ports import SourceError
from tests.integrations.apify.runs import NIKE, SOURCE, start
from tests.integrations.apify.server import TOKEN, ApiError, Apify

START_FAULTS = [
    (ApiError(status=400), IngestionErrorCode.REFUSED, False),
    (ApiError(status=401), IngestionErrorCode.UNAUTHORIZED, False),
    (ApiError(status=402), IngestionErrorCode.PAYMENT_REQUIRED, False),
    (ApiError(status=403), IngestionErrorCode.UNAUTHORIZED, False),
    (ApiError(status=404), IngestionErrorCode.NOT_FOUND, False),
    (ApiError(status=429), IngestionErrorCode.RATE_LIMITED, True),
    (ApiError(status=503), IngestionErrorCode.UNAVAILABLE, True),
    # These may have started a run.
    (ApiError(status=500), IngestionErrorCode.START_UNKNOWN, False),
    (ApiError(status=502), IngestionErrorCode.START_UNKNOWN, False),
    (ApiError(status=504, anyway=True), IngestionErrorCode.START_UNKNOWN, False),
    (ApiError(delay_s=1.5, anyway=True), IngestionErrorCode.START_UNKNOWN, False),
    (
        ApiError(status=201, body=b'{"data": {"id": "run1"', cut=10, anyway=True),
        IngestionErrorCode.START_UNKNOWN,
        False,
    ),
    (ApiError(status=201, body=b"<html>", anyway=True), IngestionErrorCode.START_UNKNOWN, False),
]


@pytest.mark.parametrize(("fault", "code", "retryable"), START_FAULTS, ids=str)
def test_start_error_has_its_code_and_is_not_repeated(
    apify: Apify, settings: Settings, fault: ApiError, code: IngestionErrorCode, retryable: bool
) -> None:
    settings.APIFY_TIMEOUT_S = 1
    apify.faults = {"start": [fault]}
    with pytest.raises(SourceError) as raised:
        start()
    assert (raised.value.code, raised.value.retryable) == (code, retryable)
    assert len(apify.of("start")) == 1


def test_start_without_a_connection_is_retryable(apify: Apify, settings: Settings) -> None:
    settings.APIFY_API_URL = "http://127.0.0.1:9"
    with pytest.raises(SourceError) as raised:
        start()
    assert (raised.value.code, raised.value.retryable) == (IngestionErrorCode.UNAVAILABLE, True)


@pytest.mark.parametrize(
    ("fault", "code", "retryable"),
    [
        (ApiError(status=401), IngestionErrorCode.UNAUTHORIZED, False),
        (ApiError(status=402), IngestionErrorCode.PAYMENT_REQUIRED, False),
        (ApiError(status=429), IngestionErrorCode.RATE_LIMITED, True),
        (ApiError(status=500), IngestionErrorCode.UNAVAILABLE, True),
        (ApiError(status=503), IngestionErrorCode.UNAVAILABLE, True),
        (ApiError(delay_s=1.5), IngestionErrorCode.TIMED_OUT, True),
        (ApiError(body=b"not json"), IngestionErrorCode.INVALID_ANSWER, False),
        (ApiError(body=b'{"data": {}}'), IngestionErrorCode.INVALID_ANSWER, False),
        (ApiError(body=b"[]"), IngestionErrorCode.INVALID_ANSWER, False),
        (ApiError(body=b'{"data": {}}', cut=4), IngestionErrorCode.INCOMPLETE_ANSWER, True),
    ],
    ids=str,
)
def test_call_error_has_its_code(
    apify: Apify, settings: Settings, fault: ApiError, code: IngestionErrorCode, retryable: bool
) -> None:
    handle = start()
    settings.APIFY_TIMEOUT_S = 1
    apify.faults = {"run": [fault]}
    with pytest.raises(SourceError) as raised:
        SOURCE.poll(handle)
    assert (raised.value.code, raised.value.retryable) == (code, retryable)


def retry_after_s(apify: Apify, retry_after: str) -> float | None:
    handle = start()
    apify.faults = {"run": [ApiError(status=429, headers={"Retry-After": retry_after})]}
    with pytest.raises(SourceError) as raised:
        SOURCE.poll(handle)
    return raised.value.retry_after_s


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [("7", 7, 7), ("in an hour", None, None), ("", None, None), ("999999999", 86_400, 86_400), ("-5", None, None)],
)
def test_retry_after_in_seconds_is_limited_to_a_day(
    apify: Apify, value: str, least: float | None, most: float | None
) -> None:
    assert retry_after_s(apify, value) in (least, most)


def test_retry_after_may_be_a_date(apify: Apify) -> None:
    wait = retry_after_s(apify, format_datetime(datetime.now(UTC) + timedelta(minutes=2), usegmt=True))
    assert wait is not None
    assert 110 < wait <= 120


def test_token_is_sent_in_the_header_only_and_never_logged(apify: Apify, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    apify.faults = {"run": [ApiError(status=401, body=f'{{"error": {{"type": "{TOKEN}"}}}}'.encode())]}
    with pytest.raises(SourceError):
        start()
    assert {call.authorization for call in apify.calls} == {f"Bearer {TOKEN}"}
    assert not any(TOKEN in call.path or TOKEN in str(call.query) for call in apify.calls)
    assert TOKEN not in caplog.text


def test_disabled_source_makes_no_call(apify: Apify, settings: Settings) -> None:
    for name, value in (("APIFY_ENABLED", False), ("APIFY_TOKEN", "")):
        before = getattr(settings, name)
        setattr(settings, name, value)
        with pytest.raises(SourceError) as fault:
            start()
        assert fault.value.code is IngestionErrorCode.SOURCE_NOT_AVAILABLE
        with pytest.raises(SourceError):
            SOURCE.check(NIKE)
        setattr(settings, name, before)
    assert apify.calls == []


def test_start_takes_the_run_id_from_a_response_with_invalid_fields(apify: Apify) -> None:
    apify.faults = {"start": [ApiError(status=201, body=b'{"data": {"id": "run9", "status": 7}}')]}
    stage = SOURCE.stages(NIKE)[0]
    assert SOURCE.start(NIKE, stage=stage, followups=(), max_cost_usd=Decimal(1), webhook_url="").run_id == "run9"
