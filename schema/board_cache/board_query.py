from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from schema.board_cache.eligibility import CacheableOperation, cacheable_operation, single_brand_id
from schema.board_cache.executor import compile_operation


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

    @property
    def is_compiled(self) -> bool:
        """Whether rendering needs no document to be parsed or compiled."""
        return cacheable_operation.is_cached(self.document, self.operation_name) and compile_operation.is_cached(
            self.document, self.operation_name, self.flags
        )


def is_known(document: str, operation_name: str | None) -> bool:
    """Whether `board_query` can tell of this document without parsing it."""
    return cacheable_operation.is_cached(document, operation_name)


def board_query(document: str, operation_name: str | None, variables: dict[str, Any] | None) -> BoardQuery | None:
    """Returns the query; None for one that is invalid or not cacheable."""
    operation = cacheable_operation(document, operation_name)
    if operation is None:
        return None
    values = operation.coerce_variables(variables)
    brand_id = single_brand_id(operation, values) if values else None
    if values is None or brand_id is None:
        return None
    try:
        digest = _digest(document, operation_name, variables)
    except (RecursionError, UnicodeEncodeError):
        return None
    return BoardQuery(
        digest=digest,
        document=document,
        operation_name=operation_name,
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
