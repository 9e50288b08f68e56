"""One measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """What was measured, what came out, the bar, and whether it was reached."""

    name: str
    value: str
    bar: str
    passed: bool
    detail: str = ""


def at_least(name: str, value: float, bar: float, *, detail: str = "") -> Measure:
    """A measure that must reach its bar."""
    return Measure(name=name, value=f"{value:.3g}", bar=f">= {bar:g}", passed=value >= bar, detail=detail)


def below(name: str, value: float, bar: float, *, detail: str = "") -> Measure:
    """A measure that must stay under its bar."""
    return Measure(name=name, value=f"{value:.3g}", bar=f"< {bar:g}", passed=value < bar, detail=detail)


def at_most(name: str, value: float, bar: float, *, detail: str = "") -> Measure:
    """A measure that may reach its bar and not pass it."""
    return Measure(name=name, value=f"{value:.3g}", bar=f"<= {bar:g}", passed=value <= bar, detail=detail)


def all_of(name: str, right: int, total: int, *, detail: str = "", needed: int | None = None) -> Measure:
    """A count that must be complete, or reach `needed`."""
    wanted = total if needed is None else needed
    return Measure(
        name=name, value=f"{right} of {total}", bar=f"{wanted} of {total}", passed=right >= wanted, detail=detail
    )


def counted(name: str, right: int, total: int, *, detail: str = "") -> Measure:
    """A count that is shown and has no bar."""
    return Measure(name=name, value=f"{right} of {total}", bar="none", passed=True, detail=detail)


def listed(names: Sequence[str], *, most: int = 6) -> str:
    """The first names, and how many more there are."""
    more = f"; {len(names) - most} more" if len(names) > most else ""
    return "; ".join(names[:most]) + more


def mean(values: list[float]) -> float:
    """The mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0
