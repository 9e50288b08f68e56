"""Persisted operations: those of a manifest, and automatic persisted queries.

The manifest is a file in the format of graphql-codegen and Relay (id → document) or of Apollo. For an automatic
persisted query the client sends the SHA-256 of a document, and the document itself only when the server does not have
it. Each process stores those in a bounded cache; an evicted one costs the client a second request.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from sys import getsizeof

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from kairo.core.errors import Invalid, KairoError
from schema.errors import Code
from schema.limits import MAX_CHARACTERS
from schema.lru_cache import ByteBoundedLRU
from schema.server.request import GraphQLRequest

MAX_AUTOMATIC_BYTES = 8_000_000
_ALGORITHM_PREFIX = "sha256:"  # of graphql-codegen


class UnknownOperation(KairoError):
    """The id has no document. Clients compare this message literally and then send the document."""

    code = Code.PERSISTED_QUERY_NOT_FOUND

    def __init__(self) -> None:
        super().__init__("PersistedQueryNotFound")


class UnpublishedOperation(KairoError):
    """The server accepts only operations of its manifest, and this is not one."""

    code = Code.PERSISTED_QUERY_NOT_FOUND

    def __init__(self) -> None:
        super().__init__("Only published operations are served here. Send the id of one as `documentId`.")


@dataclass(frozen=True, kw_only=True, slots=True)
class ResolvedDocument:
    """The document to execute; `is_persisted` where the request's id resolves to it."""

    text: str
    is_persisted: bool


def resolve_document(request: GraphQLRequest, *, is_caller_known: bool) -> ResolvedDocument:
    """Returns the document to execute, and stores one that came with its hash from a caller who is known.

    Raises:
        UnknownOperation: the request has only an id, which has no document.
        UnpublishedOperation: the document is not in the manifest, and only the manifest is accepted.
        Invalid: the hash is not the document's.
    """
    published = manifest(settings.KAIRO_PERSISTED_OPERATIONS)
    id_ = _strip_algorithm(request.document_id) if request.document_id is not None else None
    if id_ is not None and id_ in published:
        return ResolvedDocument(text=published[id_], is_persisted=True)
    if settings.KAIRO_PERSISTED_ONLY:
        if id_ is None and request.query in published.values():
            return ResolvedDocument(text=str(request.query), is_persisted=False)
        raise UnpublishedOperation
    if id_ is not None and request.is_hashed and request.query is not None:
        _check_digest(id_, request.query)
    if id_ is not None and (text := _automatic.get(id_)):
        return ResolvedDocument(text=text, is_persisted=True)
    if request.query is None:
        raise UnknownOperation
    if request.is_hashed and id_ is not None and is_caller_known:
        _store(id_, request.query)
    return ResolvedDocument(text=request.query, is_persisted=request.is_hashed)


def is_persisted(id_: str) -> bool:
    """Whether an automatic persisted query has this id."""
    return _strip_algorithm(id_) in _automatic


def _check_digest(digest: str, document: str) -> None:
    """Compares the digest with the document's.

    Raises:
        Invalid: they differ.
    """
    if sha256(document.encode("utf-8", "surrogatepass")).hexdigest() != digest:
        raise Invalid("The document does not have this SHA-256.", field="extensions")


def _strip_algorithm(id_: str) -> str:
    return id_.removeprefix(_ALGORITHM_PREFIX)


def _store(id_: str, document: str) -> None:
    if len(document) <= MAX_CHARACTERS:  # validation refuses a longer one
        _automatic.put(id_, document, size=getsizeof(document))


_automatic: ByteBoundedLRU[str, str] = ByteBoundedLRU(max_bytes=MAX_AUTOMATIC_BYTES)


@lru_cache(maxsize=4)
def manifest(path: str) -> Mapping[str, str]:
    """Returns the manifest's documents by id; an empty mapping without a path.

    Raises:
        ImproperlyConfigured: the file cannot be read, or has neither of the two formats.
    """
    if not path:
        return {}
    try:
        documents = json.loads(Path(path).read_bytes())
        if isinstance(documents, dict) and documents.get("format") == "apollo-persisted-query-manifest":
            documents = {operation["id"]: operation["body"] for operation in documents["operations"]}
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ImproperlyConfigured(f"KAIRO_PERSISTED_OPERATIONS: {path} is not a manifest: {error!r}.") from error
    if not isinstance(documents, dict) or not all(isinstance(text, str) for pair in documents.items() for text in pair):
        raise ImproperlyConfigured(f"KAIRO_PERSISTED_OPERATIONS: {path} does not map ids to documents.")
    return {_strip_algorithm(id_): document for id_, document in documents.items()}
