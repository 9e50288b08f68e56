"""The API as a client speaks it: GraphQL over HTTP, through the whole of request handling."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpResponse

from kairo.core.models import Tenant
from tests.factories import make_secret, make_tenant
from tests.schema.door import Door

# The names that clients rely on: changing one here breaks them.
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
    """One client of one tenant. Exceptions of the server reach the client as they would in production."""

    tenant: Tenant = field(default_factory=make_tenant)
    secret: str = ""
    door: Door = field(default_factory=Door)

    def __post_init__(self) -> None:
        self.secret = self.secret or make_secret(self.tenant)

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The whole answer to a well-formed request."""
        response = self.post({"query": query, "variables": variables})
        return cast("dict[str, Any]", json.loads(response.content))

    def data(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer without errors."""
        answer = self.ask(query, **variables)
        assert "errors" not in answer, answer["errors"]
        return cast("dict[str, Any]", answer["data"])

    def codes(self, query: str, **variables: Any) -> list[str]:
        """The codes of the answer's errors."""
        return [error["extensions"]["code"] for error in self.ask(query, **variables).get("errors", [])]

    def post(self, body: object, **headers: str) -> HttpResponse:
        """The response to a body: bytes as they are, anything else as JSON. An empty header is left out."""
        sent = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json", **headers}
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.door.send("POST", content, headers={name: value for name, value in sent.items() if value})

    def get(self, **parameters: str) -> HttpResponse:
        """The response to a GET with these parameters; names with an initial capital are headers."""
        named = {name.replace("_", "-"): value for name, value in parameters.items() if name[0].isupper()}
        query = urlencode({name: value for name, value in parameters.items() if not name[0].isupper()})
        asks_first = {"GraphQL-Require-Preflight": "1"}
        headers = {"Authorization": f"Bearer {self.secret}", "Accept": GRAPHQL, **asks_first, **named}
        return self.door.send("GET", headers=headers, query=query)
