"""The domain's errors: a few families, each with a machine code and a sentence safe to show."""

from __future__ import annotations


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


class Invalid(KairoError):
    """The input cannot be accepted; `field` names the offending input where there is one."""

    code = "BAD_USER_INPUT"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        self.field = field
        super().__init__(message)


class Conflict(KairoError):
    """The request is well-formed and does not fit the state things are in."""

    code = "CONFLICT"


class BrokenReference(KairoError):
    """A stored board names opportunities that are not there."""

    code = "REFERENTIAL_INTEGRITY"

    def __init__(self, *, board_id: str, missing_ids: tuple[str, ...]) -> None:
        self.board_id = board_id
        self.missing_ids = missing_ids
        super().__init__(
            f"Board {board_id} names {len(missing_ids)} opportunities that do not exist: {', '.join(missing_ids)}."
        )


class Unavailable(KairoError):
    """A service Kairo needs does not answer; trying again later helps."""

    code = "SERVICE_UNAVAILABLE"
    retryable = True
