"""The domain's exceptions, each with a machine-readable code and a message that is safe to show to the caller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class KairoError(Exception):
    """Base of the expected errors. `code` is stable; `str(error)` is a sentence that is safe to show."""

    code = "INTERNAL"
    retryable = False


class NotFound(KairoError):
    """No such id for this caller; unknown, malformed and another tenant's ids give the same error."""

    code = "NOT_FOUND"

    def __init__(self, *, noun: str) -> None:
        self.noun = noun
        super().__init__(f"{noun} not found.")


class NotAllowed(KairoError):
    """The caller is authenticated and lacks the permission."""

    code = "FORBIDDEN"


class Unauthenticated(KairoError):
    """The request has no valid token."""

    code = "UNAUTHENTICATED"


@dataclass(frozen=True, slots=True)
class Issue:
    """An invalid value: its path in the input, of field names and list indexes, and a message."""

    path: tuple[str, ...]
    message: str


class Invalid(KairoError):
    """The input is invalid. `field` is the first invalid field, if there is one; `issues` are all of them."""

    code = "BAD_USER_INPUT"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        self.field = field
        self.issues: tuple[Issue, ...] = (Issue((field,) if field else (), message),)
        super().__init__(message)

    @classmethod
    def because(cls, issues: Sequence[Issue]) -> Invalid:
        """An error with these issues, at least one; message and field are those of the first."""
        error = cls(issues[0].message, field=issues[0].path[0])
        error.issues = tuple(issues)
        return error


class Conflict(KairoError):
    """The request is valid but conflicts with the stored state; `field` is the conflicting input."""

    code = "CONFLICT"
    field: str | None = None


class SlugTaken(Conflict):
    """Another brand of the tenant has the slug."""

    code = "SLUG_TAKEN"
    field = "slug"

    def __init__(self) -> None:
        super().__init__("Another brand has this slug.")


class NameTaken(Conflict):
    """The brand has another part of this kind and name."""

    code = "NAME_TAKEN"
    field = "name"

    def __init__(self, *, noun: str) -> None:
        super().__init__(f"The brand has another {noun} of this name.")


class LimitReached(Conflict):
    """The maximum number of rows exists."""

    code = "LIMIT_REACHED"


class ConnectionTaken(Conflict):
    """The brand has a connection to this identifier."""

    code = "CONNECTION_TAKEN"
    field = "identifier"

    def __init__(self) -> None:
        super().__init__("The brand has a connection to this already.")


class NothingToRead(Conflict):
    """None of the requested source connections is enabled."""

    code = "NOTHING_TO_READ"

    def __init__(self) -> None:
        super().__init__("The brand has no source connection that is enabled.")


class BrandArchived(Conflict):
    """The brand is archived: no job starts for it, and no evidence is ingested."""

    code = "BRAND_ARCHIVED"
    field = "brand_id"

    def __init__(self, *, to: str = "make new boards") -> None:
        super().__init__(f"The brand is archived. Take it out of the archive to {to}.")


class BrokenReference(KairoError):
    """A stored row, such as `Board 01a2…`, refers to rows that do not exist."""

    code = "REFERENTIAL_INTEGRITY"

    def __init__(self, *, holder: str, missing_ids: tuple[str, ...]) -> None:
        self.holder = holder
        self.missing_ids = missing_ids
        super().__init__(f"{holder} names what does not exist any more: {', '.join(missing_ids)}.")
