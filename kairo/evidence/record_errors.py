from __future__ import annotations

from dataclasses import dataclass

from kairo.evidence.enums import RecordErrorCode


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """Why a record was rejected: the machine code, the field ("" for the whole record), and a sentence for people."""

    code: RecordErrorCode
    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


class RecordError(Exception):
    """Carries a `RejectedRecord` out of the validation step that found it."""

    def __init__(self, code: RecordErrorCode, path: str, reason: str) -> None:
        self.rejection = RejectedRecord(code, path, reason)
        super().__init__(str(self.rejection))
