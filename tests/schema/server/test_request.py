from __future__ import annotations

import json
from http import HTTPStatus

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from schema.errors import Code
from schema.server.request import (
    GraphQLRequest,
    HttpError,
    bearer_secret,
    is_preflighted,
    request_from_body,
    request_from_query_string,
)

DIGEST = {"persistedQuery": {"version": 1, "sha256Hash": "abc"}}
PARSED = GraphQLRequest(query="{ a }", document_id=None, is_hashed=False, variables=None, operation_name=None)


def test_request_from_body_reads_every_parameter() -> None:
    assert request_from_body(b'{"query": "{ a }", "operationName": ""}') == PARSED
    body = {"query": "{ a }", "variables": {"n": 1}, "operationName": "A", "documentId": "id", "extensions": DIGEST}
    assert request_from_body(json.dumps(body).encode()) == GraphQLRequest(
        query="{ a }", document_id="abc", is_hashed=True, variables={"n": 1}, operation_name="A"
    )


def test_request_from_query_string_decodes_json_parameters() -> None:
    assert request_from_query_string(b"query={ a }") == PARSED
    text = f'documentId=id&variables={{"n": 1}}&extensions={json.dumps({})}'
    assert request_from_query_string(text.encode()) == GraphQLRequest(
        query=None, document_id="id", is_hashed=False, variables={"n": 1}, operation_name=None
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"query": NaN}',
        b'{"query": 1}',
        b'{"query": ""}',
        b'{"query": "{ a }", "variables": []}',
        b'{"query": "{ a }", "operationName": 1}',
        b'{"documentId": {}}',
        b'{"extensions": []}',
        b'{"extensions": {"persistedQuery": {"version": 2, "sha256Hash": "abc"}}}',
    ],
)
def test_request_from_body_refuses_another_shape(body: bytes) -> None:
    with pytest.raises(HttpError) as raised:
        request_from_body(body)
    assert (raised.value.status, raised.value.error.code) == (HTTPStatus.BAD_REQUEST, Code.BAD_USER_INPUT)


@given(body=st.binary(max_size=300))
def test_request_from_body_refuses_random_bytes(body: bytes) -> None:
    with pytest.raises(HttpError):
        request_from_body(body)


def test_request_from_query_string_refuses_too_many_parameters() -> None:
    too_many = "&".join(f"p{n}=" for n in range((settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or 1000) + 1))
    with pytest.raises(HttpError):
        request_from_query_string(too_many.encode())


@pytest.mark.parametrize(
    ("authorization", "secret"),
    [("Bearer x", "x"), ("bearer  x ", "x"), ("Basic x", None), ("Bearer ", None), ("", None)],
)
def test_bearer_secret_requires_the_scheme(authorization: str, secret: str | None) -> None:
    if secret is not None:
        assert bearer_secret(authorization) == secret
        return
    with pytest.raises(HttpError) as raised:
        bearer_secret(authorization)
    assert raised.value.status == HTTPStatus.UNAUTHORIZED
    assert raised.value.headers["WWW-Authenticate"] == 'Bearer realm="kairo"'


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, False),
        ({"Content-Type": "text/plain"}, False),
        ({"Content-Type": "application/json"}, True),
        ({"X-Requested-With": "a"}, True),
    ],
)
def test_is_preflighted_requires_a_header_of_cors(headers: dict[str, str], expected: bool) -> None:
    assert is_preflighted(lambda name: headers.get(name, "")) is expected
