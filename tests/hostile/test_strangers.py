"""What a caller without a valid token sends is neither parsed nor kept, and costs about as much as a refusal."""

from __future__ import annotations

import json
from hashlib import sha256
from time import monotonic
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings

from kairo.core.services import rate_limits
from schema.documents import parse_and_validate
from schema.schema import schema
from schema.server import persisted
from tests.effort import count_calls
from tests.factories import make_brand
from tests.schema.api import TODAY_BOARD, Api
from tests.schema.asgi_client import AsgiClient, Response

pytestmark = pytest.mark.django_db

# 6 kB, within every limit of a document but the one on merged fields.
MERGED = "query($b:ID!){todayBoard(brandId:$b){" + "...on TodayBoardReady{meta{generatedAt}}" * 196 + "}}"
MANY_SEMICOLONS = 'application/json;a="' + ";" * 40_000
# A refusal takes about 700 calls, its statement included; the document above took 1,000,000.
FEW_CALLS = 2_500


def code_of(response: Response) -> str:
    (error,) = response.json()["errors"]
    return str(error["extensions"]["code"])


def kept(client: AsgiClient) -> tuple[object, ...]:
    """The size of all that a process keeps of its requests."""
    server = client.server
    return (
        len(parse_and_validate.cache),
        len(persisted._automatic),
        server._queries.held_bytes,
        len(server._tokens._tokens),
        len(server._heads),
        server.responses.bytes,
    )


@pytest.fixture
def api() -> Api:
    """A client whose token the server knows."""
    api = Api(client=AsgiClient(board_cache=True))
    api.data("{ __typename }")
    return api


STRANGE: dict[str, dict[str, Any]] = {
    "merged fields": {"query": MERGED, "variables": {"b": str(uuid4())}},
    "many tokens": {"query": "{" + "a " * 1_900 + "}"},
    "a hash": {"query": "{ a }", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "x"}}},
    "deep variables": {"query": TODAY_BOARD, "variables": {"b": json.loads("[" * 400 + "]" * 400)}},
    "many variables": {"query": TODAY_BOARD, "variables": {f"v{n}": n for n in range(20_000)}},
}


@pytest.mark.parametrize("body", STRANGE.values(), ids=STRANGE.keys())
def test_wrong_token_is_refused_before_the_document(api: Api, body: dict[str, Any]) -> None:
    parse_and_validate.cache.drop((schema, str(body["query"])))
    content, before = json.dumps(body).encode(), kept(api.client)
    response, calls = count_calls(lambda: api.post(content, Authorization="Bearer wrong"))
    assert (response.status_code, code_of(response)) == (401, "UNAUTHENTICATED")
    assert calls < FEW_CALLS
    assert kept(api.client) == before


def test_limited_address_is_refused_before_its_body(api: Api, settings: Settings) -> None:
    address = f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}::1"
    rate_limits._block(rate_limits._network(address), until=monotonic() + 60)
    settings.PROXY_HOPS = 1
    try:
        body = json.dumps({"query": MERGED}).encode()
        before = kept(api.client)
        response, calls = count_calls(lambda: api.post(body, Authorization="Bearer x", **{"X-Forwarded-For": address}))
    finally:
        rate_limits._blocked_until.clear()
    assert (response.status_code, code_of(response)) == (429, "RATE_LIMITED")
    assert calls < FEW_CALLS
    assert kept(api.client) == before


def test_strangers_evict_no_persisted_query(api: Api) -> None:
    query = f"query Learnt {{ brands {{ slug }} }} # {uuid4()}"
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": sha256(query.encode()).hexdigest()}}
    api.post({"query": query, "extensions": extensions})
    before = kept(api.client)
    for n in range(200):
        text = f"query S{n} {{ brands {{ slug }} }}" + " " * 40_000
        known = {"persistedQuery": {"version": 1, "sha256Hash": sha256(text.encode()).hexdigest()}}
        response = api.post({"query": text, "extensions": known}, Authorization=f"Bearer guess-{n}", Accept=f"a/{n}")
        assert response.status_code == 401
    assert kept(api.client) == before
    assert "errors" not in api.post({"extensions": extensions}).json()


@pytest.mark.parametrize("header", ["Content-Type", "Accept"])
@pytest.mark.parametrize("authorization", ["", "Bearer wrong"])
def test_long_media_type_is_not_parsed(api: Api, header: str, authorization: str) -> None:
    body = b'{"query": "{ __typename }"}'
    response, calls = count_calls(lambda: api.post(body, Authorization=authorization, **{header: MANY_SEMICOLONS}))
    assert response.status_code == (415 if header == "Content-Type" else 401)
    assert calls < FEW_CALLS


def test_merged_fields_are_refused_to_a_known_caller(api: Api) -> None:
    brand = make_brand(api.tenant)
    parse_and_validate.cache.drop((schema, MERGED))
    response, calls = count_calls(lambda: api.post({"query": MERGED, "variables": {"b": str(brand.id)}}))
    assert code_of(response) == "QUERY_TOO_COMPLEX"
    assert calls < 200_000  # it was 1,000,000
