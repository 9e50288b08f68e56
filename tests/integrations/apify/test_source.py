from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime
from typing import Any

import pytest
from pytest_django import Settings

from kairo.core.enums import Platform
from kairo.evidence.enums import IngestionErrorCode, RecordErrorCode, SourceKind
from kairo.evidence.ports import RunHandle, RunState, RunStatus, SourceError, SourceItem, SourceRequest, StagedSource
from kairo.evidence.record_errors import RejectedRecord
from kairo.integrations.apify.source import ApifySource
from tests.integrations.apify.server import TOKEN, ApiError, Apify, half_a_page

AS_OF = datetime(2026, 3, 10, 9, tzinfo=UTC)
NIKE = SourceRequest(
    platform=Platform.INSTAGRAM,
    kind=SourceKind.PROFILE,
    identifier="nike",
    as_of=AS_OF,
    since=AS_OF - timedelta(days=30),
)
SOURCE = ApifySource()


def post(number: int, **facts: Any) -> dict[str, Any]:
    """A reel in the actor's shape."""
    return {
        "id": str(number),
        "type": "Video",
        "shortCode": f"C{number}",
        "caption": f"Loaf number {number}",
        "url": f"https://www.instagram.com/reel/C{number}/",
        "videoPlayCount": 5_000,
        "timestamp": "2026-03-09T08:00:00.000Z",
        "ownerUsername": "nike",
        **facts,
    }


def start(
    request: SourceRequest = NIKE, *, number: int = 0, followups: tuple[str, ...] = (), hook: str = ""
) -> RunHandle:
    stage = SOURCE.stages(request)[number]
    handle = SOURCE.start(request, stage=stage, followups=followups, max_cost_usd=stage.estimate_usd, webhook_url=hook)
    state = SOURCE.poll(handle)
    return RunHandle(run_id=handle.run_id, dataset_id=state.dataset_id)


def collected(handle: RunHandle, request: SourceRequest = NIKE) -> list[SourceItem]:
    return list(SOURCE.collect(request, stage=SOURCE.stages(request)[0], handle=handle))


def test_it_fills_the_port() -> None:
    assert isinstance(SOURCE, StagedSource)


class TestStart:
    def test_discovery_asks_for_what_was_asked_capped_in_the_actors_own_field(self, apify: Apify) -> None:
        start(hook="https://kairo.example/webhooks/apify/s")
        (call,) = apify.of("start")
        assert call.path == "/v2/actors/apify~instagram-scraper/runs"
        assert call.body == {
            "directUrls": ["https://www.instagram.com/nike/"],
            "resultsType": "posts",
            "resultsLimit": 20,
            "onlyPostsNewerThan": "2026-02-08",
        }
        assert (call.query["maxItems"], call.query["maxTotalChargeUsd"], call.query["timeout"]) == (
            "20",
            "0.0540",
            "300",
        )
        assert [hook["requestUrl"] for hook in apify.webhooks()] == ["https://kairo.example/webhooks/apify/s"]
        assert "ACTOR.RUN.TIMED_OUT" in apify.webhooks()[0]["eventTypes"]

    def test_without_an_address_outside_there_is_no_webhook(self, apify: Apify) -> None:
        start()
        assert "webhooks" not in apify.of("start")[0].query

    def test_enrichment_asks_for_followups_with_transcripts(self, apify: Apify) -> None:
        followups = tuple(f"https://www.instagram.com/reel/C{number}/" for number in range(8))
        start(number=1, followups=followups)
        (call,) = apify.of("start")
        assert call.path == "/v2/actors/apify~instagram-reel-scraper/runs"
        assert call.body == {"username": list(followups[:5]), "resultsLimit": 5, "includeTranscript": True}

    @pytest.mark.parametrize(
        ("asked", "actor", "named", "cap"),
        [
            ("instagram hashtag", "apify~instagram-scraper", "https://www.instagram.com/explore/tags/x/", 20),
            ("tiktok profile", "clockworks~tiktok-scraper", "x", 15),
            ("tiktok hashtag", "clockworks~tiktok-scraper", "x", 15),
            ("tiktok search", "clockworks~tiktok-scraper", "x", 15),
            ("linkedin profile", "apimaestro~linkedin-company-posts", "x", 20),
            ("youtube profile", "streamers~youtube-scraper", "https://www.youtube.com/@x/videos", 10),
            ("youtube search", "streamers~youtube-scraper", "x", 10),
            ("web site", "apify~website-content-crawler", "x", 10),
        ],
    )
    def test_each_platform_has_its_actor_and_its_cap(
        self, apify: Apify, asked: str, actor: str, named: str, cap: int
    ) -> None:
        platform, kind = asked.split()
        request = replace(NIKE, platform=Platform(platform), kind=SourceKind(kind), identifier="x")
        assert (request.platform, request.kind) in SOURCE.offers()
        start(request)
        (call,) = apify.of("start")
        assert call.path == f"/v2/actors/{actor}/runs"
        assert named in str(call.body)
        assert cap in call.body.values()
        assert call.query["maxItems"] == str(cap)

    def test_what_every_first_stage_may_cost_is_within_the_cap_of_a_job(self, settings: Settings) -> None:
        for platform, kind in SOURCE.offers():
            stages = SOURCE.stages(replace(NIKE, platform=platform, kind=kind))
            assert sum(stage.estimate_usd for stage in stages) <= settings.APIFY_PER_REGENERATE_CAP_USD

    def test_off_it_calls_nobody(self, apify: Apify, settings: Settings) -> None:
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

    def test_the_run_is_known_though_the_rest_of_the_answer_is_not_understood(self, apify: Apify) -> None:
        apify.faults = {"start": [ApiError(status=201, body=b'{"data": {"id": "run9", "status": 7}}')]}
        stage = SOURCE.stages(NIKE)[0]
        assert SOURCE.start(NIKE, stage=stage, followups=(), max_cost_usd=Decimal(1), webhook_url="").run_id == "run9"


