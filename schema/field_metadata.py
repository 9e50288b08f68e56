"""Marks on fields, by `strawberry.field(metadata=...)`, for whoever has to know what a document asks for."""

from typing import Any

# A field with a resolver that takes its parent alone, and reads nothing but what that holds already. Every field
# without a resolver is such a one without saying so.
IN_MEMORY: dict[str, Any] = {"kairo": "in memory"}
# Of a board that is derived, not stored: another value at each reading.
TIME_OF_READING: dict[str, Any] = {"kairo": "time of reading"}


def mark_of(metadata: Any) -> str | None:
    """The mark among a field's metadata."""
    return metadata.get("kairo") if metadata else None
