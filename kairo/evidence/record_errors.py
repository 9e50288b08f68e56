from __future__ import annotations

from dataclasses import dataclass

from kairo.evidence.enums import RecordErrorCode


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """A refused record: the machine code, the field it is about ("" for the whole), and a sentence for a person."""

    code: RecordErrorCode
    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


class RecordError(Exception):
    """Carries a `RejectedRecord` out of the step that found it."""

    def __init__(self, code: RecordErrorCode, path: str, reason: str) -> None:
        self.rejection = RejectedRecord(code, path, reason)
        super().__init__(str(self.rejection))
