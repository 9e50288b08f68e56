from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kairo.http.body_limit import Message, Receive
from schema.board_cache.request import MAX_BODY_BYTES, IncomingRequest

HEADERS = [(b"host", b"h"), (b"content-type", b"application/json"), (b"authorization", b"Bearer x")]
SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "POST",
    "path": "/graphql",
    "query_string": b"",
    "headers": HEADERS,
    "client": ("192.0.2.1", 1),
}


def receive_from(*messages: Message) -> Receive:
    remaining = iter(messages)

    async def receive() -> Message:
        return next(remaining)

    return receive


def part(body: bytes, *, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def request() -> IncomingRequest:
    built = IncomingRequest.from_scope(SCOPE)
    assert built is not None
    return built


@pytest.mark.parametrize(
    "change",
    [
        {"type": "websocket"},
        {"path": "/healthz"},
        {"root_path": "/prefix"},
        {"method": "PUT"},
        {"headers": HEADERS[:2]},
        {"headers": [*HEADERS, HEADERS[2]]},
    ],
)
def test_from_scope_excludes_other_requests(change: dict[str, Any]) -> None:
    assert IncomingRequest.from_scope({**SCOPE, **change}) is None


def test_from_scope_reads_the_peer_where_there_is_one() -> None:
    assert request().peer == "192.0.2.1"
    without = IncomingRequest.from_scope({**SCOPE, "client": None})
    assert without is not None
    assert without.peer == ""


@pytest.mark.parametrize(
    ("messages", "body"),
    [
        ([part(b"all")], b"all"),
        ([part(b"in", more=True), part(b""), part(b"unread")], b"in"),
        ([part(b"two ", more=True), part(b"parts")], b"two parts"),
        ([part(b"x" * MAX_BODY_BYTES)], b"x" * MAX_BODY_BYTES),
        ([part(b"x" * MAX_BODY_BYTES, more=True), part(b"x")], None),
        ([part(b"half", more=True), {"type": "http.disconnect"}], None),
    ],
)
def test_body_is_bounded_and_none_after_a_disconnect(messages: list[Message], body: bytes | None) -> None:
    assert asyncio.run(request().body(receive_from(*messages))) == body


def test_replay_repeats_the_messages_before_it_reads_on() -> None:
    async def run() -> list[bytes]:
        incoming = request()
        receive = receive_from(part(b"x" * MAX_BODY_BYTES, more=True), part(b"y", more=True), part(b"z"))
        assert await incoming.body(receive) is None
        replay = incoming.replay(receive)
        return [(await replay())["body"][-1:] for _ in range(3)]

    assert asyncio.run(run()) == [b"x", b"y", b"z"]
