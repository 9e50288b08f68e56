from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RejectionReason(StrEnum):
    """Why a record cannot become evidence."""

    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    LINE_TOO_LONG = "line_too_long"
    NOT_AN_OBJECT = "not_an_object"
    NOT_IDENTIFIED = "not_identified"
    UNKNOWN_PLATFORM = "unknown_platform"
    UNKNOWN_CONTENT_TYPE = "unknown_content_type"
    WRONG_TYPE = "wrong_type"
    TOO_LONG = "too_long"
    INVALID_URL = "invalid_url"
    INVALID_DATE = "invalid_date"


@dataclass(frozen=True, slots=True)
class Rejection:
    """A refused record: the machine code, the field it is about ("" for the whole), and a sentence for a person."""

    code: RejectionReason
    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


class Rejected(Exception):
    """Carries a `Rejection` out of the step that found it."""

    def __init__(self, code: RejectionReason, path: str, reason: str) -> None:
        self.rejection = Rejection(code, path, reason)
        super().__init__(str(self.rejection))
