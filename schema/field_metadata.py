"""Values for `strawberry.field(metadata=...)` that say how a field is resolved; the board cache reads them."""

from typing import Any

# The resolver takes only its parent and reads only what the parent has in memory. A field without a resolver counts as
# such without saying so.
IN_MEMORY: dict[str, Any] = {"kairo": "in memory"}
# The value of a derived board (not a stored one) is the time of the request.
TIME_OF_READING: dict[str, Any] = {"kairo": "time of reading"}


def marker_of(metadata: Any) -> str | None:
    """The marker in a field's metadata; None without one."""
    return metadata.get("kairo") if metadata else None
