from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kairo.evidence.enums import IngestionErrorCode, RecordErrorCode
from kairo.evidence.ports import RunHandle, RunState, RunStatus, SourceError, StagedSource
from kairo.evidence.record_errors import RejectedRecord
from tests.integrations.apify.runs import NIKE, SOURCE, collected, post, start
from tests.integrations.apify.server import ApiError, Apify, half_a_page


def test_source_implements_the_staged_port() -> None:
    assert isinstance(SOURCE, StagedSource)


def test_start_without_a_webhook_url_registers_none(apify: Apify) -> None:
    start()
    assert "webhooks" not in apify.of("start")[0].query


@pytest.mark.parametrize(
    ("status", "means"),
    [
        ("READY", RunStatus.RUNNING),
        ("RUNNING", RunStatus.RUNNING),
        ("TIMING-OUT", RunStatus.RUNNING),
        ("ABORTING", RunStatus.RUNNING),
        ("SUCCEEDED", RunStatus.SUCCEEDED),
        ("FAILED", RunStatus.FAILED),
        ("ABORTED", RunStatus.ABORTED),
        ("TIMED-OUT", RunStatus.TIMED_OUT),
    ],
)
def test_poll_translates_each_status(apify: Apify, status: str, means: RunStatus) -> None:
    handle = start()
    apify.runs[handle.run_id]["status"] = apify.status = status
    assert SOURCE.poll(handle) == RunState(status=means, dataset_id=handle.dataset_id, cost_usd=Decimal("0.01"))


def test_poll_returns_no_cost_while_it_is_unknown(apify: Apify) -> None:
    apify.cost_usd = None
    assert SOURCE.poll(start()).cost_usd is None


def test_poll_retries_an_undocumented_status(apify: Apify) -> None:
    handle = start()
    apify.runs[handle.run_id]["status"] = "PONDERING"
    with pytest.raises(SourceError) as raised:
        SOURCE.poll(handle)
    assert (raised.value.code, raised.value.retryable) == (IngestionErrorCode.INVALID_ANSWER, True)


def test_poll_of_an_unknown_run_is_not_found(apify: Apify) -> None:
    with pytest.raises(SourceError) as raised:
        SOURCE.poll(RunHandle(run_id="unknown"))
    assert raised.value.code is IngestionErrorCode.NOT_FOUND


def test_collect_returns_each_item_of_each_page_once(apify: Apify) -> None:
    apify.items["apify/instagram-scraper"] = [post(number) for number in range(250)]
    items = collected(start())
    assert [item.content["external_id"] for item in items] == [str(number) for number in range(250)]  # type: ignore[index]  # records all
    assert [call.query["offset"] for call in apify.of("items")] == ["0", "100", "200"]


def test_collect_of_an_empty_dataset_is_empty(apify: Apify) -> None:
    assert collected(start()) == []


def test_collect_rejects_items_that_are_no_posts_and_keeps_the_rest(apify: Apify) -> None:
    error = {"error": "not_found", "errorDescription": "Post does not exist", "url": "https://www.instagram.com/x/"}
    apify.items["apify/instagram-scraper"] = [error, {"surprise": 1}, "text", None, 7, post(1)]
    contents = [item.content for item in collected(start())]
    codes = [content.code for content in contents if isinstance(content, RejectedRecord)]
    assert codes[:2] == [RecordErrorCode.SCRAPER_ERROR, RecordErrorCode.UNKNOWN_SHAPE]
    assert codes[2:] == [RecordErrorCode.NOT_AN_OBJECT] * 3
    assert not isinstance(contents[-1], RejectedRecord)


@pytest.mark.parametrize(
    ("fault", "code", "retryable"),
    [
        (half_a_page(post(1), of=20), IngestionErrorCode.INCOMPLETE_ANSWER, True),
        (half_a_page(of=20), IngestionErrorCode.INCOMPLETE_ANSWER, True),
        (replace(half_a_page(post(1), of=1), cut=30), IngestionErrorCode.INCOMPLETE_ANSWER, True),
        (replace(half_a_page(of=1), body=b"[{]"), IngestionErrorCode.INVALID_ANSWER, False),
        (replace(half_a_page(of=1), body=b'"text"'), IngestionErrorCode.INVALID_ANSWER, False),
        (ApiError(body=b"[]"), IngestionErrorCode.INVALID_ANSWER, False),
        (ApiError(status=404), IngestionErrorCode.NOT_FOUND, False),
        (ApiError(status=500), IngestionErrorCode.UNAVAILABLE, True),
    ],
    ids=["half", "none", "cut", "json", "shape", "headers", "gone", "500"],
)
def test_collect_error_has_its_code(apify: Apify, fault: ApiError, code: IngestionErrorCode, retryable: bool) -> None:
    handle = start()
    apify.faults = {"items": [fault]}
    with pytest.raises(SourceError) as raised:
        collected(handle)
    assert (raised.value.code, raised.value.retryable) == (code, retryable)


def test_abort_ends_the_run(apify: Apify) -> None:
    apify.status = "RUNNING"
    handle = start()
    SOURCE.abort(handle)
    assert SOURCE.poll(handle).status is RunStatus.ABORTED


def test_check_validates_the_input_and_starts_no_run(apify: Apify) -> None:
    SOURCE.check(NIKE)
    assert [call.verb for call in apify.calls] == ["validate"]
    apify.faults = {"validate": [ApiError(status=400), ApiError(status=401)]}
    for code in (IngestionErrorCode.REFUSED, IngestionErrorCode.UNAUTHORIZED):
        with pytest.raises(SourceError) as raised:
            SOURCE.check(NIKE)
        assert raised.value.code is code
