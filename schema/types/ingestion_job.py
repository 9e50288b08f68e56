from datetime import datetime
from decimal import Decimal
from typing import Self
from uuid import UUID

import strawberry

from kairo.evidence.enums import IngestionStage, IngestionStatus
from kairo.evidence.models import IngestionJob as Row
from schema.context import Info
from schema.ids import global_id
from schema.types.brand import Brand
from schema.types.connection import Connection
from schema.types.node import Node
from schema.types.source_run import IngestionError, ItemCounts, SourceRun, counts, usd


@strawberry.type(description="One request to read a brand's sources, as a client follows it.")
class IngestionJob(Node):
    brand_key: strawberry.Private[UUID]
    status: IngestionStatus = strawberry.field(description="Where it is in its life.")
    stage: IngestionStage = strawberry.field(description="What it is doing, or did last.")
    percent: int = strawberry.field(description="How far it is, 0 to 100; it never goes back.")
    attempts: int = strawberry.field(description="Attempts that failed, and the one being made. Waiting is none.")
    max_attempts: int = strawberry.field(description="Attempts it has in all.")
    queued_at: datetime = strawberry.field(description="When it was asked for.")
    started_at: datetime | None = strawberry.field(description="When it was first taken up.")
    finished_at: datetime | None = strawberry.field(description="When it ended, one way or the other.")
    deadline_at: datetime = strawberry.field(description="When it is ended at the latest.")
    cancel_requested_at: datetime | None = strawberry.field(description="When its cancellation was requested.")
    poll_after_ms: int | None = strawberry.field(
        description="How long to wait before asking again, in milliseconds; null once it has ended."
    )
    stopped_early: bool = strawberry.field(
        description="Whether some connections were not read, because the evidence was enough for a board."
    )
    generation_job_id: strawberry.ID | None = strawberry.field(
        description="The generation job that waits for its end, or did."
    )
    error: IngestionError | None = strawberry.field(description="Why it has failed for good.")
    estimated_cost_usd: str = strawberry.field(
        description="What its readings so far may cost at most, in US dollars as a decimal number."
    )
    actual_cost_usd: str = strawberry.field(
        description="What its readings have cost as far as it is known, in US dollars as a decimal number."
    )
    counts: ItemCounts = strawberry.field(description="What became of the items of all readings.")
    runs: list[SourceRun] = strawberry.field(description="Its readings, in their order.")

    @strawberry.field(description="The brand it reads for.")
    def brand(self, info: Info) -> Brand:
        return Brand.from_row(info.context.brands.get(self.brand_key))

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Converts a row; its `runs` should be prefetched."""
        runs = list(row.runs.all())
        return cls(
            id=global_id("IngestionJob", row.id),
            brand_key=row.brand_id,
            status=IngestionStatus(row.status),
            stage=IngestionStage(row.stage),
            percent=row.percent,
            attempts=row.attempts,
            max_attempts=row.max_attempts,
            queued_at=row.created_at,
            started_at=row.started_at,
            finished_at=row.finished_at,
            deadline_at=row.deadline_at,
            cancel_requested_at=row.cancel_requested_at,
            poll_after_ms=_POLL_AFTER_MS if row.finished_at is None else None,
            stopped_early=row.stopped_early,
            generation_job_id=global_id("GenerationJob", row.parent_job_id) if row.parent_job_id else None,
            error=IngestionError.of(row.error_code) if row.error_code else None,
            estimated_cost_usd=usd(sum((run.estimated_usd for run in runs), Decimal(0))),
            actual_cost_usd=usd(sum((run.actual_usd or Decimal(0) for run in runs), Decimal(0))),
            counts=counts(runs),
            runs=[SourceRun.from_row(run) for run in runs],
        )


@strawberry.type(description="A page of a brand's ingestion jobs, newest first.")
class IngestionJobConnection(Connection[IngestionJob]):
    noun = "job"


_POLL_AFTER_MS = 2_000
