"""The query that every server gets, as bytes to send, and the comparison of responses."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from benchmarks.sizes import Size, brand_id, secret, tenant_number

SELECTION = """{
    state readyReason asOf remediation
    opportunities {
      id title angle whyNow type primaryChannel suggestedChannels score createdVia createdAt
      persona { id name }
      pillar { id name }
      evidence { id platform url author snippet hasTranscript publishedAt }
    }
  }"""
KAIRO = f"query Today($b: ID!) {{\n  todayBoard(brandId: $b) {SELECTION}\n}}"
# PostGraphile derives its schema from the tables: the same selection under its names.
POSTGRAPHILE = f"query Today($b: UUID!) {{\n  todayBoard: boardByBrandId(brandId: $b) {SELECTION}\n}}"

RequestMaker = Callable[[int], bytes]  # returns the request for the brand with that number


def posts(*, host: str, path: str, document: str, size: Size | None) -> RequestMaker:
    """Makes POSTs of JSON; with the tenant's token where `size`, which determines each brand's tenant, is given."""

    def request(brand: int) -> bytes:
        body = json.dumps({"query": document, "operationName": "Today", "variables": {"b": str(brand_id(brand))}})
        headers = {
            "Content-Type": "application/json",
            "Content-Length": str(len(body.encode())),
            "Accept": "application/json",
        }
        return _http("POST", path, host, headers | _token(brand, size)) + body.encode()

    return request


def gets(*, host: str, path: str, id: str, size: Size, tags: Mapping[int, str]) -> RequestMaker:  # noqa: A002  its name in the request
    """Makes GETs of the persisted document with that id, with `If-None-Match` where `tags` has the brand."""

    def request(brand: int) -> bytes:
        variables = quote(json.dumps({"b": str(brand_id(brand))}, separators=(",", ":")))
        headers = {"Accept": "application/json", "GraphQL-Require-Preflight": "1"} | (
            {"If-None-Match": tags[brand]} if brand in tags else {}
        )
        query = f"documentId={id}&operationName=Today&variables={variables}"
        return _http("GET", f"{path}?{query}", host, headers | _token(brand, size))

    return request


def plain_get_requests(*, host: str, path: str) -> RequestMaker:
    """Makes GETs with the brand in the query string, for servers without GraphQL."""
    return lambda brand: _http("GET", f"{path}?b={brand_id(brand)}", host, {})


def _token(brand: int, size: Size | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret(tenant_number(brand, size))}"} if size else {}


def _http(method: str, path: str, host: str, headers: Mapping[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def comparable(body: bytes) -> object:
    """Returns the data of a response with parsed times, which servers write with Z, +00:00 or milliseconds."""
    return _comparable(json.loads(body)["data"])


def _comparable(value: Any) -> object:
    if isinstance(value, dict):
        return {name: _comparable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_comparable(part) for part in value]
    if isinstance(value, str) and len(value) >= 20 and value[4:5] == "-" and value[10:11] == "T":
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return value
    return value


def field_count(value: object) -> int:
    """Returns the number of fields in a response, those of every object counted."""
    if isinstance(value, dict):
        return len(value) + sum(map(field_count, value.values()))
    return sum(map(field_count, value)) if isinstance(value, list) else 0
