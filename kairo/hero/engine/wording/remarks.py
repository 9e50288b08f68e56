"""The board note on languages without a grammar."""

from __future__ import annotations

from collections.abc import Iterable

from kairo.hero.engine.wording.languages import GRAMMARS
from kairo.hero.engine.wording.write import WordedOpportunity
from kairo.hero.notes import NoteCode, note


def notes_for(worded: Iterable[WordedOpportunity]) -> tuple[str, ...]:
    """A remark for opportunities worded in neutral English because their language has no grammar; none for a board
    without."""
    missing = sorted({words.language_without_grammar for words in worded if words.language_without_grammar})
    if not missing:
        return ()
    sentence = (
        f"Some ideas are worded in short English frames: there is no grammar for {', '.join(missing)}. "
        f"Grammars: {', '.join(sorted(GRAMMARS))}."
    )
    return (note(NoteCode.NEUTRAL_WORDING, sentence),)
