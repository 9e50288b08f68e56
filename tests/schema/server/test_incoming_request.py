from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
from pytest_django import Settings

from schema.server.incoming_request import Head, HeadMemory, IncomingRequest, read_head
from schema.server.media_types import GRAPHQL, JSON

JSON_BODY = [(b"host", b"testserver"), (b"content-type", b"application/json")]
SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "POST",
    "path": "/graphql",
    "query_string": b"a=1",
    "headers": JSON_BODY,
    "client": ("192.0.2.1", 1),
}
PAGE = b"https://app.example"


def request(*headers: tuple[bytes, bytes], **change: Any) -> IncomingRequest:
    return IncomingRequest.from_scope({**SCOPE, "headers": [*JSON_BODY, *headers], **change})


def head(*headers: tuple[bytes, bytes], **change: Any) -> Head:
    return read_head(request(*headers, **change))


def refused(*headers: tuple[bytes, bytes], **change: Any) -> HTTPStatus | None:
    refusal = head(*headers, **change).refusal
    return refusal.status if refusal else None


def test_from_scope_reads_the_peer_where_there_is_one() -> None:
    assert request().client_ip() == "192.0.2.1"
    assert request(client=None).client_ip() == ""


def test_client_ip_is_the_forwarded_one_behind_a_proxy(settings: Settings) -> None:
    settings.PROXY_HOPS = 1
    assert request((b"x-forwarded-for", b"198.51.100.1, 203.0.113.8")).client_ip() == "203.0.113.8"


def test_repeated_headers_are_joined() -> None:
    assert request((b"accept", b"a"), (b"accept", b"b")).text(b"accept") == "a,b"


def test_request_id_is_the_clients_where_it_is_safe() -> None:
    assert request((b"x-request-id", b"abc-1")).request_id == "abc-1"
    assert len(request((b"x-request-id", b"a b")).request_id) == len(request().request_id) == 36


def test_head_has_the_media_type_and_the_allowed_origin(settings: Settings) -> None:
    settings.CORS_ALLOWED_ORIGINS = [PAGE.decode()]
    assert head() == Head(JSON, None, True, None)
    assert head((b"accept", GRAPHQL.encode()), (b"origin", PAGE)) == Head(GRAPHQL, PAGE, True, None)
    assert head((b"origin", b"https://evil.example")).origin is None


@pytest.mark.parametrize(
    ("headers", "method", "status"),
    [
        ([], "POST", None),
        ([(b"host", b"x")], "POST", HTTPStatus.BAD_REQUEST),
        ([(b"host", b"")], "POST", HTTPStatus.BAD_REQUEST),
        ([], "PUT", HTTPStatus.METHOD_NOT_ALLOWED),
        ([], "OPTIONS", HTTPStatus.METHOD_NOT_ALLOWED),
        ([(b"content-type", b"text/plain")], "POST", HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
        ([(b"content-type", b"text/plain")], "GET", None),
        ([(b"content-encoding", b"gzip")], "POST", HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
        ([(b"content-encoding", b"Identity")], "POST", None),
    ],
)
def test_head_is_refused_by_host_method_and_body_type(
    headers: list[tuple[bytes, bytes]], method: str, status: HTTPStatus | None
) -> None:
    replaced = {name for name, _ in headers}
    kept = [pair for pair in JSON_BODY if pair[0] not in replaced]
    assert refused(headers=[*kept, *headers], method=method) == status


def test_host_is_the_servers_where_the_client_names_none() -> None:
    assert refused(headers=JSON_BODY[1:], server=("testserver", 80)) is None
    assert refused(headers=JSON_BODY[1:]) == HTTPStatus.BAD_REQUEST


def test_key_contains_only_headers_that_decide() -> None:
    assert request().head_key == request((b"x-other", b"1"), (b"authorization", b"a")).head_key
    for name in (b"accept", b"origin", b"graphql-require-preflight", b"content-encoding"):
        assert request().head_key != request((name, b"1")).head_key
    assert request().head_key != request(method="GET").head_key


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([JSON_BODY[0]], False),
        (JSON_BODY, True),
        ([JSON_BODY[0], (b"graphql-require-preflight", b"1")], True),
        ([JSON_BODY[0], (b"accept", b"x")], False),
    ],
)
def test_preflight_is_shown_by_a_header_of_cors(headers: list[tuple[bytes, bytes]], expected: bool) -> None:
    assert head(headers=headers, method="GET").is_preflighted is expected


def test_memory_keeps_a_bounded_number_of_short_heads() -> None:
    memory, kept = HeadMemory(), head()
    for n in range(1_000):
        memory.keep((key := request((b"accept", b"a/%d" % n)).head_key), kept)
        assert memory.get(key) is kept
    assert 0 < len(memory) <= 256
    memory.keep((long := request((b"accept", b"a" * 2_000)).head_key), kept)
    assert memory.get(long) is None
