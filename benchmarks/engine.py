"""How long the built-in engine takes for a board of 50 posts: `python -m benchmarks.engine`.

The shipped demo's 80 invented posts are dealt to its five brands, 50 each. Prints processor time and elapsed time a
board, in milliseconds, once words have been stemmed (a fresh process pays for that on its first board; shown apart).
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from datetime import datetime
from pathlib import Path

from kairo.hero.evaluation.dataset import read_brand, read_item, read_rows
from kairo.hero.evaluation.example_boards import with_ids
from kairo.hero.ports import SynthesisRequest
from kairo.hero.synthesis import BuiltinSynthesizer

DEMO = Path(__file__).parent.parent / "kairo" / "demo"
POSTS = 50
ROUNDS = 40


def main() -> None:
    requests = _requests()
    engine = BuiltinSynthesizer()
    first = [_run(engine, request) for request in requests]
    runs = [_run(engine, request) for _ in range(ROUNDS) for request in requests]
    for name, found in (("first board of a process", first[:1]), (f"{len(runs)} boards after it", runs)):
        cpu, wall = zip(*found, strict=True)
        sys.stdout.write(f"{name}: cpu {_summary(cpu)}; elapsed {_summary(wall)}\n")


def _requests() -> list[SynthesisRequest]:
    content = json.loads((DEMO / "brands.json").read_text(encoding="utf-8"))
    as_of = datetime.fromisoformat(content["as_of"])
    brands = [read_brand(with_ids(raw)) for raw in content["brands"]]
    posts = {brand.slug: read_rows(DEMO / "evidence" / f"{brand.slug}.jsonl") for brand in brands}
    requests = []
    for brand in brands:
        others = [row for slug, rows in posts.items() if slug != brand.slug for row in rows]
        dealt = [*posts[brand.slug], *others][:POSTS]
        evidence = tuple(read_item(row) for row in dealt)
        requests.append(SynthesisRequest(as_of=as_of, brand=brand, evidence=evidence))
    return requests


def _run(engine: BuiltinSynthesizer, request: SynthesisRequest) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    engine.synthesize(request)
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def _summary(times_ms: tuple[float, ...]) -> str:
    if len(times_ms) == 1:
        return f"{times_ms[0]:.1f} ms"
    p95 = statistics.quantiles(times_ms, n=20)[-1]
    return f"p50 {statistics.median(times_ms):.1f} ms, p95 {p95:.1f} ms"


if __name__ == "__main__":
    main()
