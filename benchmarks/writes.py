"""Writes as Kairo makes them, each followed by a read that must show it: `python -m benchmarks.writes ORDER`.

ORDER is JSON, see `Order`; the answer is one line of JSON. Runs beside the servers, as another process of Kairo would.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import count
from typing import Any, Self
from uuid import UUID

import django
import psycopg
from django.conf import settings

from benchmarks import queries
from benchmarks.sizes import Size, brand_id, secret, tenant_number

TRIES = 300


@dataclass(frozen=True, kw_only=True)
class Order:
    """`kind`: decisions and boards are Kairo's own writes; rows are updates of what the other servers read.

    Ends after `trials`, or after `seconds` at `rate` a second, whichever is given. The brands are the first `brands`.
    `threads` write at once, each a brand of its own, and each reads its own write back before its next one.
    """

    kind: str
    port: int
    size: dict[str, int]
    document: str = queries.KAIRO
    with_token: bool = True
    trials: int = 0
    seconds: float = 0.0
    rate: float = 0.0
    brands: int = 100
    threads: int = 1

    def as_argument(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_argument(cls, text: str) -> Self:
        return cls(**json.loads(text))


class Reader:
    """One connection to the server under test."""

    def __init__(self, order: Order) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", order.port, timeout=30)
        self.order = order
        self.size = Size(**order.size)

    def body(self, brand: int) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.order.with_token:
            headers["Authorization"] = f"Bearer {secret(tenant_number(brand, self.size))}"
        payload = {"query": self.order.document, "operationName": "Today", "variables": {"b": str(brand_id(brand))}}
        for _ in range(TRIES):
            self.connection.request("POST", "/graphql", json.dumps(payload), headers)
            answer = self.connection.getresponse()
            body = answer.read()
            if answer.status != 503:  # which asks to come again, as a client does
                break
            time.sleep(0.1)
        assert answer.status == 200, body[:300]
        return body


class Trials:
    """Writes in the order in which they are due; the writer of each reads it back."""

    def __init__(self, order: Order, writer: Any) -> None:
        self.order = order
        self.writer = writer
        self.stale = 0
        self.took: list[float] = []
        self.lock = threading.Lock()
        self.numbers = count()
        self.began = time.perf_counter()
        self.cpu_began = time.process_time()

    def work(self) -> None:
        reader = Reader(self.order)
        while (trial := self.next_one()) is not None:
            if self.order.rate:
                time.sleep(max(0.0, self.began + trial / self.order.rate - time.perf_counter()))
            brand = trial % self.order.brands
            before = time.perf_counter()
            is_shown = self.writer.write(brand, trial)
            took = time.perf_counter() - before
            stale = not is_shown(reader.body(brand))
            with self.lock:
                self.took.append(took)
                self.stale += stale

    def next_one(self) -> int | None:
        with self.lock:
            if self.order.trials:
                trial = next(self.numbers)
                return trial if trial < self.order.trials else None
            if time.perf_counter() - self.began >= self.order.seconds:
                return None
            return next(self.numbers)


def main() -> None:
    order = Order.from_argument(sys.argv[1])
    assert order.threads < order.brands, "two threads never write the same brand at once"
    django.setup()
    writer: Any = {"decisions": Decisions, "boards": Boards, "rows": Rows}[order.kind](order)
    reader = Reader(order)
    for brand in range(order.brands):  # so that every response is cached before it is outdated
        reader.body(brand)
    trials = Trials(order, writer)
    with ThreadPoolExecutor(order.threads) as pool:
        for working in [pool.submit(trials.work) for _ in range(order.threads)]:
            working.result()
    elapsed = time.perf_counter() - trials.began
    took = sorted(trials.took)
    found = {
        "trials": len(took),
        "stale": trials.stale,
        "rate": len(took) / elapsed,
        "write_ms": 1000 * took[len(took) // 2],
        "cpu_ms": 1000 * (time.process_time() - trials.cpu_began) / len(took),
    }
    sys.stdout.write(json.dumps(found) + "\n")


class Decisions:
    """Ignores an idea of the board, and takes that back the next time round."""

    def __init__(self, order: Order) -> None:
        from kairo.core.models import ApiToken  # noqa: PLC0415  Django is set up by now
        from kairo.core.services.access import Caller  # noqa: PLC0415  as above
        from kairo.hero.decisions import opportunity_decisions  # noqa: PLC0415  as above

        self.verbs = opportunity_decisions.ignore, opportunity_decisions.undo
        self.size = Size(**order.size)
        self.brands = order.brands
        self.callers = {
            int(str(token.tenant_id)[:8], 16): Caller(
                tenant_id=token.tenant_id, token_id=token.id, scopes=frozenset(token.scopes)
            )
            for token in ApiToken.objects.all()
        }

    def write(self, brand: int, trial: int) -> Any:
        hides = trial // self.brands % 2 == 0
        idea = UUID(f"{brand:08x}-0004-7000-8000-000000000001")
        self.verbs[not hides](caller=self.callers[tenant_number(brand, self.size)], opportunity_id=idea)
        shown = b64encode(f"Opportunity:{idea}".encode())
        return lambda body: (shown not in body) == hides


class Boards:
    """A generation from its request to its stored board; only the engine is spared."""

    def __init__(self, order: Order) -> None:
        from kairo.hero.generation import job_runner  # noqa: PLC0415  Django is set up by now

        self.runner = job_runner.JobRunner(make=self.make)
        self.titles: dict[UUID, str] = {}
        self.candidates: dict[UUID, Any] = {}

    def write(self, brand: int, trial: int) -> Any:
        from django.db import transaction  # noqa: PLC0415  Django is set up by now

        from kairo.core.enums import JobTrigger  # noqa: PLC0415  as above
        from kairo.hero.jobs import queue  # noqa: PLC0415  as above

        title = self.titles[brand_id(brand)] = f"Board number {trial} of this run"
        with transaction.atomic():
            job, _ = queue.enqueue(brand_id=brand_id(brand), trigger=JobTrigger.USER, priority=10)
        self.runner.run(job_id=job.id)
        return lambda body: title.encode() in body

    def make(self, *, brand_id: UUID, as_of: Any, report: Any, last_attempt: bool = False) -> Any:
        from kairo.hero.dto import BrandSnapshotDTO  # noqa: PLC0415  as above
        from kairo.hero.enums import ReadyReason, TodayBoardState  # noqa: PLC0415  as above
        from kairo.hero.generation.make_board import GenerationOutcome  # noqa: PLC0415  as above
        from kairo.hero.models.board_content import BoardContent  # noqa: PLC0415  as above

        first, *others = self.candidates_of(brand_id)
        return GenerationOutcome(
            state=TodayBoardState.READY,
            ready_reason=ReadyReason.GENERATED,
            as_of=as_of,
            content=BoardContent(),
            brand=BrandSnapshotDTO(id=brand_id, tenant_id=brand_id, slug="", name=""),
            candidates=(replace(first, title=self.titles[brand_id]), *others),
        )

    def candidates_of(self, brand_id: UUID) -> Any:
        """The brand's ideas of the seed, as an engine would propose them again, at each run the same."""
        from kairo.core.models import Opportunity  # noqa: PLC0415  Django is set up by now
        from kairo.hero.boards.opportunity_rows import opportunity_from_row  # noqa: PLC0415  as above
        from kairo.hero.ports import CandidateDTO  # noqa: PLC0415  as above

        if brand_id not in self.candidates:
            seeded = Opportunity.objects.filter(brand_id=brand_id).exclude(concept_key__startswith="again-")
            ideas = [opportunity_from_row(row) for row in seeded.order_by("-score", "id")]
            self.candidates[brand_id] = [
                CandidateDTO(
                    concept_key=f"again-{idea.concept_key}",
                    title=idea.title,
                    angle=idea.angle,
                    why_now=idea.why_now,
                    type=idea.type,
                    primary_channel=idea.primary_channel,
                    suggested_channels=idea.suggested_channels,
                    score_parts=idea.score_parts,
                    claims=idea.claims,
                    evidence_ids=idea.evidence_ids,
                )
                for idea in ideas
            ]
        return self.candidates[brand_id]


class Rows:
    """A new title for the first idea, in the table the other servers read."""

    def __init__(self, order: Order) -> None:
        self.connection = psycopg.connect(settings.DATABASE_URL, autocommit=True)

    def write(self, brand: int, trial: int) -> Any:
        title = f"Title number {trial} of this run"
        self.connection.execute(
            "UPDATE bench.opportunity SET title = %s WHERE brand_id = %s AND position = 1", [title, brand_id(brand)]
        )
        return lambda body: title.encode() in body


if __name__ == "__main__":
    main()
