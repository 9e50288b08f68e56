from __future__ import annotations

import json
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest

from schema.board_cache.board_query import BoardQuery
from schema.documents import parse_and_validate
from schema.schema import schema
from schema.server.execution import Content
from schema.server.incoming_request import Head, IncomingRequest
from schema.server.media_types import JSON
from schema.server.operations import QueryMemory, run
from schema.server.persisted import is_persisted
from tests.factories import make_caller, make_tenant

pytestmark = pytest.mark.django_db

POST = IncomingRequest("POST", {}, b"", "", "", "id-1", Head(JSON, None, True, None))


def new_query() -> str:
    return f"query($b: ID!) {{ todayBoard(brandId: $b) {{ state }} }} # {uuid4()}"


def content(query: str, **more: Any) -> bytes:
    return json.dumps({"query": query, "variables": {"b": str(uuid4())}, **more}).encode()


def hash_of(query: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": sha256(query.encode()).hexdigest()}}


def prepared(body: bytes) -> BoardQuery | Content:
    return run(POST, body, make_caller(make_tenant()), finds_board_query=True)


def test_unknown_document_is_not_parsed_before_the_caller_is_known() -> None:
    memory, query = QueryMemory(max_bytes=100_000), new_query()
    assert memory.find(POST, content(query)) is None
    assert not parse_and_validate.is_cached(schema, query)
    assert isinstance(prepared(content(query)), BoardQuery)
    found = memory.find(POST, body := content(query))
    assert found is not None
    assert memory.held_bytes == 0
    memory.keep(POST, body, found)
    assert memory.find(POST, body) is found


def test_document_with_a_hash_is_persisted_by_a_known_caller_first() -> None:
    memory, query = QueryMemory(max_bytes=100_000), new_query()
    id_ = hash_of(query)["persistedQuery"]["sha256Hash"]
    prepared(content(query))
    body = content(query, extensions=hash_of(query))
    assert memory.find(POST, body) is None
    assert not is_persisted(id_)
    prepared(body)
    assert is_persisted(id_)
    assert memory.find(POST, body) is not None


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"query": "{ a"}', b"x" * 20_000])
def test_other_content_is_left_to_the_execution(body: bytes) -> None:
    assert QueryMemory(max_bytes=100_000).find(POST, body) is None


def test_get_needs_a_preflighted_header_and_a_persisted_query() -> None:
    memory, query = QueryMemory(max_bytes=100_000), new_query()
    prepared(content(query))
    text = f"query={query}&variables={json.dumps({'b': str(uuid4())})}".replace("#", "%23").encode()
    for is_preflighted in (True, False):
        get = IncomingRequest("GET", {}, text, "", "", "id-1", Head(JSON, None, is_preflighted, None))
        assert memory.find(get, text) is None


def test_operation_that_is_no_board_is_executed() -> None:
    result = prepared(b'{"query": "{ __typename }"}')
    assert isinstance(result, Content)
    assert json.loads(result.body)["data"] == {"__typename": "Query"}
