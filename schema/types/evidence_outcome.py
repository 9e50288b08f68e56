from typing import Self

import strawberry
from strawberry.utils.str_converters import to_camel_case

from kairo.evidence.enums import IngestOutcome, RecordErrorCode
from kairo.evidence.importing.ingest_records import IngestedRecord
from schema.ids import global_id


@strawberry.type(description="What became of one item.")
class EvidenceOutcome:
    index: int = strawberry.field(description="Its place in the input, from 0.")
    outcome: IngestOutcome = strawberry.field(description="What became of it.")
    evidence_id: strawberry.ID | None = strawberry.field(
        description="The stored post's id, the same each time the post is sent; null when it was rejected."
    )
    code: RecordErrorCode | None = strawberry.field(description="Why it was rejected; null when it was not.")
    path: list[str] | None = strawberry.field(
        description="Where the fault is, from the argument's name down; null when it was not rejected."
    )
    message: str | None = strawberry.field(description="The fault for a person; null when it was not rejected.")
    notes: list[str] = strawberry.field(
        description="What was set aside on the way, such as a negative count, which is stored as unknown."
    )

    @classmethod
    def of(cls, record: IngestedRecord) -> Self:
        error = record.rejection
        return cls(
            index=record.position,
            outcome=record.outcome,
            evidence_id=global_id("EvidenceItem", record.evidence_id) if record.evidence_id else None,
            code=error.code if error else None,
            path=_path(record.position, error.path) if error else None,
            message=str(error) if error else None,
            notes=list(record.notes),
        )


def _path(index: int, field: str) -> list[str]:
    names = [to_camel_case(name) for name in field.split(".")] if field else []
    return ["input", "items", str(index), *names]
