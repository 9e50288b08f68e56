"""Writes docs/performance.md and its plots from what a run kept."""

from __future__ import annotations

import json
import statistics
from typing import Any

from benchmarks import engine, load, plot, storing, targets
from benchmarks.sections import PAGE
from benchmarks.targets import Kept
from kairo.devstack.checkout import ROOT

PLOTS = ROOT / "docs" / "performance"
MORE = {
    "kairo-one": "Kairo, one connection",
    "kairo-304": "Kairo, 304 to a client that holds the answer",
    "kairo-miss": "Kairo, first read of a brand (miss)",
    "kairo-miss-large": "the same in the large database",
}


def write(kept: Kept) -> None:
    PLOTS.mkdir(parents=True, exist_ok=True)
    (PLOTS / "throughput.svg").write_text(_throughput(kept), encoding="utf-8")
    if kept["curve"]:
        (PLOTS / "latency.svg").write_text(_latency(kept), encoding="utf-8")
    PAGE.write_text(page(kept), encoding="utf-8")


def page(kept: Kept) -> str:
    about = kept["about"]
    size, answer = about["size"], kept["answer"]
    parts = [
        "# Performance",
        f"Written by `python -m benchmarks`, {about['date']}. How it measures, how to repeat it and how to correct it "
        "is in [`benchmarks/README.md`](../benchmarks/README.md). Read the ratios: absolute figures drift from hour to "
        "hour on a shared machine.",
        f"Machine: {about['machine']}; {about['busy']:.0%} busy before the run began. {about['cores']} "
        f"{size['brands']:,} brands, a board of {size['opportunities']} opportunities with 3 posts each: "
        f"{answer.get('bytes', 0):,.0f} bytes, {answer.get('fields', 0):g} fields. 32 connections, brands at random, "
        f"one server process, {about['rounds']} rounds of {about['seconds']:g} s with the servers taking turns, "
        "medians. The answers of all servers were compared before anything was timed. PostgreSQL does not wait for the "
        "disk (`fsync=off`).",
        "## Targets",
        _targets(kept),
        "## Servers",
        table(kept),
        "`÷ limit` is the median of the rounds' ratios. Processor time is the server process's, for a request; "
        "PostgreSQL's is not in it. Kairo's requests carry a token that is checked, and are counted for rate limits; "
        "the other servers' are not. None of them logs an answer that is well. A response cache that goes by time "
        "serves what was true before: see below.",
    ]
    if missing := kept["missing"]:
        listed = "; ".join(f"{_label(kept, name)} ({why})" for name, why in missing.items())
        parts.append(f"Not measured: {listed}.")
    parts += ["![Requests a second](performance/throughput.svg)", "## Latency against load"]
    if kept["curve"]:
        parts += [
            "Requests are sent when due, and latency counts from then.",
            "![p99 against load](performance/latency.svg)",
        ]
    parts += ["## Stale answers", _freshness(kept)]
    if load.KEPT.exists():
        found = json.loads(load.KEPT.read_text())
        (PLOTS / "load.svg").write_text(load.plotted(found), encoding="utf-8")
        parts += ["## Minutes under load", "By `python -m benchmarks load`.", load.report(found)]
        parts += ["![Each second of it](performance/load.svg)"]
    if storing.KEPT.exists():
        parts += [
            "## Writes",
            "By `python -m benchmarks storing`.",
            storing.report(json.loads(storing.KEPT.read_text())),
        ]
    if engine.KEPT.exists():
        parts += [f"## {engine.SECTION}", engine.body(json.loads(engine.KEPT.read_text()))]
    parts += ["## Versions", _versions(about["versions"])]
    return "\n\n".join(parts) + "\n"


def table(kept: Kept) -> str:
    lines = ["| server | req/s | p50 ms | p99 ms | cpu ms/req | ÷ limit | MB |", "|---|--:|--:|--:|--:|--:|--:|"]
    names = sorted(kept["rounds"], key=lambda name: -_median(kept, name, "rate"))
    for name in names:
        against = targets.ratio(kept, name, ["limit"])
        memory = kept["memory_mb"].get(name)
        errors = sum(found["errors"] for found in kept["rounds"][name])
        lines.append(
            f"| {_label(kept, name)}{f' ({errors} errors)' if errors else ''} | {_median(kept, name, 'rate'):,.0f} "
            f"| {_median(kept, name, 'p50'):.2f} | {_median(kept, name, 'p99'):.1f} "
            f"| {_median(kept, name, 'cpu_ms'):.3f} | {'' if against is None else f'{against:.2f}'} "
            f"| {'' if memory is None else f'{memory:.0f}'} |"
        )
    return "\n".join(lines)


def _targets(kept: Kept) -> str:
    lines = ["| figure | target | measured | |", "|---|---|---|---|"]
    lines += [f"| {row.figure} | {row.target} | {row.measured} | {row.verdict} |" for row in targets.rows(kept)]
    return "\n".join(lines)


def _freshness(kept: Kept) -> str:
    lines = [
        "A write is committed by another process, then the brand is read; an answer without the write is stale.",
        "",
        "| server | stale |",
        "|---|---|",
    ]
    lines += [
        f"| {_label(kept, name)} | {found['stale']:g} of {found['trials']:,g} |"
        for name, found in kept["freshness"].items()
    ]
    return "\n".join(lines)


def _throughput(kept: Kept) -> str:
    shown = [name for name in kept["rounds"] if name not in {"empty", "kairo-one", "kairo-miss-large"}]
    values = [(_label(kept, name), max(1.0, _median(kept, name, "rate")), name.startswith("kairo")) for name in shown]
    return plot.bars("Requests a second (logarithmic)", values)


def _latency(kept: Kept) -> str:
    series = [
        (_label(kept, name), [(at["rate"], max(0.05, at["p99"])) for at in listed])
        for name, listed in kept["curve"].items()
        if listed
    ]
    return plot.lines("99th percentile of latency against load", x="requests a second", y="ms", series=series)


def _versions(found: dict[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in found.items()) + "."


def _median(kept: Kept, name: str, key: str) -> float:
    return float(statistics.median(found[key] for found in kept["rounds"][name]))


def _label(kept: Kept, name: str) -> str:
    labels: dict[str, Any] = kept["labels"]
    return str(labels.get(name) or MORE.get(name) or name)
