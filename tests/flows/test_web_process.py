"""The web process of a deployment: CORS, introspection, rate limits and unknown hosts."""

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
        "KAIRO_RATE_LIMIT_TOKEN_COST_PER_MIN": "1500",
        "KAIRO_RATE_LIMIT_FAILED_AUTH_PER_MIN": str(FEW_FAILURES),
        "KAIRO_PROXY_HOPS": "1",
    }


@dataclass(frozen=True)
class Response:
    status: int
    headers: Message
    body: bytes

    @property
    def error(self) -> dict[str, Any]:
        (error,) = json.loads(self.body)["errors"]
        assert isinstance(error, dict)
        return error


def ask(stack: Stack, token: str, query: str = "{ __typename }", *, method: str = "POST", **headers: str) -> Response:
    all_headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    all_headers |= {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(HTTPConnection("127.0.0.1", stack.port, timeout=60)) as connection:
        connection.request(method, "/graphql", json.dumps({"query": query}), all_headers)
        response = connection.getresponse()
        return Response(response.status, response.headers, response.read())


def token(stack: Stack, *scopes: str) -> str:
    arguments = [word for scope in scopes for word in ("--scope", scope)]
    return stack.manage("create_token", "--tenant", "acme", "--name", "flow", "--new-tenant", *arguments).strip()


class TestWebProcess:
    def test_cors_allows_the_configured_origin(self, stack: Stack) -> None:
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
        response = ask(stack, token(stack), Origin=PAGE)
        assert (response.status, response.headers["Access-Control-Allow-Origin"]) == (200, PAGE)
        assert "X-Request-ID" in response.headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Origin" not in ask(stack, token(stack), Origin="https://evil.example").headers

    def test_introspection_requires_admin(self, stack: Stack) -> None:
        refused = ask(stack, token(stack, "read"), INTROSPECTION)
        assert refused.error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
        assert b'"queryType"' in ask(stack, token(stack, "read", "admin"), INTROSPECTION).body

    def test_rate_limit_of_a_token_is_429_with_retry_after(self, stack: Stack) -> None:
        limited = token(stack)
        responses = [ask(stack, limited, "{ brands { id name } }") for _ in range(3)]
        assert [response.status for response in responses] == [200, 200, 429]  # 4,650 each, of 10,000
        assert responses[2].error["extensions"]["code"] == "RATE_LIMITED"
        assert responses[2].headers["Retry-After"] == str(responses[2].error["extensions"]["retryAfterS"])
        assert ask(stack, token(stack), "{ brands { id name } }").status == 200

    def test_address_limit_uses_the_forwarded_address(self, stack: Stack) -> None:
        good, guesser = token(stack), f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}::7"
        guesses = [ask(stack, f"guess-{n}", X_Forwarded_For=guesser) for n in range(FEW_FAILURES + 2)]
        assert [response.status for response in guesses] == [401] * (FEW_FAILURES + 1) + [429]
        assert int(guesses[-1].headers["Retry-After"]) > 0
        assert ask(stack, good, X_Forwarded_For="203.0.113.8").status == 200
        assert ask(stack, good).status == 200

    def test_unknown_host_is_400_with_one_warning_and_a_strict_policy(self, stack: Stack) -> None:
        log = stack.logs / "web.log"
        before = len(log.read_text().splitlines())
        response = ask(stack, "", Host="evil.example")
        assert response.status == 400
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert (response.headers["X-Frame-Options"], response.headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
        (line,) = log.read_text().splitlines()[before:]
        assert json.loads(line)["level"] == "WARNING"
        assert "evil.example" in json.loads(line)["message"]
