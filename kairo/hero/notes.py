"""Notes on a board, each a code for programs and a sentence for people: "NO_BASELINE: …"."""

from __future__ import annotations

from enum import StrEnum


class NoteCode(StrEnum):
    """The codes of notes.

    NO_BASELINE: bursts cannot be detected yet. SAMPLED: the window contains more posts than EVIDENCE_CAP.
    NEUTRAL_WORDING: opportunities are worded in short English templates, because their language has no grammar here.
    BUILT_IN_ENGINE: the configured engine failed, and the built-in one generated the board. ACCOUNT_CLEANED: review
    omitted entries of the engine's account.
    """

    NO_BASELINE = "NO_BASELINE"
    SAMPLED = "SAMPLED"
    NEUTRAL_WORDING = "NEUTRAL_WORDING"
    BUILT_IN_ENGINE = "BUILT_IN_ENGINE"
    ACCOUNT_CLEANED = "ACCOUNT_CLEANED"


def note(code: NoteCode, sentence: str) -> str:
    """The note as a board stores it."""
    return f"{code.value}: {sentence}"
