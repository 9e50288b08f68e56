"""How much a run measures, and the figures it collects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from benchmarks.contenders import Contender
from benchmarks.sizes import Size


@dataclass(frozen=True, kw_only=True)
class Storm:
    """Polls while boards are written; `polls` and `boards` are rates a second. Several short runs, because on a shared
    machine other work can disturb one."""

    clients: int = 500
    polls: float = 2000.0
    boards: float = 50.0
    writers: int = 2  # threads of one worker
    seconds: float = 8.0
    runs: int = 5


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The amount of each measurement."""

    contenders: list[Contender]
    size: Size
    large: Size | None
    rounds: int
    seconds: float
    trials: int
    storm: Storm
    curve_s: float


@dataclass(kw_only=True)
class Figures:
    """The results. `rounds` has the load generator's summaries by measurement, each with the number of its `round`."""

    rounds: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    answer: dict[str, float] = field(default_factory=dict)
    freshness: dict[str, dict[str, float]] = field(default_factory=dict)
    storm: list[dict[str, Any]] = field(default_factory=list)  # one of each run
    curve: dict[str, list[dict[str, float]]] = field(default_factory=dict)
    memory_mb: dict[str, float] = field(default_factory=dict)
    start_s: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, at: int, found: dict[str, Any]) -> None:
        found.pop("by_second", None)
        self.rounds.setdefault(name, []).append({"round": at, **found})
