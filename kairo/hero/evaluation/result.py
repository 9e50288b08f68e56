"""One measure and its bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """The result of one measure: its value, its bar, and whether the value passes."""

    name: str
    value: str
    bar: str
    passed: bool
    detail: str = ""


def at_least(name: str, value: float, bar: float, *, detail: str = "") -> Measure:
    """A measure that must reach its bar."""
    return Measure(name=name, value=f"{value:.3g}", bar=f">= {bar:g}", passed=value >= bar, detail=detail)


def below(name: str, value: float, bar: float, *, detail: str = "") -> Measure:
    """A measure that must stay below its bar."""
    return Measure(name=name, value=f"{value:.3g}", bar=f"< {bar:g}", passed=value < bar, detail=detail)


def at_most(name: str, value: float, bar: float, *, detail: str = "") -> Measure:
    """A measure that must not exceed its bar."""
    return Measure(name=name, value=f"{value:.3g}", bar=f"<= {bar:g}", passed=value <= bar, detail=detail)


def all_of(name: str, right: int, total: int, *, detail: str = "", needed: int | None = None) -> Measure:
    """A count that must reach `needed`, or the total without it."""
    required = total if needed is None else needed
    return Measure(
        name=name, value=f"{right} of {total}", bar=f"{required} of {total}", passed=right >= required, detail=detail
    )


def counted(name: str, right: int, total: int, *, detail: str = "") -> Measure:
    """A count without a bar."""
    return Measure(name=name, value=f"{right} of {total}", bar="none", passed=True, detail=detail)


def listed(names: Sequence[str], *, most: int = 6) -> str:
    """The first names, and the number of the others."""
    more = f"; {len(names) - most} more" if len(names) > most else ""
    return "; ".join(names[:most]) + more


def mean(values: list[float]) -> float:
    """The mean, or 0 without values."""
    return sum(values) / len(values) if values else 0.0
