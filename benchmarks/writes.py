"""Writes as Kairo makes them, each followed by a read that must show it: `python -m benchmarks.writes ORDER`.

ORDER is JSON, see `Order`; the answer is one line of JSON. Runs beside the servers, as another process of Kairo would.
"""

from __future__ import annotations

import http.client
import json
import sys
import time
from base64 import b64encode
from dataclasses import asdict, dataclass, replace
from typing import Any, Self
from uuid import UUID

import django
import psycopg
from django.conf import settings

from benchmarks import question
from benchmarks.sizes import Size, brand_id, secret, tenant_number

TRIES = 300


@dataclass(frozen=True, kw_only=True)
class Order:
    """`kind`: decisions and boards are Kairo's own writes; rows are updates of what the other servers read.

    Ends after `trials`, or after `seconds` at `rate` a second, whichever is given. The brands are the first `brands`.
    """

    kind: str
    port: int
    size: dict[str, int]
    document: str = question.KAIRO
    with_token: bool = True
    trials: int = 0
    seconds: float = 0.0
    rate: float = 0.0
    brands: int = 100

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
        asked = {"query": self.order.document, "operationName": "Today", "variables": {"b": str(brand_id(brand))}}
        for _ in range(TRIES):
            self.connection.request("POST", "/graphql", json.dumps(asked), headers)
            answer = self.connection.getresponse()
            body = answer.read()
            if answer.status != 503:  # which asks to come again, as a client does
                break
            time.sleep(0.1)
        assert answer.status == 200, body[:300]
        return body


def main() -> None:
    order = Order.from_argument(sys.argv[1])
    django.setup()
    writer: Any = {"decisions": Decisions, "boards": Boards, "rows": Rows}[order.kind](order)
    reader = Reader(order)
    for brand in range(order.brands):  # so that every answer is held before it is outdated
        reader.body(brand)
    stale = trials = 0
    took = []
    began = time.perf_counter()
    while (trials < order.trials) if order.trials else (time.perf_counter() - began < order.seconds):
        if order.rate:
            time.sleep(max(0.0, began + trials / order.rate - time.perf_counter()))
        brand = trials % order.brands
        before = time.perf_counter()
        is_shown = writer.write(brand, trials)
        took.append(time.perf_counter() - before)
        stale += not is_shown(reader.body(brand))
        trials += 1
    elapsed = time.perf_counter() - began
    took.sort()
    sys.stdout.write(
        json.dumps(
            {"trials": trials, "stale": stale, "rate": trials / elapsed, "write_ms": 1000 * took[len(took) // 2]}
        )
        + "\n"
    )


class Decisions:
    """Ignores an idea of the board, and takes that back the next time round."""

    def __init__(self, order: Order) -> None:
        from kairo.core.models import ApiToken  # noqa: PLC0415  Django is set up by now
        from kairo.core.services.access import Caller  # noqa: PLC0415  as above
        from kairo.hero.services import decisions  # noqa: PLC0415  as above

        self.verbs = decisions.ignore, decisions.undo
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
        from kairo.hero.services import job_runner  # noqa: PLC0415  Django is set up by now

        self.runner = job_runner.JobRunner(make=self.make)
        self.trial = 0
        self.candidates: dict[UUID, Any] = {}

    def write(self, brand: int, trial: int) -> Any:
        from django.db import transaction  # noqa: PLC0415  Django is set up by now

        from kairo.core.enums import JobTrigger  # noqa: PLC0415  as above
        from kairo.hero.jobs import queue  # noqa: PLC0415  as above

        self.trial = trial
        with transaction.atomic():
            job, _ = queue.enqueue(brand_id=brand_id(brand), trigger=JobTrigger.USER, priority=10)
        self.runner.run(job_id=job.id)
        title = self.title().encode()
        return lambda body: title in body

    def title(self) -> str:
        return f"Board number {self.trial} of this run"

    def make(self, *, brand_id: UUID, as_of: Any, report: Any) -> Any:
        from kairo.core.enums import ReadyReason, TodayBoardState  # noqa: PLC0415  Django is set up by now
        from kairo.hero.board_content import BoardContent  # noqa: PLC0415  as above
        from kairo.hero.dto import BrandSnapshotDTO  # noqa: PLC0415  as above
        from kairo.hero.services.generation_service import GenerationOutcome  # noqa: PLC0415  as above

        first, *others = self.candidates_of(brand_id)
        return GenerationOutcome(
            state=TodayBoardState.READY,
            ready_reason=ReadyReason.GENERATED,
            as_of=as_of,
            content=BoardContent(),
            brand=BrandSnapshotDTO(id=brand_id, tenant_id=brand_id, slug="", name=""),
            candidates=(replace(first, title=self.title()), *others),
        )

    def candidates_of(self, brand_id: UUID) -> Any:
        """The brand's ideas of before, as an engine would propose them again."""
        from kairo.core.models import Opportunity  # noqa: PLC0415  Django is set up by now
        from kairo.hero.ports import CandidateDTO  # noqa: PLC0415  as above
        from kairo.hero.services.stored_idea import idea_of  # noqa: PLC0415  as above

        if brand_id not in self.candidates:
            ideas = [idea_of(row) for row in Opportunity.objects.filter(brand_id=brand_id).order_by("-score", "id")]
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
