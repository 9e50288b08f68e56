"""The table of measures: what is measured, what came out, and the bar it must reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kairo.hero.evaluation import board_measures, events, gate_cases, reproducibility, robustness, series
from kairo.hero.evaluation.dataset import read_boards
from kairo.hero.evaluation.result import Measure
from kairo.hero.evaluation.runs import Run, run_board


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation:
    """Every measure that the data directory allows, and those it has no files for."""

    measures: tuple[Measure, ...]
    skipped: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether something was measured and every bar was reached."""
        return bool(self.measures) and all(measure.passed for measure in self.measures)

    def lines(self) -> Iterator[str]:
        """The table as text."""
        width = max((len(measure.name) for measure in self.measures), default=0)
        value = max((len(measure.value) for measure in self.measures), default=0)
        for measure in self.measures:
            verdict = "ok  " if measure.passed else "MISS"
            line = f"{verdict}  {measure.name:<{width}}  {measure.value:<{value}}  bar {measure.bar}"
            yield f"{line}  ({measure.detail})" if measure.detail else line
        for name in self.skipped:
            yield f"--    {name}: its files are not in the data directory"


Section = tuple[str, tuple[str, ...], Callable[[Path, list[Run]], list[Measure]]]

_BOARD_FILES = ("brands.json", "labels-demo.json")
SECTIONS: tuple[Section, ...] = (
    ("boards", _BOARD_FILES, lambda _, runs: board_measures.measures(runs)),
    ("gates", ("gate-cases.json",), lambda path, _: gate_cases.measures(path)),
    ("reproducibility", _BOARD_FILES, reproducibility.measures),
    ("robustness", _BOARD_FILES, lambda _, runs: robustness.measures(runs)),
    ("events", (events.EVENTS_FILE, events.EVIDENCE_FILE), lambda path, _: events.measures(path)),
    ("bursts", ("bursts/labels.json",), lambda path, _: series.measures(path)),
)


def evaluate(directory: Path) -> Evaluation:
    """Runs the built-in engine on the labelled data of a directory and measures what it gives."""
    has_boards = all((directory / name).is_file() for name in _BOARD_FILES)
    runs = [run_board(board) for board in read_boards(directory)] if has_boards else []
    measures: list[Measure] = []
    skipped: list[str] = []
    for name, files, section in SECTIONS:
        if all((directory / file).is_file() for file in files):
            measures += section(directory, runs)
        else:
            skipped.append(name)
    return Evaluation(measures=tuple(measures), skipped=tuple(skipped))
