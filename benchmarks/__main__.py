"""Measures Kairo and other GraphQL servers: `python -m benchmarks`. benchmarks/README.md explains the figures."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module

from benchmarks import machine, report
from benchmarks.contenders import CONTENDERS
from benchmarks.database import STATE, prepared_database, servers
from benchmarks.install import prepare, versions
from benchmarks.machine import Cores
from benchmarks.measurement import Measurement
from benchmarks.plan import Plan, Storm
from benchmarks.running import Failed
from benchmarks.sizes import Size

RESULTS = STATE / "results.json"
COMMANDS = ("jobs", "engine", "load", "scale", "storing")


def main() -> int:
    if sys.argv[1:2] and sys.argv[1] in COMMANDS:
        name = sys.argv.pop(1)
        return import_module(f"benchmarks.{name}").main() or 0
    options = _parser().parse_args()
    try:
        return _run(options)
    except Failed as error:
        sys.stderr.write(f"benchmarks: {error}\n")
        return 1


def _run(options: argparse.Namespace) -> int:
    size = Size(brands=options.brands, opportunities=options.opportunities, evidence=options.evidence)
    large = None if options.quick or options.no_large else Size(brands=options.large_brands)
    if options.report_only:
        report.write(json.loads(RESULTS.read_text(encoding="utf-8")))
        return 0
    if options.prepare:
        prepare(say)
        with servers() as found:
            for one in (size, large):
                if one:
                    say(f"{one.name}: {prepared_database(found, one)[1] or 'kept'}")
        return 0
    plan = _plan(options, size=size, large=large)
    began, busy = time.monotonic(), machine.busy_share()
    cores = machine.divide_cores()
    with servers() as found:
        measurement = Measurement(plan, servers=found, cores=cores, say=say)
        figures = measurement.run()
        said = versions(found)
    kept = {
        **asdict(figures),
        "labels": {one.name: one.label for one in CONTENDERS},
        "jobs": {} if options.quick or options.only else _jobs(cores),
        "about": {
            "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
            "machine": machine.described(),
            "cores": cores.sentence,
            "busy": busy,
            "versions": said,
            "size": asdict(size),
            "large": asdict(large) if large else None,
            "rounds": plan.rounds,
            "seconds": plan.seconds,
            "took_s": time.monotonic() - began,
        },
    }
    RESULTS.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    sys.stdout.write(report.table(kept) + "\n")
    if not options.quick and not options.only:
        report.write(kept)
    return 0


def _jobs(cores: Cores) -> dict[str, float]:
    """Returns ratios of jobs a second to those of other queues, on all cores; {} if that run failed."""
    say("jobs")
    kept = STATE / "jobs.json"
    kept.unlink(missing_ok=True)
    words = [sys.executable, "-m", "benchmarks.jobs", "--jobs", "4000", "--rounds", "7", "--figures", str(kept)]
    all_cores = machine.pinned(cores.server | cores.others)
    subprocess.run(words, check=False, preexec_fn=all_cores)  # noqa: S603  our own words; no threads here
    found: dict[str, float] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    return found


def _plan(options: argparse.Namespace, *, size: Size, large: Size | None) -> Plan:
    names = options.only or (["kairo", "limit", "fixed"] if options.quick else [one.name for one in CONTENDERS])
    unknown = set(names) - {one.name for one in CONTENDERS}
    if unknown:
        raise Failed(f"There is no server named {', '.join(sorted(unknown))}; --help lists them.")
    return Plan(
        contenders=[one for one in CONTENDERS if one.name in names],
        size=size,
        large=large,
        rounds=options.rounds or (2 if options.quick else 7),
        seconds=options.seconds or (1.0 if options.quick else 1.5),
        trials=options.trials or (20 if options.quick else 10_000),
        storm=Storm(clients=20, polls=20, boards=2, seconds=2, runs=1) if options.quick else Storm(),
        curve_s=0.0 if options.quick else 1.5,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measures Kairo and other servers on the same rows and writes docs/performance.md. Also: "
        "python -m benchmarks jobs | engine | load | scale | storing, each with its own --help.",
    )
    parser.add_argument("--prepare", action="store_true", help="install the other servers, fill the databases, and end")
    parser.add_argument("--quick", action="store_true", help="a minute: two short rounds of our own servers, no report")
    parser.add_argument("--report-only", action="store_true", help="write the report of the last run again")
    parser.add_argument("--only", nargs="+", metavar="NAME", help=", ".join(one.name for one in CONTENDERS))
    parser.add_argument("--rounds", type=int, help="7")
    parser.add_argument("--seconds", type=float, help="of each server in each round; 1.5")
    parser.add_argument("--trials", type=int, help="reads after writes; 10000")
    parser.add_argument("--brands", type=int, default=2000)
    parser.add_argument("--opportunities", type=int, default=10, help="of a board; 10")
    parser.add_argument("--evidence", type=int, default=30, help="posts of a brand; 30")
    parser.add_argument("--large-brands", type=int, default=100_000, help="of the large database; 100000")
    parser.add_argument("--no-large", action="store_true", help="without the large database")
    return parser


def say(line: str) -> None:
    sys.stderr.write(f"  {line}\n")


if __name__ == "__main__":
    sys.exit(main())
