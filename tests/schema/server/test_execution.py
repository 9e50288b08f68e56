from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from kairo.core.models import ApiToken
from kairo.core.services.api_tokens import create_token, revoke_token
from tests.factories import make_brand, make_tenant
from tests.schema.api import GRAPHQL, REGENERATE, Api
from tests.schema.asgi_client import Client

pytestmark = pytest.mark.django_db

OK = {"query": "{ brands { slug } }"}


@pytest.fixture
def api() -> Api:
    return Api()


def code_of(content: bytes) -> str:
    answer = json.loads(content)
    assert "data" not in answer
    (error,) = answer["errors"]
    assert set(error["extensions"]) >= {"code", "requestId", "retryable"}
    return str(error["extensions"]["code"])


def test_response_is_json_and_not_stored(api: Api) -> None:
    brand = make_brand(api.tenant)
    response = api.post(OK)
    assert response.status_code == 200
    assert json.loads(response.content)["data"] == {"brands": [{"slug": brand.slug}]}
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Request-ID"]


@pytest.mark.parametrize("method", ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"])
def test_method_other_than_post_and_get_is_405(api: Api, method: str) -> None:
    response = Client(headers={"Authorization": f"Bearer {api.secret}"}).generic(
        method, "/graphql?query={__typename}", json.dumps(OK), headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 405
    assert response["Allow"] == "GET, POST"


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=utf-16",
        "application/json-seq",
        "text/html; application/json",
    ],
)
def test_content_type_of_a_form_is_415(api: Api, content_type: str) -> None:
    response = api.post(OK, **{"Content-Type": content_type})
    assert (response.status_code, code_of(response.content)) == (415, "BAD_USER_INPUT")


BAD_BODIES: dict[str, bytes] = {
    "empty": b"",
    "null": b"null",
    "number": b"1",
    "string": b'"{ __typename }"',
    "true": b"true",
    "array": b"[]",
    "batch": b'[{"query":"{ __typename }"},{"query":"{ __typename }"}]',
    "not json": b"{",
    "nan": b'{"query":"{ __typename }","variables":{"a":NaN}}',
    "infinity": b'{"query":"{ __typename }","variables":{"a":-Infinity}}',
    "latin-1": b'{"query":"{ __typename } # \xe9"}',
    "utf-16": '{"query":"{ __typename }"}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"query":"{ __typename }"}',
    "deep array": b"[" * 100_000 + b"]" * 100_000,
    "deep object": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "deep variables": b'{"query":"{ __typename }","variables":' + b'{"a":' * 90_000 + b"1" + b"}" * 90_001,
    "huge integer": b'{"query":"{ __typename }","variables":{"a":' + b"9" * 10_000 + b"}}",
    "no query": b"{}",
    "query null": b'{"query":null}',
    "query empty": b'{"query":""}',
    "query number": b'{"query":1}',
    "query array": b'{"query":["{ __typename }"]}',
    "query object": b'{"query":{}}',
    "variables string": b'{"query":"{ __typename }","variables":"{}"}',
    "variables array": b'{"query":"{ __typename }","variables":[]}',
    "variables number": b'{"query":"{ __typename }","variables":0}',
    "variables false": b'{"query":"{ __typename }","variables":false}',
    "operationName number": b'{"query":"{ __typename }","operationName":1}',
    "operationName object": b'{"query":"{ __typename }","operationName":{}}',
    "extensions string": b'{"query":"{ __typename }","extensions":""}',
    "extensions array": b'{"query":"{ __typename }","extensions":[]}',
    "nul": b"\0",
    "nul in front": b'\0{"query":"{ __typename }"}',
    "trailing": b'{"query":"{ __typename }"} x',
}


@pytest.mark.parametrize("accept", [GRAPHQL, "application/json", "", "*/*"])
@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES.keys())
def test_body_of_another_shape_is_400(api: Api, body: bytes, accept: str) -> None:
    response = api.post(body, Accept=accept)
    assert (response.status_code, code_of(response.content)) == (400, "BAD_USER_INPUT")
    assert response["Content-Type"].startswith(GRAPHQL if accept == GRAPHQL else "application/json")


GOOD_BODIES: dict[str, bytes] = {
    "nulls": b'{"query":"{ __typename }","variables":null,"operationName":null,"extensions":null}',
    "unknown members": b'{"query":"{ __typename }","id":"x","":{}}',
    "the last of two": b'{"query":"{","query":"{ __typename }"}',
    "spaces": b' \n{"query" : "{ __typename }" } ',
    "undeclared variables": b'{"query":"{ __typename }","variables":{"a":18446744073709551616,"b":1e999}}',
    "empty name": b'{"query":"{ __typename }","operationName":""}',
    "other scripts": '{"query":"{ __typename } # こんにちは 😀"}'.encode(),
}


@pytest.mark.parametrize("body", GOOD_BODIES.values(), ids=GOOD_BODIES.keys())
def test_body_of_the_right_shape_is_executed(api: Api, body: bytes) -> None:
    assert json.loads(api.post(body).content)["data"] == {"__typename": "Query"}


