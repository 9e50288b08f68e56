"""A client of the GraphQL API, over the whole of request handling."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlencode

from kairo.core.models import Tenant
from tests.factories import make_secret, make_tenant
from tests.schema.asgi_client import AsgiClient, Response

# Public names: changing one breaks clients.
TODAY_BOARD = """
query ($b: ID!) {
  todayBoard(brandId: $b) {
    __typename state readyReason remediation asOf job { id status } meta { generatedAt opportunityCount cacheHit }
    opportunities {
      id title angle whyNow type primaryChannel suggestedChannels score scoreParts { part points max sentence }
      persona { id name } pillar { id name } createdAt
      evidence {
        id platform url author snippet hasTranscript publishedAt metrics { views likes comments shares }
      }
    }
  }
}
"""
REGENERATE = """
mutation ($i: RegenerateTodayBoardInput!) {
  regenerateTodayBoard(input: $i) {
    __typename
    ... on GenerationAccepted { job { id status } }
    ... on Problem { message code }
  }
}
"""
GRAPHQL = "application/graphql-response+json"


@dataclass(kw_only=True)
class Api:
    """A client with a token of one tenant. An exception of the server becomes a response, as in production."""

    tenant: Tenant = field(default_factory=make_tenant)
    secret: str = ""
    client: AsgiClient = field(default_factory=AsgiClient)

    def __post_init__(self) -> None:
        self.secret = self.secret or make_secret(self.tenant)

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """Returns the payload of a response."""
        response = self.post({"query": query, "variables": variables})
        return cast("dict[str, Any]", json.loads(response.content))

    def data(self, query: str, **variables: Any) -> dict[str, Any]:
        """Returns the data of a response without errors."""
        payload = self.ask(query, **variables)
        assert "errors" not in payload, payload["errors"]
        return cast("dict[str, Any]", payload["data"])

    def codes(self, query: str, **variables: Any) -> list[str]:
        """Returns the codes of the response's errors."""
        return [error["extensions"]["code"] for error in self.ask(query, **variables).get("errors", [])]

    def post(self, body: object, **headers: str) -> Response:
        """Sends a body, as it is or as JSON. Headers with an empty value are left out."""
        sent = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json", **headers}
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.send("POST", content, headers={name: value for name, value in sent.items() if value})

    def get(self, **parameters: str) -> Response:
        """Sends a GET with these parameters; names with an initial capital are headers."""
        given_headers = {name.replace("_", "-"): value for name, value in parameters.items() if name[0].isupper()}
        query = urlencode({name: value for name, value in parameters.items() if not name[0].isupper()})
        preflight = {"GraphQL-Require-Preflight": "1"}
        headers = {"Authorization": f"Bearer {self.secret}", "Accept": GRAPHQL, **preflight, **given_headers}
        return self.client.send("GET", headers=headers, query=query)
