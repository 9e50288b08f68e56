"""The targets and what was measured of each. A ratio is the median of the rounds' own ratios."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Kept = dict[str, Any]  # what a run kept: see Figures


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table. `met` is None where nothing was measured."""

    figure: str
    target: str
    measured: str
    met: bool | None

    @property
    def verdict(self) -> str:
        return "not measured" if self.met is None else "met" if self.met else "**not met**"


def rows(kept: Kept) -> list[Row]:
    return [
        _ratio(kept, "warm, checked `todayBoard` ÷ limit", 4, "kairo", ["limit"]),
        _ratio(kept, "÷ PostGraphile 5", 12, "kairo", ["postgraphile"]),
        _ratio(kept, "÷ Mercurius + JIT", 8, "kairo", ["mercurius-jit"]),
        _ratio(kept, "÷ Yoga with response cache, every request a hit", 4, "kairo", ["yoga-cache"]),
        _ratio(kept, "÷ Apollo Server 5 with response cache, every request a hit", 4, "kairo", ["apollo-cache"]),
        _stale(kept),
        _ratio(kept, "÷ Strawberry + Django, best practice", 50, "kairo", ["strawberry-best"]),
        _ratio(kept, "÷ fixed bytes of the same server", 0.3, "kairo", ["fixed"]),
        _ratio(kept, "with joining off (one check a request) ÷ limit", 1.3, "kairo-unjoined", ["limit"]),
        _ratio(kept, "miss ÷ the better of Yoga and Apollo without JIT", 1, "kairo-miss", ["yoga", "apollo"]),
        _ratio(kept, "miss ÷ Strawberry + Django, best practice", 3, "kairo-miss", ["strawberry-best"]),
        _ratio(kept, "304 ÷ an empty answer of the same server", 0.4, "kairo-304", ["empty"]),
        _most(kept, "one connection, warm: p50", 1, "ms", lambda: _median(kept, "kairo-one", "p50")),
        _most(kept, "one connection, warm: p99", 4, "ms", lambda: _median(kept, "kairo-one", "p99")),
        _most(
            kept,
            "cost of a miss at 1,000,000 opportunities ÷ at 20,000",
            1.2,
            "",
            lambda: ratio(kept, "kairo-miss", ["kairo-miss-large"]),
        ),
        _storm(kept),
        *_jobs(kept),
        _most(
            kept,
            "memory of a web process, all boards cached",
            150,
            "MB",
            lambda: (kept["memory_mb"] or {}).get("kairo"),
        ),
        _most(kept, "start to first answer", 1.2, "s", lambda: _middle((kept["start_s"] or {}).get("kairo-miss"))),
    ]


def ratio(kept: Kept, ours: str, theirs: list[str]) -> float | None:
    """Requests a second of ours over those of the best of theirs, round by round; None where one is missing."""
    our_rates, *their_rates = (_rates(kept, name) for name in (ours, *theirs))
    shared = set(our_rates).intersection(*their_rates)
    ratios = [our_rates[at] / best for at in shared if (best := max(rates[at] for rates in their_rates))]
    return statistics.median(ratios) if ratios else None


def _rates(kept: Kept, name: str) -> dict[int, float]:
    """Requests a second in each round, of all its turns together."""
    turns: dict[int, list[dict[str, Any]]] = {}
    for found in kept["rounds"].get(name, []):
        turns.setdefault(found["round"], []).append(found)
    return {
        at: sum(one["requests"] for one in of_round) / (sum(one["seconds"] for one in of_round) or 1.0)
        for at, of_round in turns.items()
    }


def _ratio(kept: Kept, figure: str, least: float, ours: str, theirs: list[str]) -> Row:
    found = ratio(kept, ours, theirs)
    return Row(
        figure=figure,
        target=f"≥ {least:g}",
        measured="" if found is None else f"{found:.2f}",
        met=None if found is None else found >= least,
    )


def _most(kept: Kept, figure: str, most: float, unit: str, measure: Callable[[], float | None]) -> Row:
    found = measure()
    return Row(
        figure=figure,
        target=f"≤ {most:g} {unit}".rstrip(),
        measured="" if found is None else f"{found:.2f} {unit}".rstrip(),
        met=None if found is None else found <= most,
    )


def _stale(kept: Kept) -> Row:
    found = kept["freshness"].get("kairo")
    return Row(
        figure="stale answers in reads after committed writes",
        target="0 of 10,000",
        measured=f"{found['stale']:g} of {found['trials']:,g}" if found else "",
        met=found["stale"] == 0 and found["trials"] >= 10_000 if found else None,
    )


def _storm(kept: Kept) -> Row:
    storms = kept["storm"]
    if not storms:
        return Row(figure=_STORM, target=_STORM_TARGET, measured="", met=None)
    p99, polls, boards = (
        statistics.median(storm[of][key] for storm in storms)
        for of, key in (("polls", "p99"), ("polls", "rate"), ("writes", "rate"))
    )
    stale, errors = (
        sum(storm[of][of_what] for storm in storms) for of, of_what in (("writes", "stale"), ("polls", "errors"))
    )
    return Row(
        figure=_STORM,
        target=_STORM_TARGET,
        measured=f"{p99:.1f} ms at {polls:,.0f} polls/s and {boards:.0f} boards/s, {stale:g} stale, {errors:g} errors",
        met=p99 <= 25 and stale == 0 and errors == 0 and polls >= 1900 and boards >= 45,
    )


_STORM = "p99 under 2,000 polls/s of 500 clients while 50 boards/s are written"
_STORM_TARGET = "≤ 25 ms, none stale"


def _jobs(kept: Kept) -> list[Row]:
    jobs = kept.get("jobs") or {}
    return [
        Row(
            figure=f"jobs/s, empty engine, one process with 8 threads ÷ {label}",
            target=f"≥ {least:g}",
            measured=f"{jobs[name]:.2f}" if name in jobs else "",
            met=jobs[name] >= least if name in jobs else None,
        )
        for name, label, least in (("plain", "plain Dramatiq on Redis", 0.6), ("celery", "Celery on Redis", 1.4))
    ]


def _median(kept: Kept, name: str, key: str) -> float | None:
    return _middle([found[key] for found in kept["rounds"].get(name, [])])


def _middle(values: list[float] | None) -> float | None:
    return statistics.median(values) if values else None
