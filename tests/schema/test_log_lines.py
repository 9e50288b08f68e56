"""A client error logs one line at INFO without a secret."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from pytest_django import Settings

from kairo.observability.logs import JsonFormatter, TextFormatter
from tests.schema.api import REGENERATE, Api
from tests.schema.asgi_client import Client

pytestmark = pytest.mark.django_db

BY_ID = "query ($b: ID!) { brand(id: $b) { id } }"


def get(api: Api, **parameters: str) -> HttpResponse:
    response = Client(headers={"Authorization": f"Bearer {api.secret}"}).get("/graphql", parameters)
    assert isinstance(response, HttpResponse)
    return response


# Each with the token in a wrong place.
MISTAKES: dict[str, Callable[[Api], HttpResponse]] = {
    "not GraphQL": lambda api: api.post({"query": f"{{ brands {api.secret}( }}"}),
    "another schema": lambda api: api.post({"query": f"{{ {api.secret} }}"}),
    "a literal that does not fit": lambda api: api.post(
        {"query": f'{{ brands(includeArchived: "{api.secret}") {{ id }} }}'}
    ),
    "a variable that does not fit": lambda api: api.post({"query": BY_ID, "variables": {"b": {"x": api.secret}}}),
    "an unknown key": lambda api: api.post({"query": REGENERATE, "variables": {"i": {api.secret: 1}}}),
    "not found": lambda api: api.post({"query": BY_ID, "variables": {"b": api.secret}}),
    "no such operation": lambda api: api.post({"query": "query A { __typename }", "operationName": api.secret}),
    "no such document": lambda api: api.post({"documentId": api.secret}),
    "not JSON": lambda api: api.post(api.secret.encode()),
    "another shape": lambda api: api.post({"query": [api.secret]}),
    "another type": lambda api: api.post({"query": BY_ID}, **{"Content-Type": f"text/{api.secret}"}),
    "no token": lambda api: api.post({"query": BY_ID, "token": api.secret}, Authorization=""),
    "another scheme": lambda api: api.post({"query": BY_ID}, Authorization=f"Token {api.secret}"),
    "an unknown token": lambda api: api.post({"query": BY_ID}, Authorization=f"Bearer {api.secret}x"),
    "by GET": lambda api: get(api, query=BY_ID, token=api.secret),
    "by GET, not JSON": lambda api: get(api, query=BY_ID, variables=api.secret, access_token=api.secret),
}


@pytest.mark.parametrize("formatter", [TextFormatter, JsonFormatter])
@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_client_error_logs_one_line_without_the_token(
    mistake: Callable[[Api], HttpResponse], formatter: type[logging.Formatter], caplog: pytest.LogCaptureFixture
) -> None:
    api = Api()
    caplog.handler.setFormatter(formatter())
    caplog.set_level(logging.INFO)
    assert b'"errors"' in mistake(api).content
    assert [(record.levelname, record.name) for record in caplog.records] == [("INFO", "kairo.graphql")]
    assert len(caplog.text.splitlines()) == 1
    assert api.secret[10:] not in caplog.text


def test_rate_limit_logs_one_line(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 1
    api = Api()
    assert api.post({"query": "{ __typename }"}).status_code == 200
    caplog.set_level(logging.INFO)
    assert api.post({"query": "{ __typename }"}).status_code == 429
    (record,) = caplog.records
    assert (record.levelname, "RATE_LIMITED" in record.getMessage()) == ("INFO", True)


def test_problem_of_a_mutation_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    api = Api()
    caplog.set_level(logging.INFO)
    api.data(REGENERATE, i={"brandId": "x"})
    assert caplog.records == []
