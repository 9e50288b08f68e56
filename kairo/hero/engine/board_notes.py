"""The notes of a board: a missing baseline, sampled evidence, missing grammars."""

from __future__ import annotations

from datetime import datetime

from kairo.hero.engine.state import EngineState
from kairo.hero.engine.window_days import WindowDays
from kairo.hero.gates.thresholds import BURST_WINDOW
from kairo.hero.notes import NoteCode, note


def notes_of(state: EngineState) -> tuple[str, ...]:
    """The notes of the board, in a fixed order."""
    notes = list(state.notes)
    if not state.window_days.has_baseline:
        notes.append(note(NoteCode.NO_BASELINE, _no_baseline(state.window_days, state.request.as_of)))
    if state.window_days.posts > len(state.request.evidence):
        notes.append(
            note(
                NoteCode.SAMPLED,
                f"The last 30 days hold {state.window_days.posts} posts; {len(state.request.evidence)} of them were "
                "read, sampled evenly.",
            )
        )
    return tuple(notes)


def _no_baseline(days: WindowDays, as_of: datetime) -> str:
    """Why there is nothing to compare with, from when there is, and what stands in for it."""
    stand_in = "Until then a trend is a topic that stands out among the posts at hand."
    if days.baseline_from is None:
        return f"None of the posts has a date, so nothing can be told to be new. {stand_in}"
    if days.baseline_from > as_of:
        since = days.baseline_from.date().isoformat()
        return f"No stored posts are old enough to compare with. Bursts can be told from {since}. {stand_in}"
    return (
        f"Only {days.earlier} of the {days.posts} stored posts are older than {BURST_WINDOW.days} days, too few to "
        f"compare with. {stand_in}"
    )
