"""Measures how long requesting and storing a board take: `python -m benchmarks storing`.

Each board is another brand's, of 24 ideas with three posts each. It is stored as a worker does it: with the end of its
job, its snapshot and the brand's revision, in one transaction. The engine is spared. Elapsed time by the clock, of one
writer; statements are counted while it goes on.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import django
from django.db import connection

from benchmarks.database import STATE, environment, prepared_database, run_database, servers
from benchmarks.sizes import Size, brand_id, tenant_id, tenant_number
from benchmarks.writes import Boards, Order

KEPT = STATE / "storing.json"
SIZE = Size(brands=500, opportunities=24)
WARM_UP = 50  # boards that are stored before any is timed


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks storing", description=__doc__)
    parser.add_argument("--boards", type=int, default=SIZE.brands, help=f"at most {SIZE.brands}, which is the default")
    options = parser.parse_args()
    with servers() as found, run_database(found, prepared_database(found, SIZE)[0]) as name:
        os.environ.update(environment(found, name) | {"KAIRO_LOG_LEVEL": "ERROR"})
        django.setup()
        kept = _measured(min(options.boards, SIZE.brands))
    KEPT.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    sys.stdout.write(report(kept) + "\n")
    return 0


def _measured(boards: int) -> dict[str, Any]:
    """Of asking and of storing: milliseconds of each, and the most statements in its transaction and beside it."""
    from kairo.core.models import ApiToken  # noqa: PLC0415  as above
    from kairo.core.services.access import Caller  # noqa: PLC0415  as above
    from kairo.hero.enums import JobStatus  # noqa: PLC0415  as above
    from kairo.hero.generation.board_store import GeneratedBoard, store_boards  # noqa: PLC0415  as above
    from kairo.hero.jobs import queue  # noqa: PLC0415  as above
    from kairo.hero.services.today_service import regenerate_today_board  # noqa: PLC0415  as above

    engine = Boards(Order(kind="boards", port=0, size={}))
    callers = {
        token.tenant_id: Caller(tenant_id=token.tenant_id, token_id=token.id, scopes=frozenset(token.scopes))
        for token in ApiToken.objects.all()
    }
    asking, storing = Timed(), Timed()

    def board(number: int) -> None:
        brand, caller = brand_id(number), callers[tenant_id(tenant_number(number, SIZE))]
        engine.titles[brand] = f"Board {number}"
        outcome = engine.make(brand_id=brand, as_of=datetime.now(UTC), report=None)
        accepted = asking.time(lambda: regenerate_today_board(caller=caller, brand_id=brand))
        lease = queue.claim(job_id=accepted.job.id, worker_id="benchmark")
        assert lease
        made = GeneratedBoard(brand_id=brand, job_id=lease.job_id, attempt=lease.attempt, outcome=outcome)
        storing.time(lambda: queue.complete(ends={lease: JobStatus.SUCCEEDED}, store=lambda _: store_boards([made])))

    for number in range(boards):
        board(number)
    return {"asking": asking.summary(), "storing": storing.summary()}


class Timed:
    """The durations and statements of one kind of write."""

    def __init__(self) -> None:
        self.took_ms: list[float] = []
        self.together = self.beside = 0  # the most statements in a transaction, and outside of it

    def time(self, write: Callable[[], Any]) -> Any:
        together = beside = 0

        def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal together, beside
            if connection.in_atomic_block:
                together += 1
            else:
                beside += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            began = time.perf_counter()
            found = write()
            self.took_ms.append(1000 * (time.perf_counter() - began))
        self.together, self.beside = max(self.together, together), max(self.beside, beside)
        return found

    def summary(self) -> dict[str, float]:
        cuts = statistics.quantiles(self.took_ms[WARM_UP:], n=20)
        return {"p50": cuts[9], "p95": cuts[18], "together": self.together, "beside": self.beside}


def report(kept: dict[str, Any]) -> str:
    asking, storing = kept["asking"], kept["storing"]
    return (
        f"Storing a board of {SIZE.opportunities} ideas with three posts each, the end of its job, its snapshot and "
        f"the revision: {storing['together']:g} statements in one transaction; "
        f"p50 {storing['p50']:.1f} ms, p95 {storing['p95']:.1f} ms. "
        "Asking for one, as `regenerateTodayBoard` does once it knows who calls, with the wake-up through Redis: "
        f"{asking['together'] + asking['beside']:g} statements; p50 {asking['p50']:.1f} ms, p95 {asking['p95']:.1f} ms."
    )


if __name__ == "__main__":
    sys.exit(main())
