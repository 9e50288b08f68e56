"""A polling storm for minutes, then restarts under load: `python -m benchmarks load`.

Each second the web process's memory and open connections are noted beside what the clients saw. Then the process is
stopped by SIGTERM and started again, several times, while clients that try again poll on.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from typing import Any

from benchmarks import machine, plot
from benchmarks.contenders import KAIRO
from benchmarks.database import STATE, environment, prepared_database, run_database, servers
from benchmarks.machine import Cores
from benchmarks.running import Running, load, loading, running, start, stop
from benchmarks.sizes import Size
from kairo.devstack.ports import free_port

KEPT = STATE / "load.json"
LOG = STATE / "logs" / "load.log"
FLAT = 1.05  # the last minute's memory over that of the minute after the warm-up
RESTART_EVERY_S = 6.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks load", description=__doc__)
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--rate", type=float, default=2000.0, help="polls a second of all clients together; 2000")
    parser.add_argument("--seconds", type=float, default=300.0, help="300")
    parser.add_argument("--restarts", type=int, default=4)
    parser.add_argument("--brands", type=int, default=2000)
    options = parser.parse_args()
    size, cores = Size(brands=options.brands), machine.divide_cores()
    with servers() as found, run_database(found, prepared_database(found, size)[0]) as name:
        settings, port = environment(found, name), free_port()
        with running(KAIRO, settings=settings, size=size, cores=cores, log=LOG, port=port) as server:
            requests = [server.request_maker(brand) for brand in range(size.brands)]
            load(server, requests, cores=cores, seconds=60, connections=32, once=True)
            kept = {"steady": _steady(server, requests, cores=cores, options=options)}
        kept["restarts"] = _restarts(server, requests, settings=settings, cores=cores, options=options)
    kept["options"] = vars(options)
    KEPT.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    sys.stdout.write(report(kept) + "\n")
    return 0


def _steady(server: Running, requests: list[bytes], *, cores: Cores, options: argparse.Namespace) -> dict[str, Any]:
    samples = []
    given = {"seconds": options.seconds, "rate": options.rate, "connections": options.clients}
    with loading(server, requests, cores=cores, **given) as generator:
        began = time.monotonic()
        while time.monotonic() - began < options.seconds:
            at = time.monotonic() - began
            samples.append(
                {"second": at, "mb": machine.memory_mb(server.pid), "connections": machine.connections(server.pid)}
            )
            time.sleep(1)
        return {**generator.result(), "samples": samples}


def _restarts(
    server: Running, requests: list[bytes], *, settings: dict[str, str], cores: Cores, options: argparse.Namespace
) -> dict[str, Any]:
    """Restarts the only web process of a port, so that between stop and start no process listens: the worst case."""
    process, _ = start(KAIRO, settings=settings, cores=cores, log=LOG, port=server.port)
    try:
        time.sleep(RESTART_EVERY_S)
        seconds = RESTART_EVERY_S * (options.restarts + 1)
        given = {"seconds": seconds, "rate": options.rate / 4, "connections": options.clients // 4, "retry": True}
        codes = []
        with loading(server, requests, cores=cores, **given) as generator:
            for _ in range(options.restarts):
                time.sleep(RESTART_EVERY_S)
                codes.append(_ended(process))
                process, _ = start(KAIRO, settings=settings, cores=cores, log=LOG, port=server.port)
            found = generator.result()
    finally:
        stop(process)
    found.pop("by_second")
    return {**found, "restarts": options.restarts, "exit_codes": codes}


def _ended(process: subprocess.Popen[bytes]) -> int:
    process.terminate()
    return process.wait(40)


def report(kept: dict[str, Any]) -> str:
    """A table by minute, and what the restarts came to."""
    steady, load_options = kept["steady"], kept["options"]
    lines = [
        f"{load_options['clients']} clients, {load_options['rate']:g} polls a second, {load_options['seconds']:g} s: "
        f"{steady['requests']:,} answers, {steady['errors']} errors, p50 {steady['p50']:.2f} ms, "
        f"p99 {steady['p99']:.1f} ms.",
        "",
        "| minute | answers | p50 ms | p99 ms | memory MB | connections |",
        "|--:|--:|--:|--:|--:|--:|",
    ]
    for minute in range(int(steady["samples"][-1]["second"] // 60) + 1):
        polled = [at for at in steady["by_second"] if at["second"] // 60 == minute]
        samples = [at for at in steady["samples"] if at["second"] // 60 == minute]
        if polled and samples:
            lines.append(
                f"| {minute + 1} | {sum(at['requests'] for at in polled):,.0f} | {_middle(polled, 'p50'):.2f} "
                f"| {_middle(polled, 'p99'):.1f} | {_middle(samples, 'mb'):.0f} "
                f"| {_middle(samples, 'connections'):.0f} |"
            )
    growth = _growth(steady["samples"])
    restarts = kept["restarts"]
    lines += [
        "",
        f"Memory at the end is {growth:.3f} of that after the first tenth: "
        f"{'flat' if growth <= FLAT else '**not flat**'}.",
        "",
        f"{restarts['restarts']} restarts of the only web process under {load_options['rate'] / 4:g} polls a second: "
        f"{restarts['requests']:,} requests, {restarts['retried']} tried again, {restarts['errors']} lost; "
        f"exit codes {', '.join(map(str, restarts['exit_codes']))}.",
    ]
    return "\n".join(lines)


def plotted(kept: dict[str, Any]) -> str:
    """Every second of the steady load, as SVG."""
    steady = kept["steady"]
    lines = [("memory, MB", "samples", "mb"), ("connections", "samples", "connections")]
    lines += [("p99, ms", "by_second", "p99"), ("p50, ms", "by_second", "p50")]
    return plot.lines(
        f"{kept['options']['clients']} clients, {kept['options']['rate']:g} polls a second, second by second",
        x="seconds",
        y="ms, MB, connections",
        series=[(label, [(at["second"], max(0.05, at[key])) for at in steady[kind]]) for label, kind, key in lines],
        x_is_time=True,
    )


def _growth(samples: list[dict[str, float]]) -> float:
    tenth = max(1, len(samples) // 10)
    return _middle(samples[-tenth:], "mb") / _middle(samples[tenth : 2 * tenth] or samples, "mb")


def _middle(values: list[dict[str, float]], key: str) -> float:
    return statistics.median(value[key] for value in values)


if __name__ == "__main__":
    sys.exit(main())