START_FAULTS = [
    (ApiError(status=400), IngestionErrorCode.REFUSED, False),
    (ApiError(status=401), IngestionErrorCode.UNAUTHORIZED, False),
    (ApiError(status=402), IngestionErrorCode.PAYMENT_REQUIRED, False),
    (ApiError(status=403), IngestionErrorCode.UNAUTHORIZED, False),
    (ApiError(status=404), IngestionErrorCode.NOT_FOUND, False),
    (ApiError(status=429), IngestionErrorCode.RATE_LIMITED, True),
    (ApiError(status=503), IngestionErrorCode.UNAVAILABLE, True),
    # Of these nobody knows whether they have started a run.
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
def test_trouble_at_the_start_has_its_code_and_is_never_started_again(
    apify: Apify, settings: Settings, fault: ApiError, code: IngestionErrorCode, retryable: bool
) -> None:
    settings.APIFY_TIMEOUT_S = 1
    apify.faults = {"start": [fault]}
    with pytest.raises(SourceError) as raised:
        start()
    assert (raised.value.code, raised.value.retryable) == (code, retryable)
    assert len(apify.of("start")) == 1


def test_nobody_there_is_unavailable_and_started_nothing(apify: Apify, settings: Settings) -> None:
    settings.APIFY_API_URL = "http://127.0.0.1:9"
    with pytest.raises(SourceError) as raised:
        start()
    assert (raised.value.code, raised.value.retryable) == (IngestionErrorCode.UNAVAILABLE, True)


class TestPoll:
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
    def test_each_status_of_a_run_is_known(self, apify: Apify, status: str, means: RunStatus) -> None:
        handle = start()
        apify.runs[handle.run_id]["status"] = apify.status = status
        assert SOURCE.poll(handle) == RunState(status=means, dataset_id=handle.dataset_id, cost_usd=Decimal("0.01"))

    def test_a_cost_that_nobody_knows_is_unknown(self, apify: Apify) -> None:
        apify.cost_usd = None
        assert SOURCE.poll(start()).cost_usd is None

    def test_a_status_that_nobody_knows_is_asked_for_again(self, apify: Apify) -> None:
        handle = start()
        apify.runs[handle.run_id]["status"] = "PONDERING"
        with pytest.raises(SourceError) as raised:
            SOURCE.poll(handle)
        assert (raised.value.code, raised.value.retryable) == (IngestionErrorCode.INVALID_ANSWER, True)

    def test_a_run_that_is_gone_is_not_found(self, apify: Apify) -> None:
        with pytest.raises(SourceError) as raised:
            SOURCE.poll(RunHandle(run_id="nobodys"))
        assert raised.value.code is IngestionErrorCode.NOT_FOUND

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
    def test_trouble_has_its_code(
        self, apify: Apify, settings: Settings, fault: ApiError, code: IngestionErrorCode, retryable: bool
    ) -> None:
        handle = start()
        settings.APIFY_TIMEOUT_S = 1
        apify.faults = {"run": [fault]}
        with pytest.raises(SourceError) as raised:
            SOURCE.poll(handle)
        assert (raised.value.code, raised.value.retryable) == (code, retryable)

    @pytest.mark.parametrize(
        ("given", "least", "most"),
        [("7", 7, 7), ("in an hour", None, None), ("", None, None), ("999999999", 86_400, 86_400), ("-5", None, None)],
    )
    def test_retry_after_is_heeded_where_it_makes_sense(
        self, apify: Apify, given: str, least: float | None, most: float | None
    ) -> None:
        assert self.told_to_wait(apify, given) in (least, most)

    def test_retry_after_may_be_a_date(self, apify: Apify) -> None:
        wait = self.told_to_wait(apify, format_datetime(datetime.now(UTC) + timedelta(minutes=2), usegmt=True))
        assert wait is not None
        assert 110 < wait <= 120

    def told_to_wait(self, apify: Apify, retry_after: str) -> float | None:
        handle = start()
        apify.faults = {"run": [ApiError(status=429, headers={"Retry-After": retry_after})]}
        with pytest.raises(SourceError) as raised:
            SOURCE.poll(handle)
        return raised.value.retry_after_s


class TestCollect:
    def test_every_item_of_every_page_comes_once(self, apify: Apify) -> None:
        apify.items["apify/instagram-scraper"] = [post(number) for number in range(250)]
        items = collected(start())
        assert [item.content["external_id"] for item in items] == [str(number) for number in range(250)]  # type: ignore[index]  # records all
        assert [call.query["offset"] for call in apify.of("items")] == ["0", "100", "200"]

    def test_an_empty_dataset_has_nothing(self, apify: Apify) -> None:
        assert collected(start()) == []

    def test_leads_are_videos_that_enough_people_saw(self, apify: Apify) -> None:
        apify.items["apify/instagram-scraper"] = [
            post(1),
            post(2, videoPlayCount=999),
            post(3, videoPlayCount=None, videoViewCount=1_000),
            post(4, type="Image"),
            post(5, videoPlayCount="many"),
            post(6, url=None),
            post(7, type="Sidecar", productType="clips"),
        ]
        followups = [item.followup for item in collected(start())]
        assert followups == [f"https://www.instagram.com/reel/C{n}/" if n in (1, 3, 7) else "" for n in range(1, 8)]

    def test_what_is_no_post_is_rejected_under_its_reason_and_the_rest_is_kept(self, apify: Apify) -> None:
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
    def test_trouble_has_its_code(
        self, apify: Apify, fault: ApiError, code: IngestionErrorCode, retryable: bool
    ) -> None:
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


def test_check_has_the_input_judged_and_starts_nothing(apify: Apify) -> None:
    SOURCE.check(NIKE)
    assert [call.verb for call in apify.calls] == ["validate"]
    apify.faults = {"validate": [ApiError(status=400), ApiError(status=401)]}
    for code in (IngestionErrorCode.REFUSED, IngestionErrorCode.UNAUTHORIZED):
        with pytest.raises(SourceError) as raised:
            SOURCE.check(NIKE)
        assert raised.value.code is code


def test_the_token_goes_to_apify_and_nowhere_else(apify: Apify, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    apify.faults = {"run": [ApiError(status=401, body=f'{{"error": {{"type": "{TOKEN}"}}}}'.encode())]}
    with pytest.raises(SourceError):
        start()
    assert {call.authorization for call in apify.calls} == {f"Bearer {TOKEN}"}
    assert not any(TOKEN in call.path or TOKEN in str(call.query) for call in apify.calls)
    assert TOKEN not in caplog.text
