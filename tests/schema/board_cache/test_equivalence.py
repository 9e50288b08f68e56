"""The board cache's responses equal Django's: body, status and headers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from random import Random

import pytest
from django.http import HttpResponse
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from pytest_django import Settings

from kairo.core.models import Brand, Tenant
from tests import factories
from tests.schema.api import GRAPHQL, TODAY_BOARD, Api
from tests.schema.asgi_client import AsgiClient
from tests.schema.board_cache.boards import (
    MAKERS,
    generating,
    generating_first,
    not_generated_yet,
    ready,
    ready_without_snapshot,
)
from tests.schema.board_cache.documents import Documents

pytestmark = pytest.mark.django_db

_TIMES = re.compile(rb'"\d{4}-\d\d-\d\dT[^"]*Z"')
_REQUEST_IDS = re.compile(rb'"requestId":"[^"]*"')


def comparable(response: HttpResponse, *, is_derived: bool) -> tuple[int, bytes, dict[str, str]]:
    """Returns status, body and headers without the values that differ in each response."""
    headers = {name.lower(): value for name, value in response.items()}
    headers.pop("x-request-id")
    body = _REQUEST_IDS.sub(b'"requestId":""', response.content)
    if is_derived:  # such a board contains the time of reading, under any alias
        body = _TIMES.sub(b'"T"', body)
        headers.pop("content-length", None)
    return response.status_code, body, headers


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("outside", [False, True])
def test_random_documents_get_equal_responses(make: Callable[[Tenant], Brand], outside: bool) -> None:
    tenant = factories.make_tenant()
    brand, secret = make(tenant), factories.make_secret(tenant)
    django = Api(tenant=tenant, secret=secret, client=AsgiClient(board_cache=False))
    cached = Api(tenant=tenant, secret=secret, client=AsgiClient(board_cache=True))
    cached_count = 0
    is_derived = make in {generating, generating_first, not_generated_yet}

    @hypothesis(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(random=st.randoms(use_true_random=False), accept=st.sampled_from([GRAPHQL, "application/json", "*/*"]))
    def check(random: Random, accept: str) -> None:
        nonlocal cached_count
        cached.client.responses.clear()
        body = Documents(random, outside=outside).request(str(brand.id))
        for _ in range(2):
            response = cached.post(body, Accept=accept)
            cached_count += not cached.client.bypassed
            expected = comparable(django.post(body, Accept=accept), is_derived=is_derived)
            assert comparable(response, is_derived=is_derived) == expected

    check()
    if make != not_generated_yet and not outside:
        assert cached_count >= 2


@pytest.mark.parametrize(("make", "is_hit"), [(ready, True), (ready_without_snapshot, False), (generating, False)])
@pytest.mark.parametrize("board_cache", [True, False])
def test_cache_hit_says_that_a_snapshot_answered(
    make: Callable[[Tenant], Brand], is_hit: bool, board_cache: bool
) -> None:
    api = Api(client=AsgiClient(board_cache=board_cache))
    brand = make(api.tenant)
    query = "query ($b: ID!) { todayBoard(brandId: $b) { meta { cacheHit } } }"
    results = [api.data(query, b=str(brand.id))["todayBoard"]["meta"]["cacheHit"] for _ in range(2)]
    assert results == [is_hit, is_hit]
    assert not api.client.bypassed


def test_headers_of_every_vary_key_equal_djangos(settings: Settings) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    tenant = factories.make_tenant()
    brand, secret = ready(tenant), factories.make_secret(tenant)
    cached = Api(tenant=tenant, secret=secret, client=AsgiClient(board_cache=True))
    django = Api(tenant=tenant, secret=secret, client=AsgiClient(board_cache=False))
    body = {"query": TODAY_BOARD, "variables": {"b": str(brand.id)}}
    cached.post(body)
    django.post(body)
    for headers in (
        {},
        {"Accept": GRAPHQL},
        {"Origin": "https://app.example"},
        {"Origin": "https://evil.example"},
        {"Host": "evil.example"},
        {"Content-Type": "application/json; charset=utf-8"},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Basic x"},
        {"X-Request-ID": "harmless-1"},
        {"X-Request-ID": "<harmful>"},
    ):
        response, expected = cached.post(body, **headers), django.post(body, **headers)
        assert comparable(response, is_derived=False) == comparable(expected, is_derived=False), headers
        if "harmless-1" in headers.values():
            assert response["X-Request-ID"] == "harmless-1"
    assert len(json.loads(cached.post(body).content)["data"]["todayBoard"]["opportunities"]) == 4
    assert not cached.client.bypassed
