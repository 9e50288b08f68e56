"""The ingestEvidence mutation as its tests send it."""

from __future__ import annotations

from typing import Any

from kairo.core.models import Brand
from schema.ids import global_id
from tests.schema.api import Api

INGEST = """
mutation ($i: IngestEvidenceInput!) {
  ingestEvidence(input: $i) {
    __typename
    ... on EvidenceIngested {
      created updated unchanged duplicates rejected
      outcomes { index outcome evidenceId code path message notes }
    }
    ... on EvidenceRejectedProblem { outcomes { index outcome code path } }
    ... on InvalidInputProblem { path }
    ... on Problem { message code }
  }
}
"""


def an_item(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "platform": "TIKTOK",
        "externalId": str(number),
        "publishedAt": "2025-10-31T10:00:00Z",
        "textPrimary": f"Keep the brine, number {number}",
        **changes,
    }


def ingest(api: Api, brand: Brand, *items: Any, **more: Any) -> dict[str, Any]:
    given = {"brandId": global_id("Brand", brand.id), "items": items, **more}
    answer: dict[str, Any] = api.data(INGEST, i=given)["ingestEvidence"]
    return answer


def outcomes(answer: dict[str, Any]) -> list[str]:
    return [outcome["outcome"] for outcome in answer["outcomes"]]
