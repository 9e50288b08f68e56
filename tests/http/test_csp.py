from __future__ import annotations

import pytest
from pytest_django import Settings

from kairo.http.csp import POLICY
from tests.schema.asgi_client import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/graphql", "testserver", 401),
        ("/healthz", "testserver", 200),
        ("/readyz", "testserver", 200),
        ("/nothing", "testserver", 404),
        ("/graphql", "evil.example", 400),
    ],
)
def test_security_headers_are_on_every_response(path: str, host: str, status: int) -> None:
    response = Client().get(path, headers={"host": host})
    assert response.status_code == status
    assert response["Content-Security-Policy"] == POLICY
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


def test_csp_of_a_page_is_kept(settings: Settings) -> None:
    settings.KAIRO_ENV = "development"
    page = Client().get("/graphql", headers={"accept": "text/html"})
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
