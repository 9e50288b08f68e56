from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import QueryDict

from kairo.core.errors import KairoError
from schema.board_cache.eligibility import CacheableOperation, cacheable_operation, single_brand_id
from schema.server.persisted import resolve_document
from schema.server.request import GraphQLRequest, HttpError, request_from_body, request_from_query_string


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardQuery:
    """A query for the Today board of one brand, without its caller.

    `digest` is the SHA-256 of document, operation name and variables, each prefixed with its length, so that two
    different queries never share one. `flags` are the Boolean variables, defaults included.
    """

    digest: bytes
    document: str
    operation_name: str | None
    flags: frozenset[tuple[str, bool]]
    brand_id: UUID
    brand_text: str
    cost: int

    def operation(self) -> CacheableOperation:
        operation = cacheable_operation(self.document, self.operation_name)
        assert operation is not None, "the same document was cacheable when this was built"
        return operation


def parse_post(body: bytes) -> BoardQuery | None:
    """Parses the body of a POST; None for one that is invalid or not cacheable."""
    try:
        request = request_from_body(body)
        return _board_query(request, resolve_document(request).text)
    except (HttpError, KairoError, UnicodeEncodeError):
        return None


def parse_get(query_string: bytes) -> BoardQuery | None:
    """Parses a query string; None also for a document that is not persisted, which the view refuses by GET."""
    try:
        request = request_from_query_string(lambda: QueryDict(query_string))
        document = resolve_document(request)
    except (HttpError, KairoError):
        return None
    return _board_query(request, document.text) if document.is_persisted else None


def _board_query(request: GraphQLRequest, document: str) -> BoardQuery | None:
    operation = cacheable_operation(document, request.operation_name)
    if operation is None:
        return None
    values = operation.coerce_variables(request.variables)
    brand_id = single_brand_id(operation, values) if values else None
    if values is None or brand_id is None:
        return None
    return BoardQuery(
        digest=_digest(document, request.operation_name, request.variables),
        document=document,
        operation_name=request.operation_name,
        flags=frozenset((name, value) for name, value in values.coerced.items() if isinstance(value, bool)),
        brand_id=brand_id,
        brand_text=str(brand_id),
        cost=operation.measure.cost,
    )


def _digest(document: str, operation_name: str | None, variables: dict[str, Any] | None) -> bytes:
    digest = sha256()
    for part in (document, json.dumps(operation_name), json.dumps(variables, sort_keys=True)):
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.digest()
