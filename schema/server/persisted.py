"""Operations known by an id: those a frontend was published with, and those a client has sent once before.

The first come from a manifest file, in the format of graphql-codegen and Relay (id → document) or of Apollo. The
second are automatic persisted queries: a client sends the SHA-256 of a document, and the document itself only when
the server does not know it. Each process learns those by itself, up to a bound; forgetting one costs a round trip.
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

LEARNT_BYTES = 8_000_000
_ALGORITHM = "sha256:"  # graphql-codegen writes it before the digest


class UnknownOperation(KairoError):
    """No document is known under this id. Clients look for these very words, and then send the document."""

    code = Code.PERSISTED_QUERY_NOT_FOUND

    def __init__(self) -> None:
        super().__init__("PersistedQueryNotFound")


class UnpublishedOperation(KairoError):
    """Only published operations are served, and this is not one of them."""

    code = Code.PERSISTED_QUERY_NOT_FOUND

    def __init__(self) -> None:
        super().__init__("Only published operations are served here. Send the id of one as `documentId`.")


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundDocument:
    """What a request wants to run, and whether it is known here under the id that came with it."""

    text: str
    is_persisted: bool


def document_of(asked: GraphQLRequest) -> FoundDocument:
    """The document that the request wants to run. One that comes with its hash is known from then on.

    Raises:
        UnknownOperation: it gives only an id, which is not known.
        UnpublishedOperation: it is not in the manifest, where only the manifest is served.
        Invalid: the document does not have the hash that is said to be its own.
    """
    published = manifest(settings.KAIRO_PERSISTED_OPERATIONS)
    id_ = _bare(asked.document_id) if asked.document_id is not None else None
    if id_ is not None and id_ in published:
        return FoundDocument(text=published[id_], is_persisted=True)
    if settings.KAIRO_PERSISTED_ONLY:
        if id_ is None and asked.query in published.values():
            return FoundDocument(text=str(asked.query), is_persisted=False)
        raise UnpublishedOperation
    if id_ is not None and asked.is_hashed and asked.query is not None:
        _check_digest(id_, asked.query)
    if id_ is not None and (known := _learnt.get(id_)):
        return FoundDocument(text=known, is_persisted=True)
    if asked.query is None:
        raise UnknownOperation
    if asked.is_hashed and id_ is not None:
        _learn(id_, asked.query)
    return FoundDocument(text=asked.query, is_persisted=asked.is_hashed)


def _check_digest(digest: str, document: str) -> None:
    """
    Raises:
        Invalid: this is not the document's digest.
    """
    if sha256(document.encode("utf-8", "surrogatepass")).hexdigest() != digest:
        raise Invalid("The document does not have this SHA-256.", field="extensions")


def _bare(id_: str) -> str:
    return id_.removeprefix(_ALGORITHM)


def _learn(id_: str, document: str) -> None:
    if len(document) <= MAX_CHARACTERS:  # a longer one will not be served either
        _learnt.put(id_, document, size=getsizeof(document))


_learnt: ByteBoundedLRU[str, str] = ByteBoundedLRU(most_bytes=LEARNT_BYTES)


@lru_cache(maxsize=4)
def manifest(path: str) -> Mapping[str, str]:
    """The published documents by their ids; none where there is no path.

    Raises:
        ImproperlyConfigured: the file cannot be read, or has neither of the two formats.
    """
    if not path:
        return {}
    try:
        found = json.loads(Path(path).read_bytes())
        if isinstance(found, dict) and found.get("format") == "apollo-persisted-query-manifest":
            found = {operation["id"]: operation["body"] for operation in found["operations"]}
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ImproperlyConfigured(f"KAIRO_PERSISTED_OPERATIONS: {path} is not a manifest: {error!r}.") from error
    if not isinstance(found, dict) or not all(isinstance(text, str) for pair in found.items() for text in pair):
        raise ImproperlyConfigured(f"KAIRO_PERSISTED_OPERATIONS: {path} does not name documents by ids.")
    return {_bare(id_): document for id_, document in found.items()}
