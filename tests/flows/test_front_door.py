"""What a deployment's own web process does with strangers, scripts of web pages, and callers in a hurry."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from typing import Any
from uuid import uuid4

import pytest

from tests.flows.conftest import Stack

PAGE = "https://app.example"
INTROSPECTION = "{ __schema { queryType { name } } }"
FEW_FAILURES = 5


@pytest.fixture(scope="class")
def environment() -> dict[str, str]:
    return {
        "KAIRO_CORS_ORIGINS": PAGE,
        "KAIRO_RATE_LIMIT_TOKEN_COST_PER_MIN": "50",
        "KAIRO_RATE_LIMIT_FAILED_AUTH_PER_MIN": str(FEW_FAILURES),
        "KAIRO_PROXY_HOPS": "1",
    }


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def error(self) -> dict[str, Any]:
        (error,) = json.loads(self.body)["errors"]
        assert isinstance(error, dict)
        return error


def ask(stack: Stack, token: str, query: str = "{ __typename }", *, method: str = "POST", **headers: str) -> Answer:
    sent = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(HTTPConnection("127.0.0.1", stack.port, timeout=60)) as connection:
        connection.request(method, "/graphql", json.dumps({"query": query}), sent)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())


def token(stack: Stack, *scopes: str) -> str:
    arguments = [word for scope in scopes for word in ("--scope", scope)]
    return stack.manage("create_token", "--tenant", "acme", "--name", "door", "--new-tenant", *arguments).strip()


class TestTheFrontDoor:
    def test_a_page_of_the_named_origin_may_ask(self, stack: Stack) -> None:
        preflight = ask(
            stack,
            "",
            method="OPTIONS",
            Origin=PAGE,
            Access_Control_Request_Method="POST",
            Access_Control_Request_Headers="authorization,content-type",
        )
        assert preflight.status == 200
        assert preflight.headers["Access-Control-Allow-Origin"] == PAGE
        assert "authorization" in preflight.headers["Access-Control-Allow-Headers"]
        answer = ask(stack, token(stack), Origin=PAGE)
        assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (200, PAGE)
        assert "X-Request-ID" in answer.headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Origin" not in ask(stack, token(stack), Origin="https://evil.example").headers

    def test_only_an_admin_introspects(self, stack: Stack) -> None:
        refused = ask(stack, token(stack, "read"), INTROSPECTION)
        assert refused.error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
        assert b'"queryType"' in ask(stack, token(stack, "read", "admin"), INTROSPECTION).body

    def test_a_token_that_asks_for_too_much_is_told_when_to_come_again(self, stack: Stack) -> None:
        hasty = token(stack)
        told = [ask(stack, hasty, "{ brands { id name } }") for _ in range(3)]
        assert [answer.status for answer in told] == [200, 200, 429]  # 21 each, of 50
        assert told[2].error["extensions"]["code"] == "RATE_LIMITED"
        assert told[2].headers["Retry-After"] == str(told[2].error["extensions"]["retryAfterS"])
        assert ask(stack, token(stack), "{ brands { id name } }").status == 200

    def test_a_guesser_is_shut_out_by_the_address_that_the_proxy_tells(self, stack: Stack) -> None:
        good, guesser = token(stack), f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}::7"
        guesses = [ask(stack, f"guess-{n}", X_Forwarded_For=guesser) for n in range(FEW_FAILURES + 2)]
        assert [answer.status for answer in guesses] == [401] * (FEW_FAILURES + 1) + [429]
        assert int(guesses[-1].headers["Retry-After"]) > 0
        assert ask(stack, good, X_Forwarded_For="203.0.113.8").status == 200
        assert ask(stack, good).status == 200

    def test_another_host_is_one_line_of_warning_and_a_page_that_may_do_nothing(self, stack: Stack) -> None:
        log = stack.logs / "web.log"
        before = len(log.read_text().splitlines())
        answer = ask(stack, "", Host="evil.example")
        assert answer.status == 400
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert (answer.headers["X-Frame-Options"], answer.headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
        (line,) = log.read_text().splitlines()[before:]
        assert json.loads(line)["level"] == "WARNING"
        assert "evil.example" in json.loads(line)["message"]
