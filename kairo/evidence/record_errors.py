from __future__ import annotations

from dataclasses import dataclass

from kairo.core.enums import EvidenceFault


@dataclass(frozen=True, slots=True)
class Rejection:
    """A refused record: the machine code, the field it is about ("" for the whole), and a sentence for a person."""

    code: EvidenceFault
    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


class Rejected(Exception):
    """Carries a `Rejection` out of the step that found it."""

    def __init__(self, code: EvidenceFault, path: str, reason: str) -> None:
        self.rejection = Rejection(code, path, reason)
        super().__init__(str(self.rejection))
