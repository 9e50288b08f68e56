"""Global ids: what the API gives out, and the one way in.

An id given out is the base64 of `TypeName:uuid`, and its type name is the `__typename` of what it names. An id
taken in is that, or the bare UUID. Whatever else it is, it names nothing: unknown, malformed and another
tenant's id are answered alike.
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
    """The id under which the API gives out the object of this type with this key."""
    return ID(b64encode(f"{type_name}:{key}".encode()).decode())


def key_of(given: str, *type_names: str, noun: str | None = None) -> UUID:
    """The key inside an id of one of these types. `noun` is the error's word for it; default the first type name.

    Raises:
        NotFound: this is not an id of such a type.
    """
    type_name, colon, key = _decoded(given).rpartition(":")
    if not _UUID.fullmatch(key) or (colon and type_name not in type_names):
        raise NotFound(noun=noun or type_names[0])
    return UUID(key)


def named_by(given: str) -> tuple[str, UUID] | None:
    """The type name and the key inside an id that says its type; None for whatever else it is, a bare UUID included."""
    type_name, colon, key = _decoded(given).rpartition(":")
    return (type_name, UUID(key)) if colon and _UUID.fullmatch(key) else None


def _decoded(given: str) -> str:
    if _UUID.fullmatch(given):
        return given
    try:
        decoded = b64decode(given.encode("ascii"), validate=True).decode("ascii")
    except (binascii.Error, UnicodeError):
        return ""
    return decoded if ":" in decoded else ""
