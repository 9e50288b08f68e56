from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import QueryDict

from kairo.core.errors import KairoError
from schema.board_cache.eligibility import CacheableOperation, brand_asked_for, cacheable_operation
from schema.server.persisted import document_of
from schema.server.request import GraphQLRequest, HttpError, asked_by_get, asked_by_post


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardQuery:
    """A request for one brand's board of today, whoever asks.

    `digest` stands for document, operation name and variables: their SHA-256, each with its length before it, so that
    no two requests that differ have the same one. `flags` are the variables that are Booleans, defaults included.
    """

    digest: bytes
    document: str
    operation_name: str | None
    flags: frozenset[tuple[str, bool]]
    brand_id: UUID
    brand_text: str
    cost: int

    def operation(self) -> CacheableOperation:
        found = cacheable_operation(self.document, self.operation_name)
        assert found is not None, "it was one when this was made, and it is the same text"
        return found


def parse_post(body: bytes) -> BoardQuery | None:
    """What a body asks for; None where that is not for the hot path to answer, whatever is wrong with it."""
    try:
        asked = asked_by_post(body)
        return _asked(asked, document_of(asked).text)
    except (HttpError, KairoError, UnicodeEncodeError):
        return None


def parse_get(query_string: bytes) -> BoardQuery | None:
    """As `parse_post`, from a query string: persisted queries only, as the view serves them."""
    try:
        asked = asked_by_get(lambda: QueryDict(query_string))
        document = document_of(asked)
    except (HttpError, KairoError):
        return None
    return _asked(asked, document.text) if document.is_persisted else None


def _asked(asked: GraphQLRequest, document: str) -> BoardQuery | None:
    operation = cacheable_operation(document, asked.operation_name)
    if operation is None:
        return None
    values = operation.values(asked.variables)
    brand_id = brand_asked_for(operation, values) if values else None
    if values is None or brand_id is None:
        return None
    return BoardQuery(
        digest=_digest(document, asked.operation_name, asked.variables),
        document=document,
        operation_name=asked.operation_name,
        flags=frozenset((name, value) for name, value in values.coerced.items() if isinstance(value, bool)),
        brand_id=brand_id,
        brand_text=str(brand_id),
        cost=operation.measure.cost,
    )


def _digest(document: str, operation_name: str | None, variables: dict[str, Any] | None) -> bytes:
    digest = sha256()
    for part in (document, json.dumps(operation_name), json.dumps(variables, sort_keys=True)):
        written = part.encode("utf-8", "surrogatepass")
        digest.update(len(written).to_bytes(8, "big"))
        digest.update(written)
    return digest.digest()
