"""The domain's errors: a few families, each with a machine code and a sentence safe to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class KairoError(Exception):
    """A refusal that Kairo makes on purpose.

    `code` is stable and machine-readable; `str(error)` is a sentence that is safe to show to the caller.
    """

    code = "INTERNAL"
    retryable = False


class NotFound(KairoError):
    """The id names nothing this caller may see: unknown, malformed and another tenant's look the same."""

    code = "NOT_FOUND"

    def __init__(self, *, noun: str) -> None:
        self.noun = noun
        super().__init__(f"{noun} not found.")


class NotAllowed(KairoError):
    """The caller is known, and may not do this."""

    code = "FORBIDDEN"


class Unauthenticated(KairoError):
    """The caller is not known."""

    code = "UNAUTHENTICATED"


@dataclass(frozen=True, slots=True)
class Issue:
    """One value that cannot be accepted: where it is in the input, by field names and list indexes, and why not."""

    path: tuple[str, ...]
    message: str


class Invalid(KairoError):
    """The input cannot be accepted; `field` names the offending input where there is one, `issues` every one."""

    code = "BAD_USER_INPUT"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        self.field = field
        self.issues: tuple[Issue, ...] = (Issue((field,) if field else (), message),)
        super().__init__(message)

    @classmethod
    def because(cls, issues: Sequence[Issue]) -> Invalid:
        """The refusal of an input for at least one issue; the first one gives message and field."""
        error = cls(issues[0].message, field=issues[0].path[0])
        error.issues = tuple(issues)
        return error


class Conflict(KairoError):
    """The request is well-formed and does not fit the state things are in; `field` names the input in the way."""

    code = "CONFLICT"
    field: str | None = None


class SlugTaken(Conflict):
    """Another brand of the tenant has the slug."""

    code = "SLUG_TAKEN"
    field = "slug"

    def __init__(self) -> None:
        super().__init__("Another brand has this slug.")


class NameTaken(Conflict):
    """The brand has another such part of the name."""

    code = "NAME_TAKEN"
    field = "name"

    def __init__(self, *, noun: str) -> None:
        super().__init__(f"The brand has another {noun} of this name.")


class LimitReached(Conflict):
    """There are as many as there may be."""

    code = "LIMIT_REACHED"


class ConnectionTaken(Conflict):
    """The brand reads this already."""

    code = "CONNECTION_TAKEN"
    field = "identifier"

    def __init__(self) -> None:
        super().__init__("The brand has a connection to this already.")


class NothingToRead(Conflict):
    """The brand has no enabled connection among those asked for."""

    code = "NOTHING_TO_READ"

    def __init__(self) -> None:
        super().__init__("The brand has no source connection that is enabled.")


class BrandArchived(Conflict):
    """The brand is archived: no new job is started for it, and no posts are taken in."""

    code = "BRAND_ARCHIVED"
    field = "brand_id"

    def __init__(self, *, to: str = "make new boards") -> None:
        super().__init__(f"The brand is archived. Take it out of the archive to {to}.")


class BrokenReference(KairoError):
    """A stored thing, such as `Board 01a2…`, names others that are not there."""

    code = "REFERENTIAL_INTEGRITY"

    def __init__(self, *, holder: str, missing_ids: tuple[str, ...]) -> None:
        self.holder = holder
        self.missing_ids = missing_ids
        super().__init__(f"{holder} names what does not exist any more: {', '.join(missing_ids)}.")
