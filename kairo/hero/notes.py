"""Remarks on a board as a code and a sentence: "NO_BASELINE: …". Programs read the code, people the sentence."""

from __future__ import annotations

from enum import StrEnum


class NoteCode(StrEnum):
    """What a remark says. NO_BASELINE: bursts cannot be told yet. SAMPLED: the window holds more posts than are read.

    NEUTRAL_WORDING: ideas are worded in short English frames, because their language has no grammar here.
    BUILT_IN_ENGINE: the configured engine failed, and the built-in one made the board. ACCOUNT_CLEANED: entries of the
    engine's account that break the rules for texts or facts are left out.
    """

    NO_BASELINE = "NO_BASELINE"
    SAMPLED = "SAMPLED"
    NEUTRAL_WORDING = "NEUTRAL_WORDING"
    BUILT_IN_ENGINE = "BUILT_IN_ENGINE"
    ACCOUNT_CLEANED = "ACCOUNT_CLEANED"


def note(code: NoteCode, sentence: str) -> str:
    """The remark as a board keeps it."""
    return f"{code.value}: {sentence}"
