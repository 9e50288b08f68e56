from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

import pytest
from django.db import OperationalError, ProgrammingError, connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from kairo.evidence.ingestion.webhook_tokens import run_id_for, token_for, webhook_url
from kairo.evidence.models import IngestionJob, SourceRun
from kairo.http.inbound_webhooks import MAX_BYTES
from kairo.observability.logs import JsonFormatter, TextFormatter
from tests.evidence.sources import make_connection, make_ingestion_job, make_run
from tests.factories import make_brand

pytestmark = pytest.mark.django_db

ENDED = {"eventType": "ACTOR.RUN.SUCCEEDED", "eventData": {"actorRunId": "run1"}, "resource": {"id": "run1"}}


def make_waiting_run(**facts: Any) -> SourceRun:
    """A run whose job is due in an hour."""
    job = make_ingestion_job(brand := make_brand(), stage="waiting", available_at=timezone.now() + timedelta(hours=1))
    shape = {"source": "apify", "run_id": "run1", "status": "running", "finished_at": None}
    return make_run(job, make_connection(brand), **{**shape, **facts})


def post(secret: str, body: object = ENDED, *, method: str = "POST", **headers: str) -> HttpResponse:
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    content_type = headers.pop("content_type", "application/json")
    return cast("HttpResponse", Client().generic(method, f"/webhooks/apify/{secret}", sent, content_type=content_type))


def is_due() -> bool:
    return IngestionJob.objects.get().available_at <= timezone.now()


def code(response: HttpResponse) -> tuple[int, str]:
    return response.status_code, json.loads(response.content)["code"]


def test_webhook_makes_the_runs_job_due() -> None:
    run = make_waiting_run()
    assert not is_due()
    assert post(token_for(run.id)).status_code == 204
    assert is_due()
    run.refresh_from_db()
    assert (run.status, run.run_id, run.finished_at) == ("running", "run1", None)


def test_content_type_may_have_a_charset() -> None:
    run = make_waiting_run()
    assert post(token_for(run.id), content_type="application/json; charset=utf-8").status_code == 204


def test_repeated_webhook_changes_nothing() -> None:
    run = make_waiting_run()
    post(token_for(run.id))
    due_at = IngestionJob.objects.get().available_at
    assert post(token_for(run.id)).status_code == 204
    assert IngestionJob.objects.get().available_at == due_at


def test_webhook_after_the_jobs_end_changes_nothing() -> None:
    run = make_waiting_run()
    IngestionJob.objects.update(status="succeeded", finished_at=timezone.now())
    assert post(token_for(run.id)).status_code == 204
    assert IngestionJob.objects.get().status == "succeeded"


def test_webhook_stores_the_id_of_a_starting_run() -> None:
    run = make_waiting_run(run_id="", status="starting")
    assert post(token_for(run.id)).status_code == 204
    run.refresh_from_db()
    assert run.run_id == "run1"


@pytest.mark.parametrize("body", [{"resource": {"id": "run2"}}, {"resource": {"id": "x"}}])
def test_other_runs_id_is_not_found(body: object) -> None:
    run = make_waiting_run()
    assert code(post(token_for(run.id), body)) == (404, "NOT_FOUND")
    assert not is_due()


def test_id_of_another_run_is_not_stored() -> None:
    make_waiting_run()
    starting = make_waiting_run(run_id="", status="starting")
    assert code(post(token_for(starting.id))) == (404, "NOT_FOUND")


def test_wrong_token_is_not_found() -> None:
    run = make_waiting_run()
    secret = token_for(run.id)
    unknown, other = token_for(uuid4()), secret[:-1] + ("0" if secret[-1] != "0" else "1")
    for wrong in (unknown, other, secret.upper(), secret[:32], secret + "0", run.id.hex, str(run.id), "x", "%00", "é"):
        assert code(post(wrong)) == (404, "NOT_FOUND")
    assert not is_due()


def test_run_of_another_source_is_not_found() -> None:
    run = make_waiting_run(source="scraper")
    assert code(post(token_for(run.id))) == (404, "NOT_FOUND")


def test_token_depends_on_the_secret_key(settings: Settings) -> None:
    secret = token_for(key := uuid4())
    assert run_id_for(secret) == key
    settings.SECRET_KEY = "another"
    assert run_id_for(secret) is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b" ", (400, "BAD_USER_INPUT")),
        (b"not json", (400, "BAD_USER_INPUT")),
        (b"[]", (400, "BAD_USER_INPUT")),
        (b"\xff", (400, "BAD_USER_INPUT")),
        (b"[" * 60_000, (400, "BAD_USER_INPUT")),
        ({"resource": None}, (400, "BAD_USER_INPUT")),
        ({"resource": {"id": 7}}, (400, "BAD_USER_INPUT")),
        ({"resource": {"id": "a\0b"}}, (400, "BAD_USER_INPUT")),
        ({"resource": {"id": "a" * 101}}, (400, "BAD_USER_INPUT")),
        (b" " * (MAX_BYTES + 1), (413, "PAYLOAD_TOO_LARGE")),
    ],
    ids=range(10),
)
def test_invalid_body_has_an_error_code(body: object, expected: tuple[int, str]) -> None:
    run = make_waiting_run()
    assert code(post(token_for(run.id), body)) == expected
    assert not is_due()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_are_not_allowed(method: str) -> None:
    response = post(token_for(make_waiting_run().id), method=method)
    assert code(response) == (405, "METHOD_NOT_ALLOWED")
    assert response["Allow"] == "POST"


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
def test_other_media_types_are_unsupported(content_type: str) -> None:
    assert code(post(token_for(make_waiting_run().id), content_type=content_type)) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("path", ["/webhooks/apify/a/b", "/webhooks/apify/", "/webhooks/other/x", "/webhooks"])
def test_unknown_path_is_not_found_in_json(path: str) -> None:
    assert code(cast("HttpResponse", Client().post(path))) == (404, "NOT_FOUND")


def test_unknown_host_is_refused_in_json() -> None:
    response = Client().post("/webhooks/apify/x", headers={"host": "elsewhere.example"})
    assert code(cast("HttpResponse", response)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("error", "expected"),
    [(OperationalError, (503, "SERVICE_UNAVAILABLE")), (ProgrammingError, (500, "INTERNAL"))],
    ids=["timeout", "fault"],
)
def test_failure_is_json_and_its_secret_is_in_no_log_line(
    error: type[Exception], expected: tuple[int, str], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(execute: object, sql: str, params: object, many: object, context: object) -> object:
        raise error("a failure of the server")

    secret = token_for(make_waiting_run().id)
    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(fail):
        path = f"/webhooks/apify/{secret}"
        response = client.post(path, json.dumps(ENDED), content_type="application/json")
    assert code(cast("HttpResponse", response)) == expected
    lines = [TextFormatter().format(record) for record in caplog.records]
    lines += [JsonFormatter().format(record) for record in caplog.records]
    assert lines
    assert not [line for line in lines if secret in line]


def test_webhook_url_needs_a_public_url(settings: Settings) -> None:
    settings.KAIRO_PUBLIC_URL = ""
    assert webhook_url(source="apify", run_id=(key := uuid4())) == ""
    settings.KAIRO_PUBLIC_URL = "https://kairo.example"
    assert webhook_url(source="apify", run_id=key) == f"https://kairo.example/webhooks/apify/{token_for(key)}"
