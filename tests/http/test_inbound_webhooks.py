from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from kairo.evidence.ingestion.webhook_tokens import run_id_for, token_for, webhook_url
from kairo.evidence.models import IngestionJob, SourceRun
from kairo.http.inbound_webhooks import MOST_BYTES
from tests.evidence.sources import make_connection, make_ingestion_job, make_run
from tests.factories import make_brand

pytestmark = pytest.mark.django_db

ENDED = {"eventType": "ACTOR.RUN.SUCCEEDED", "eventData": {"actorRunId": "run1"}, "resource": {"id": "run1"}}


def waiting(**facts: Any) -> SourceRun:
    """A run that a job waits for, and will not ask for within the hour."""
    job = make_ingestion_job(brand := make_brand(), stage="waiting", available_at=timezone.now() + timedelta(hours=1))
    shape = {"source": "apify", "run_id": "run1", "status": "running", "finished_at": None}
    return make_run(job, make_connection(brand), **{**shape, **facts})


def tell(secret: str, body: object = ENDED, *, method: str = "POST", **headers: str) -> HttpResponse:
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    kind = headers.pop("content_type", "application/json")
    return cast("HttpResponse", Client().generic(method, f"/webhooks/apify/{secret}", sent, content_type=kind))


def is_due() -> bool:
    return IngestionJob.objects.get().available_at <= timezone.now()


def code(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["code"]


def test_the_end_of_a_run_makes_its_job_due_and_nothing_else() -> None:
    run = waiting()
    assert not is_due()
    assert tell(token_for(run.id)).status_code == 204
    assert is_due()
    run.refresh_from_db()
    assert (run.status, run.run_id, run.finished_at) == ("running", "run1", None)


def test_the_body_may_come_with_a_charset() -> None:
    run = waiting()
    assert tell(token_for(run.id), content_type="application/json; charset=utf-8").status_code == 204


def test_told_again_it_changes_nothing() -> None:
    run = waiting()
    tell(token_for(run.id))
    due_at = IngestionJob.objects.get().available_at
    assert tell(token_for(run.id)).status_code == 204
    assert IngestionJob.objects.get().available_at == due_at


def test_told_after_the_job_has_ended_it_changes_nothing() -> None:
    run = waiting()
    IngestionJob.objects.update(status="succeeded", finished_at=timezone.now())
    assert tell(token_for(run.id)).status_code == 204
    assert IngestionJob.objects.get().status == "succeeded"


def test_a_run_whose_start_was_answered_with_nothing_is_known_from_here_on() -> None:
    run = waiting(run_id="", status="starting")
    assert tell(token_for(run.id)).status_code == 204
    run.refresh_from_db()
    assert run.run_id == "run1"


@pytest.mark.parametrize("body", [{"resource": {"id": "run2"}}, {"resource": {"id": "x"}}])
def test_another_runs_id_is_refused(body: object) -> None:
    run = waiting()
    assert code(tell(token_for(run.id), body)) == (404, "NOT_FOUND")
    assert not is_due()


def test_an_id_that_another_run_has_is_not_learned() -> None:
    waiting()
    starting = waiting(run_id="", status="starting")
    assert code(tell(token_for(starting.id))) == (404, "NOT_FOUND")


def test_a_secret_that_is_none_is_refused() -> None:
    run = waiting()
    secret = token_for(run.id)
    unknown, other = token_for(uuid4()), secret[:-1] + ("0" if secret[-1] != "0" else "1")
    for wrong in (unknown, other, secret.upper(), secret[:32], secret + "0", run.id.hex, str(run.id), "x", "%00", "é"):
        assert code(tell(wrong)) == (404, "NOT_FOUND")
    assert not is_due()


def test_another_sources_run_is_refused() -> None:
    run = waiting(source="scraper")
    assert code(tell(token_for(run.id))) == (404, "NOT_FOUND")


def test_a_secret_is_of_this_deployment(settings: Settings) -> None:
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
        (b" " * (MOST_BYTES + 1), (413, "PAYLOAD_TOO_LARGE")),
    ],
    ids=range(10),
)
def test_a_body_that_cannot_be_read_has_its_code(body: object, expected: tuple[int, str]) -> None:
    run = waiting()
    assert code(tell(token_for(run.id), body)) == expected
    assert not is_due()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
def test_another_method_has_its_code(method: str) -> None:
    answer = tell(token_for(waiting().id), method=method)
    assert code(answer) == (405, "METHOD_NOT_ALLOWED")
    assert answer["Allow"] == "POST"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
def test_another_media_type_has_its_code(kind: str) -> None:
    assert code(tell(token_for(waiting().id), content_type=kind)) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_the_address_is_told_only_where_there_is_one(settings: Settings) -> None:
    settings.KAIRO_PUBLIC_URL = ""
    assert webhook_url(source="apify", run_id=(key := uuid4())) == ""
    settings.KAIRO_PUBLIC_URL = "https://kairo.example"
    assert webhook_url(source="apify", run_id=key) == f"https://kairo.example/webhooks/apify/{token_for(key)}"
