"""An HTTP client of the running API."""

import json
import urllib.error
import urllib.request
from typing import Any

from kairo.devstack.errors import DevstackError

_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # loopback goes through no proxy


class ApiUnanswered(DevstackError):
    """The API did not answer, or answered with a retryable error."""


class ApiRefused(DevstackError):
    """The API answered with an error that a retry would meet again."""


class ApiClient:
    """Sends GraphQL requests with one token."""

    def __init__(self, *, url: str, token: str) -> None:
        self.url = url
        self._token = token

    def graphql(self, query: str, **variables: str) -> dict[str, Any]:
        """Returns the response's `data`.

        Raises:
            ApiUnanswered, ApiRefused
        """
        request = urllib.request.Request(  # noqa: S310 - http on loopback
            self.url,
            data=json.dumps({"query": query, "variables": variables}).encode(),
            headers={"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"},
        )
        response = json.loads(read(request))
        if errors := response.get("errors"):
            is_retryable = any(error.get("extensions", {}).get("retryable") for error in errors)
            raise (ApiUnanswered if is_retryable else ApiRefused)(" ".join(error["message"] for error in errors))
        data: dict[str, Any] = response["data"]
        return data

    def curl_line(self, query: str, **variables: str) -> str:
        """Returns a shell line that sends the query, valid as pasted: queries and ids contain no single quote."""
        body = json.dumps({"query": query, "variables": variables})
        headers = f"-H 'Authorization: Bearer {self._token}' -H 'Content-Type: application/json'"
        return f"curl -s {self.url} {headers} -d '{body}'"


def is_ready(api_url: str) -> bool:
    """Whether /readyz answers 200: the API, its database and its Redis can serve."""
    try:
        read(urllib.request.Request(api_url.replace("/graphql", "/readyz")), timeout_s=2)  # noqa: S310 - loopback
    except DevstackError:
        return False
    return True


def read(request: urllib.request.Request, *, timeout_s: float = 10) -> bytes:
    """Returns the response's body.

    Raises:
        ApiUnanswered, ApiRefused
    """
    try:
        with _DIRECT.open(request, timeout=timeout_s) as response:
            body: bytes = response.read()
            return body
    except urllib.error.HTTPError as error:
        detail = error.read()[:1000].decode(errors="replace")
        kind = ApiUnanswered if error.code == 429 or error.code >= 500 else ApiRefused
        raise kind(f"{request.full_url} answered {error.code}: {detail}") from None
    except OSError as error:
        raise ApiUnanswered(f"{request.full_url} did not answer: {error}") from None
