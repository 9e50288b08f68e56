"""How long a board takes to be made, by its number of posts: `python -m benchmarks engine`.

Processor time of the gates, of the built-in engine and of review, one after the other in one process, as a job runs
them, with garbage collected as seldom as in a worker; the database is not read. Each board has other posts
(engine_posts.py), so that nothing read for one is known for the next; words have been stemmed before, as in a worker
that has been running for a while.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from benchmarks import machine
from benchmarks.database import STATE
from benchmarks.engine_posts import AS_OF, make_brand, make_posts
from benchmarks.sections import PAGE, with_section
from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.gates.evidence_gates import evaluate_gates
from kairo.hero.generation.review.candidates import review
from kairo.hero.ports import SynthesisRequest
from kairo.jobs.gc_tuning import collect_seldom

KEPT = STATE / "engine.json"
SECTION = "The engine"
ROUNDS = {50: 60, 300: 20, 1_000: 10, 2_000: 10}
WARM_UP_POSTS = 1_000
WARM_UP_SEEDS = (-1, -2)
STEPS = ("gates", "synthesis", "review")
MOST_P95_MS = {50: 40.0, 2_000: 1_200.0}
GROWTH = (2_000, 300, 8.0)
"""The first number of posts may take this many times as long as the second."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks engine", description=__doc__)
    parser.add_argument("--posts", type=int, nargs="+", default=list(ROUNDS), metavar="N", help="default: %(default)s")
    parser.add_argument("--rounds", type=int, metavar="N", help="boards of each size; default: more of the small ones")
    parser.add_argument("--print-only", action="store_true", help="leave docs/performance.md alone")
    options = parser.parse_args()
    collect_seldom()
    for seed in WARM_UP_SEEDS:
        _board(WARM_UP_POSTS, seed=seed)
    sizes = {posts: _measured(posts, options.rounds or ROUNDS.get(posts, 10)) for posts in options.posts}
    kept = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": machine.described(),
        "sizes": {str(posts): found for posts, found in sizes.items()},
    }
    sys.stdout.write(table(kept) + "\n")
    if not options.print_only:
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(with_section(page, SECTION, body(kept)), encoding="utf-8")
    return 0


@dataclass(frozen=True, slots=True)
class Board:
    """Milliseconds of processor time of each step, and how many ideas came of it."""

    steps_ms: tuple[float, ...]
    ideas: int


def _measured(posts: int, rounds: int) -> dict[str, Any]:
    boards = [_board(posts, seed=seed) for seed in range(rounds)]
    columns = dict(zip(STEPS, zip(*(board.steps_ms for board in boards), strict=True), strict=True))
    columns["sum"] = tuple(sum(board.steps_ms) for board in boards)
    return {
        "rounds": rounds,
        "ideas": statistics.mean(board.ideas for board in boards),
        "steps": {name: {"p50": statistics.median(times), "p95": _p95(times)} for name, times in columns.items()},
    }


def _board(posts: int, *, seed: int) -> Board:
    brand, evidence = make_brand(), make_posts(posts, seed=seed)
    moments = [time.process_time()]
    evaluate_gates(evidence, as_of=AS_OF, brand=brand)
    moments.append(time.process_time())
    result = BuiltinSynthesizer().synthesize(SynthesisRequest(as_of=AS_OF, brand=brand, evidence=evidence))
    moments.append(time.process_time())
    kept, _ = review(result.candidates, brand=brand, evidence=evidence, as_of=AS_OF)
    moments.append(time.process_time())
    taken = (1000 * (end - start) for start, end in pairwise(moments))
    return Board(tuple(taken), len(kept))


def _p95(times: tuple[float, ...]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def body(kept: dict[str, Any]) -> str:
    """The section of docs/performance.md."""
    about = (
        f"By `python -m benchmarks engine`, {kept['date']}, on {kept['machine']}. Milliseconds of processor time of a "
        "job's steps between reading and storing, p50 / p95, on boards of invented posts of 30 days in four languages; "
        "each board has other posts."
    )
    return f"{about}\n\n{table(kept)}"


def table(kept: dict[str, Any]) -> str:
    sizes: dict[int, dict[str, Any]] = {int(posts): found for posts, found in kept["sizes"].items()}
    columns = (*STEPS, "sum")
    lines = [
        f"| posts | {' | '.join(columns)} | ideas | boards |",
        "|--:" * (len(columns) + 3) + "|",
    ]
    for posts, found in sizes.items():
        times = [f"{_shown(found, name, 'p50')} / {_shown(found, name, 'p95')}" for name in columns]
        lines.append(f"| {posts:,} | {' | '.join(times)} | {found['ideas']:.1f} | {found['rounds']} |")
    large, small, _ = GROWTH
    if {large, small} <= sizes.keys():
        ratios = [f"{_ratio(sizes, name):.1f}" for name in columns]
        lines.append(f"| {large:,} ÷ {small:,}, p50 | {' | '.join(ratios)} | | |")
    targets = ["| figure | target | measured | |", "|---|---|---|---|", *_targets(sizes)]
    return "\n".join([*lines, "", *targets])


def _targets(sizes: dict[int, dict[str, Any]]) -> list[str]:
    rows = []
    for posts, most in MOST_P95_MS.items():
        if posts in sizes:
            found = sizes[posts]["steps"]["sum"]["p95"]
            rows.append(
                _row(f"{posts:,} posts: p95 of the sum", f"≤ {most:,.0f} ms", f"{found:,.1f} ms", found <= most)
            )
    large, small, most = GROWTH
    if {large, small} <= sizes.keys():
        ratio = _ratio(sizes, "sum")
        rows.append(_row(f"{large:,} posts ÷ {small:,} posts, the sum", f"≤ {most:g}", f"{ratio:.1f}", ratio <= most))
    return rows


def _row(figure: str, target: str, measured: str, met: bool) -> str:
    return f"| {figure} | {target} | {measured} | {'met' if met else '**not met**'} |"


def _ratio(sizes: dict[int, dict[str, Any]], step: str) -> float:
    large, small, _ = GROWTH
    under = float(sizes[small]["steps"][step]["p50"])
    return float(sizes[large]["steps"][step]["p50"]) / under if under else 0.0


def _shown(found: dict[str, Any], step: str, point: str) -> str:
    return f"{found['steps'][step][point]:,.1f}"


if __name__ == "__main__":
    sys.exit(main())