def test_body_over_the_limit_is_413_in_json(api: Api) -> None:
    for size in (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1, 4_000_000):
        response = api.post(b" " * size)
        assert (response.status_code, code_of(response.content)) == (413, "BAD_USER_INPUT")


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{", {}, "GRAPHQL_PARSE_FAILED"),
        ("\0", {}, "GRAPHQL_PARSE_FAILED"),
        ("{ __typename } tokens", {}, "GRAPHQL_PARSE_FAILED"),
        ("\ud800", {}, "GRAPHQL_PARSE_FAILED"),
        ('{ brand(id: "\ud800") { id } }', {}, "GRAPHQL_PARSE_FAILED"),
        ("{ brands }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("{ a: nothing b: nothing }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query ($b: ID!) { brand(id: $b) { id } }", {}, "BAD_USER_INPUT"),
        ("query ($b: Int!) { a: __typename @skip(if: $b) }", {"b": "\ud800"}, "GRAPHQL_VALIDATION_FAILED"),
        ("query ($b: Boolean!) { a: __typename @skip(if: $b) }", {"b": "\ud800"}, "BAD_USER_INPUT"),
        (REGENERATE, {"i": {"brandId": "x", "more": "\0"}}, "BAD_USER_INPUT"),
        (REGENERATE, {"i": {"brandId": "x", "\ud800": 1}}, "BAD_USER_INPUT"),
        ("{" + "__typename " * 1000 + "}", {}, "QUERY_TOO_COMPLEX"),
    ],
)
def test_invalid_document_has_no_data(api: Api, query: str, variables: dict[str, Any], code: str) -> None:
    body = {"query": query, "variables": variables}
    for accept, status in ((GRAPHQL, 400), ("application/json", 200)):
        response = api.post(body, Accept=accept)
        answer = json.loads(response.content)
        assert (response.status_code, answer["errors"][0]["extensions"]["code"]) == (status, code)
        assert "data" not in answer


def test_field_error_is_200_with_data(api: Api) -> None:
    response = api.post({"query": '{ todayBoard(brandId: "x") { id } }'}, Accept=GRAPHQL)
    assert response.status_code == 200
    assert json.loads(response.content)["data"] is None


@pytest.mark.parametrize(
    ("authorization", "challenge"),
    [
        ("", 'Bearer realm="kairo"'),
        ("Bearer", 'Bearer realm="kairo"'),
        ("Bearer   ", 'Bearer realm="kairo"'),
        ("Basic dXNlcjpwYXNz", 'Bearer realm="kairo"'),
        ("Bearer nothing", 'Bearer realm="kairo", error="invalid_token"'),
        ("bearer \udcff", 'Bearer realm="kairo", error="invalid_token"'),
        ("Bearer " + "x" * 5000, 'Bearer realm="kairo", error="invalid_token"'),
    ],
)
def test_missing_token_is_401_with_a_challenge(api: Api, authorization: str, challenge: str) -> None:
    for body in (OK, {"query": "{"}, {"query": "{ __schema { types { name } } }"}):
        response = api.post(body, Authorization=authorization)
        assert (response.status_code, code_of(response.content)) == (401, "UNAUTHENTICATED")
        assert response["WWW-Authenticate"] == challenge


def test_expired_or_revoked_token_is_401() -> None:
    tenant = make_tenant()
    _, expired = create_token(tenant=tenant, name="old")
    ApiToken.objects.update(expires_at="2020-01-01T00:00:00Z")
    revoked_row, revoked = create_token(tenant=tenant, name="gone")
    revoke_token(token=revoked_row)
    for secret in (expired, revoked):
        assert Api(tenant=tenant, secret=secret).post(OK).status_code == 401


def test_authorization_scheme_is_case_insensitive(api: Api) -> None:
    for scheme in ("Bearer", "bearer", "BEARER", "Bearer  "):
        assert api.post(OK, Authorization=f"{scheme} {api.secret}").status_code == 200


def test_token_is_never_logged(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    api.post(OK)
    api.post(OK, Authorization="Bearer not-a-token-of-ours")
    api.post(b"x")
    assert api.secret not in caplog.text
    assert "not-a-token-of-ours" not in caplog.text


# The one client serves all examples, and a busy machine is no failure.
CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@hypothesis(deadline=None, max_examples=40, suppress_health_check=CALM)
@given(body=st.binary(max_size=300))
def test_random_bytes_never_fail_the_server(api: Api, body: bytes) -> None:
    assert api.post(body).status_code == 400


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(categories=None), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@hypothesis(deadline=None, max_examples=80, suppress_health_check=CALM)
@given(query=st.sampled_from([REGENERATE, "{ __typename }", 1, None]) | st.text(), variables=_JSON, name=_JSON)
def test_random_json_never_fails_the_server(api: Api, query: object, variables: object, name: object) -> None:
    response = api.post({"query": query, "variables": variables, "operationName": name})
    assert response.status_code in {200, 400}
    assert b"INTERNAL" not in response.content


@hypothesis(deadline=None, max_examples=40, suppress_health_check=CALM)
@given(value=_JSON)
def test_random_input_never_fails_the_server(api: Api, value: object) -> None:
    for variables in ({"i": value}, {"i": {"brandId": value}}, {"i": {"brandId": "x", "idempotencyKey": value}}):
        response = api.post({"query": REGENERATE, "variables": variables})
        assert response.status_code in {200, 400}
        assert b"INTERNAL" not in response.content
