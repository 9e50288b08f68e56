"""Runs all measures and formats their table: name, value and bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kairo.hero.evaluation import board_measures, board_rows, events, gate_cases, reproducibility, robustness, series
from kairo.hero.evaluation.labelled_folder import has_labelled_boards, read_folder
from kairo.hero.evaluation.result import Measure, at_most
from kairo.hero.evaluation.runs import Run, run_inputs
from kairo.hero.evaluation.stored_boards import StoredBoard, gather_boards


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation:
    """The runs of labelled boards, their measures, and the names of measures whose files are missing."""

    measures: tuple[Measure, ...]
    skipped: tuple[str, ...]
    runs: tuple[Run, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether there are measures and all of them pass."""
        return bool(self.measures) and all(measure.passed for measure in self.measures)

    def lines(self) -> Iterator[str]:
        """The tables as text: one line for each board, then one for each measure."""
        if self.runs:
            yield from board_rows.lines(self.runs)
            yield ""
        width = max((len(measure.name) for measure in self.measures), default=0)
        value = max((len(measure.value) for measure in self.measures), default=0)
        bar = max((len(measure.bar) for measure in self.measures), default=0)
        for measure in self.measures:
            verdict = "ok  " if measure.passed else "MISS"
            line = f"{verdict}  {measure.name:<{width}}  {measure.value:<{value}}  bar {measure.bar:<{bar}}"
            yield f"{line}  ({measure.detail})" if measure.detail else line.rstrip()
        for name in self.skipped:
            yield f"--    {name}: its files are not in the data directories"


_FILE_SECTIONS: tuple[tuple[str, tuple[str, ...], Callable[[Path], list[Measure]]], ...] = (
    ("gates", ("gate-cases.json",), gate_cases.measures),
    ("events", (events.EVENTS_FILE, events.EVIDENCE_FILE), events.measures),
    ("bursts", ("bursts/labels.json",), series.measures),
)


def evaluate(directories: Sequence[Path]) -> Evaluation:
    """Runs the labelled boards of all directories as jobs do, and measures the results.

    Boards are stored in the database, in a transaction that is rolled back. Without labelled boards, no database is
    used.

    Raises:
        UnreadableFolder: the files of labelled boards are invalid.
    """
    stored = [board for directory in directories if has_labelled_boards(directory) for board in _stored(directory)]
    runs = [run_inputs(one.board, one.inputs) for one in stored]
    measures: list[Measure] = []
    skipped: list[str] = []
    if runs:
        measures += [_imported(stored), *board_measures.measures(runs)]
        measures += [*reproducibility.measures(runs), *robustness.measures(runs)]
    else:
        skipped.append("boards")
    for name, files, section in _FILE_SECTIONS:
        holders = [one for one in directories if all((one / file).is_file() for file in files)]
        measures += [measure for holder in holders for measure in section(holder)]
        if not holders:
            skipped.append(name)
    return Evaluation(measures=tuple(measures), skipped=tuple(skipped), runs=tuple(runs))


def _stored(directory: Path) -> list[StoredBoard]:
    return gather_boards(read_folder(directory))


def _imported(stored: Sequence[StoredBoard]) -> Measure:
    posts = sum(one.read for one in stored)
    return at_most("posts rejected on import", sum(one.rejected for one in stored), 0, detail=f"of {posts:,}")
