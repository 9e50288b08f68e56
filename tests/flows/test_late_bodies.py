"""Bodies shorter or longer than announced."""

from __future__ import annotations

import json
import socket
from contextlib import closing

import pytest

from tests.flows.conftest import Stack

QUERY = b'{"query": "{ __typename }"}'


@pytest.fixture(scope="class")
def environment() -> dict[str, str]:
    return {"KAIRO_REQUEST_BODY_TIMEOUT_S": "1"}


@pytest.mark.board_cache
class TestLateBodies:
    @pytest.mark.parametrize("length", [len(QUERY) + 1, 99_999_999_999])
    def test_short_body_is_408(self, stack: Stack, length: int) -> None:
        head, body = sent(stack, f"Content-Length: {length}", QUERY)
        assert head.startswith("HTTP/1.1 408")
        assert "connection: close" in head.lower()
        (error,) = json.loads(body)["errors"]
        assert error["extensions"]["code"] == "BAD_USER_INPUT"

    def test_endless_body_is_413(self, stack: Stack) -> None:
        megabyte = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
        head, body = sent(stack, "Transfer-Encoding: chunked", megabyte * 4)
        assert head.startswith("HTTP/1.1 413")
        assert json.loads(body)["errors"]

    def test_complete_body_is_served(self, stack: Stack) -> None:
        head, body = sent(stack, f"Content-Length: {len(QUERY)}", QUERY)
        assert head.startswith("HTTP/1.1 200")
        assert json.loads(body)["data"] == {"__typename": "Query"}


def sent(stack: Stack, header: str, body: bytes) -> tuple[str, bytes]:
    """Sends a POST with this header about its body; returns the headers and the body of the response."""
    secret = stack.manage("create_token", "--tenant", "late", "--name", "late", "--new-tenant").strip()
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {secret}\r\n"
        f"Content-Type: application/json\r\n{header}\r\n\r\n"
    )
    with closing(socket.create_connection(("127.0.0.1", stack.port), timeout=120)) as connection:
        connection.sendall(head.encode() + body)
        response = b""
        while b'"extensions":{' not in response and (more := connection.recv(65_536)):
            response += more
    headers, _, content = response.partition(b"\r\n\r\n")
    return headers.decode(), content
