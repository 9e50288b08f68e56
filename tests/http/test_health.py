from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from kairo import CONTRACT_VERSION
from kairo.http import health
from tests.schema.asgi_client import AsgiClient


@pytest.mark.django_db
def test_healthz_touches_no_database(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json()["status"] == "ok"
    assert response.json()["contract"] == CONTRACT_VERSION


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_probes_accept_any_host(client: Client, settings: Settings, path: str) -> None:
    settings.ALLOWED_HOSTS = ["api.example"]
    assert client.get(path, headers={"host": "10.0.0.7:8000"}).status_code == 200
    assert AsgiClient().send("GET", headers={"Host": "10.0.0.7:8000"}).status_code == 400


@pytest.mark.django_db
def test_readyz_is_ok_when_every_check_passes(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    body = response.json()
    assert body["status"] == "ok"
    assert body["contract"] == CONTRACT_VERSION
    assert body["checks"] == {"database": "ok", "migrations": "ok", "rowSecurity": "ok", "redis": "ok"}


@pytest.mark.django_db
def test_readyz_is_degraded_without_redis(client: Client, settings: Settings) -> None:
    unreachable = "redis://127.0.0.1:1/0"
    settings.REDIS_URL = unreachable
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert response.json()["checks"]["redis"] == "failed: unreachable"


@pytest.mark.django_db
def test_readyz_checks_a_separate_broker(client: Client, settings: Settings) -> None:
    settings.BROKER_URL = settings.REDIS_URL
    assert client.get("/readyz").json()["checks"]["broker"] == "ok"
    settings.BROKER_URL = "redis://127.0.0.1:1/0"
    health.readiness.clear()
    body = client.get("/readyz").json()
    assert (body["status"], body["checks"]["broker"]) == ("degraded", "failed: unreachable")


@pytest.mark.django_db(transaction=True)
def test_readyz_is_unavailable_with_a_missing_migration(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET app = 'hidden' WHERE app = 'hero'")
        try:
            response = client.get("/readyz")
        finally:
            cursor.execute("UPDATE django_migrations SET app = 'hero' WHERE app = 'hidden'")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "not applied" in response.json()["checks"]["migrations"]


@pytest.mark.django_db
def test_readyz_is_cached(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(health, "CACHE_S", 600.0)
    first = client.get("/readyz")
    with django_assert_num_queries(0):
        again = client.get("/readyz")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    monkeypatch.setattr(health, "CACHE_S", 0.0)
    health.readiness.clear()
    client.get("/readyz")
    with CaptureQueriesContext(connection) as statements:
        client.get("/readyz")
    assert len(statements) > 0
