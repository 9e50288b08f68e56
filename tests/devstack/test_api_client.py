import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kairo.devstack.api_client import ApiClient, ApiRefused, ApiUnanswered, is_ready


class Handler(BaseHTTPRequestHandler):
    """Answers as the server attribute `response` says: a status and a body."""

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.requests.append((self.headers["Authorization"], json.loads(self.rfile.read(length))))  # type: ignore[attr-defined]  # set by the fixture
        self._respond()

    def do_GET(self) -> None:
        self._respond()

    def _respond(self) -> None:
        status, body = self.server.response  # type: ignore[attr-defined]  # set by the fixture
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of the base class
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.requests = []  # type: ignore[attr-defined]  # read by the handler
        running.response = (200, {"data": {"a": 1}})  # type: ignore[attr-defined]  # read by the handler
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def client_of(server: ThreadingHTTPServer) -> ApiClient:
    return ApiClient(url=f"http://127.0.0.1:{server.server_port}/graphql", token="secret")


def test_graphql_sends_token_and_variables_and_returns_data(server: ThreadingHTTPServer) -> None:
    assert client_of(server).graphql("query($b: ID!) { a }", b="1") == {"a": 1}
    assert server.requests == [  # type: ignore[attr-defined]  # set by the fixture
        ("Bearer secret", {"query": "query($b: ID!) { a }", "variables": {"b": "1"}})
    ]


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, {"errors": [{"message": "no", "extensions": {"retryable": False}}]}, ApiRefused),
        (200, {"errors": [{"message": "later", "extensions": {"retryable": True}}]}, ApiUnanswered),
        (401, {}, ApiRefused),
        (429, {}, ApiUnanswered),
        (503, {}, ApiUnanswered),
    ],
)
def test_graphql_tells_retryable_errors_from_others(
    server: ThreadingHTTPServer, status: int, body: dict[str, object], error: type[Exception]
) -> None:
    server.response = (status, body)  # type: ignore[attr-defined]  # read by the handler
    with pytest.raises(error):
        client_of(server).graphql("{ a }")


def test_is_ready_follows_the_status_of_readyz(server: ThreadingHTTPServer) -> None:
    url = client_of(server).url
    assert is_ready(url)
    server.response = (503, {})  # type: ignore[attr-defined]  # read by the handler
    assert not is_ready(url)
