"""CORS: the origins whose pages may call the API."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.http import HttpResponse
from pytest_django import Settings

from tests.schema.api import Api
from tests.schema.asgi_client import Client

pytestmark = pytest.mark.django_db

PAGE = "https://app.example"


@pytest.fixture
def _page_is_allowed(settings: Settings) -> None:
    settings.CORS_ALLOWED_ORIGINS = [PAGE]


def preflight(origin: str, *, path: str = "/graphql") -> HttpResponse:
    response = Client().options(
        path,
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type,x-request-id",
        },
    )
    assert isinstance(response, HttpResponse)
    return response


def words(response: HttpResponse, header: str) -> set[str]:
    return {word.strip().lower() for word in response[header].split(",")}


@pytest.mark.usefixtures("_page_is_allowed")
def test_preflight_allows_methods_and_headers_to_a_listed_origin() -> None:
    response = preflight(PAGE)
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == PAGE
    assert words(response, "Access-Control-Allow-Methods") == {"get", "post"}
    assert words(response, "Access-Control-Allow-Headers") >= {
        "authorization",
        "content-type",
        "if-none-match",
        "x-request-id",
        "apollo-require-preflight",
        "graphql-require-preflight",
        "x-apollo-operation-name",
        "apollographql-client-name",
        "traceparent",
        "cache-control",
        "x-datadog-trace-id",
    }
    assert "Access-Control-Allow-Credentials" not in response
    assert "origin" in words(response, "Vary")


@pytest.mark.usefixtures("_page_is_allowed")
@pytest.mark.parametrize(
    "origin",
    [
        "https://app.example.evil.example",
        "https://evil.example",
        "http://app.example",
        "https://app.example:8443",
        "https://sub.app.example",
        "null",
    ],
)
def test_origin_that_is_not_listed_gets_no_cors_headers(origin: str) -> None:
    assert "Access-Control-Allow-Origin" not in preflight(origin)
    answer = Api().post({"query": "{ __typename }"}, Origin=origin)
    assert "Access-Control-Allow-Origin" not in answer
    assert "origin" in words(answer, "Vary")


def test_origins_are_empty_by_default() -> None:
    assert "Access-Control-Allow-Origin" not in preflight(PAGE)


@pytest.mark.usefixtures("_page_is_allowed")
@pytest.mark.parametrize(("authorization", "status"), [(None, 200), ("Bearer wrong", 401)])
def test_response_headers_are_exposed_to_a_listed_origin(authorization: str | None, status: int) -> None:
    headers = {"Origin": PAGE} | ({"Authorization": authorization} if authorization else {})
    response = Api().post({"query": "{ __typename }"}, **headers)
    assert response.status_code == status
    assert response["Access-Control-Allow-Origin"] == PAGE
    assert words(response, "Access-Control-Expose-Headers") == {"x-request-id", "etag", "retry-after"}


@pytest.mark.usefixtures("_page_is_allowed")
def test_cors_applies_to_the_endpoint_only() -> None:
    assert "Access-Control-Allow-Origin" not in preflight(PAGE, path="/healthz")


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("", "[]"),
        ("https://App.example/, http://localhost:3000", "['https://app.example', 'http://localhost:3000']"),
        ("*", None),
        ("app.example", None),
        ("https://app.example/page", None),
        ("https://*.app.example", None),
    ],
)
def test_origins_setting_accepts_exact_origins_only(setting: str, expected: str | None) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from kairo import settings; print(settings.CORS_ALLOWED_ORIGINS)"],
        env={**os.environ, "KAIRO_CORS_ORIGINS": setting},
        capture_output=True,
        text=True,
        check=False,
    )
    if expected is None:
        assert done.returncode == 1
        assert "KAIRO_CORS_ORIGINS takes origins such as https://app.example" in done.stderr
    else:
        assert done.stdout.strip() == expected
