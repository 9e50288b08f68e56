"""Global ids: how the API encodes them, and how it decodes them.

An id in a response is the base64 of `TypeName:uuid`, where the type name is the object's `__typename`. An id in a
request is that or the bare UUID. An unknown id, a malformed id and another tenant's id all give the same NotFound.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from uuid import UUID

from strawberry import ID

from kairo.core.errors import NotFound

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


def global_id(type_name: str, key: UUID) -> ID:
    """The global id of the object of this type with this key."""
    return ID(b64encode(f"{type_name}:{key}".encode()).decode())


def key_of(id_: str, *type_names: str, noun: str | None = None) -> UUID:
    """The key in an id of one of these types. `noun` is the error's word for it; default the first type name.

    Raises:
        NotFound: the id is malformed, or of another type.
    """
    type_name, colon, key = _decoded(id_).rpartition(":")
    if not _UUID.fullmatch(key) or (colon and type_name not in type_names):
        raise NotFound(noun=noun or type_names[0])
    return UUID(key)


def type_and_key(id_: str) -> tuple[str, UUID] | None:
    """The type name and the key in a global id; None for a malformed id, and for a bare UUID, which has no type."""
    type_name, colon, key = _decoded(id_).rpartition(":")
    return (type_name, UUID(key)) if colon and _UUID.fullmatch(key) else None


def _decoded(id_: str) -> str:
    if _UUID.fullmatch(id_):
        return id_
    try:
        decoded = b64decode(id_.encode("ascii"), validate=True).decode("ascii")
    except (binascii.Error, UnicodeError):
        return ""
    return decoded if ":" in decoded else ""
