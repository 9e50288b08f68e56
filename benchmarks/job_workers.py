"""Two workers to compare: Kairo's own with an engine that does nothing, and plain Dramatiq with an empty actor.

KAIRO_BENCHMARK_WORKER selects one; `dramatiq benchmarks.job_workers` imports this file.
"""

from __future__ import annotations

import os
from datetime import datetime
from uuid import UUID

import dramatiq
from dramatiq.brokers.redis import RedisBroker

EMPTY_QUEUE = "empty"
EMPTY_ACTOR = "empty"


def become_kairo() -> None:
    """Everything of a Kairo worker but the making of a board, which is empty."""
    import kairo.worker  # noqa: F401, PLC0415  sets Django up, and must not run in the plain worker
    from kairo.hero.dto import BrandSnapshotDTO  # noqa: PLC0415  as above
    from kairo.hero.enums import ReadyReason, TodayBoardState  # noqa: PLC0415  as above
    from kairo.hero.generation import job_runner  # noqa: PLC0415  as above
    from kairo.hero.generation.make_board import GenerationOutcome, Report  # noqa: PLC0415  as above
    from kairo.hero.models.board_content import BoardContent  # noqa: PLC0415  as above

    def nothing(*, brand_id: UUID, as_of: datetime, report: Report, last_attempt: bool) -> GenerationOutcome:
        return GenerationOutcome(
            state=TodayBoardState.READY,
            ready_reason=ReadyReason.GATES_ONLY_NO_SYNTHESIS,
            as_of=as_of,
            content=BoardContent(),
            brand=BrandSnapshotDTO(id=brand_id, tenant_id=brand_id, slug="", name=""),
        )

    job_runner.process_runner.value = job_runner.JobRunner(make=nothing)


def become_plain() -> None:
    """As its guide sets it up, with its own defaults."""
    dramatiq.set_broker(RedisBroker(url=os.environ["REDIS_URL"]))  # type: ignore[no-untyped-call]  # Dramatiq's own

    @dramatiq.actor(actor_name=EMPTY_ACTOR, queue_name=EMPTY_QUEUE)
    def empty(job_id: str) -> None:
        pass


if os.environ.get("KAIRO_BENCHMARK_WORKER") == "kairo":
    become_kairo()
elif os.environ.get("KAIRO_BENCHMARK_WORKER") == "plain":
    become_plain()
