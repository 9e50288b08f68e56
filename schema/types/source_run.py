from datetime import datetime
from decimal import Decimal
from typing import Self

import strawberry

from kairo.core.enums import Platform
from kairo.evidence import remediation
from kairo.evidence.enums import IngestionErrorCode, RecordErrorCode, SourceKind, SourceRunStatus
from kairo.evidence.models import SourceRun as Row
from schema.ids import global_id
from schema.types.node import Node


@strawberry.type(description="Why a reading, or an ingestion job, came to nothing, and what can be done about it.")
class IngestionError:
    code: IngestionErrorCode = strawberry.field(description="The reason for a program.")
    remediation: str = strawberry.field(description="What a person can do about it.")
    retry_helps: bool = strawberry.field(description="Whether asking again may go better, with nothing changed.")

    @classmethod
    def of(cls, code: str) -> Self:
        known = IngestionErrorCode(code)
        return cls(code=known, remediation=remediation.for_code(known), retry_helps=remediation.retry_helps(known))


@strawberry.type(description="How many items were rejected for one reason.")
class RejectionCount:
    code: RecordErrorCode = strawberry.field(description="The reason.")
    items: int = strawberry.field(description="How many items.")


@strawberry.type(description="What became of the items of a reading, or of all readings of a job.")
class ItemCounts:
    items: int = strawberry.field(description="Items that came.")
    created: int = strawberry.field(description="Posts that are new.")
    updated: int = strawberry.field(description="Posts that were there with other content.")
    unchanged: int = strawberry.field(description="Posts that were there just so.")
    duplicates: int = strawberry.field(description="Items that repeat an earlier one of the same reading.")
    rejected: int = strawberry.field(description="Items that can be no post.")


@strawberry.type(description="One stage of one reading of a source.")
class SourceRun(Node):
    connection_id: strawberry.ID = strawberry.field(description="The connection that was read; it may be gone.")
    platform: Platform = strawberry.field(description="Where it was read.")
    kind: SourceKind = strawberry.field(description="What of the platform was read.")
    identifier: str = strawberry.field(description="The name or address that was read.")
    stage: str = strawberry.field(description="The source's name for the stage, such as `discovery`.")
    status: SourceRunStatus = strawberry.field(description="Where it is in its life.")
    estimated_cost_usd: str = strawberry.field(
        description="What it may cost at most, in US dollars as a decimal number: `0.054000`."
    )
    actual_cost_usd: str | None = strawberry.field(
        description="What it has cost, in US dollars as a decimal number; null while it is unknown."
    )
    counts: ItemCounts = strawberry.field(description="What became of its items.")
    rejections: list[RejectionCount] = strawberry.field(description="Why items were rejected.")
    error: IngestionError | None = strawberry.field(description="Why it came to nothing, or to a part only.")
    started_at: datetime = strawberry.field(description="When it was begun.")
    finished_at: datetime | None = strawberry.field(description="When it ended.")

    @classmethod
    def from_row(cls, row: Row) -> Self:
        return cls(
            id=global_id("SourceRun", row.id),
            connection_id=global_id("EvidenceSource", row.connection_id),
            platform=Platform(row.platform),
            kind=SourceKind(row.kind),
            identifier=row.identifier,
            stage=row.stage,
            status=SourceRunStatus(row.status),
            estimated_cost_usd=usd(row.estimated_usd),
            actual_cost_usd=None if row.actual_usd is None else usd(row.actual_usd),
            counts=counts([row]),
            rejections=[RejectionCount(code=RecordErrorCode(code), items=n) for code, n in row.rejections.items()],
            error=IngestionError.of(row.error_code) if row.error_code else None,
            started_at=row.created_at,
            finished_at=row.finished_at,
        )


def counts(rows: list[Row]) -> ItemCounts:
    """The sums over these runs."""
    return ItemCounts(
        items=sum(row.items for row in rows),
        created=sum(row.created for row in rows),
        updated=sum(row.updated for row in rows),
        unchanged=sum(row.unchanged for row in rows),
        duplicates=sum(row.duplicates for row in rows),
        rejected=sum(row.rejected for row in rows),
    )


def usd(amount: Decimal) -> str:
    """A decimal number with six places and no exponent."""
    return f"{amount:.6f}"
