from typing import Annotated, Self
from uuid import UUID

import strawberry

from kairo.core.errors import NotFound
from kairo.hero.enums import DeleteOutcome
from kairo.hero.services import evidence_deletion
from kairo.hero.services.evidence_deletion import DeletedEvidence
from schema.context import Info
from schema.ids import global_id, key_of
from schema.types.problem import InvalidInputProblem


@strawberry.input(description="Which posts to delete.")
class DeleteEvidenceInput:
    ids: list[strawberry.ID] = strawberry.field(
        description=f"The posts' ids, at most {evidence_deletion.MOST_AT_ONCE}."
    )


@strawberry.type(description="What became of one post.")
class EvidenceDeletion:
    evidence_id: strawberry.ID = strawberry.field(description="The id as it was given.")
    outcome: DeleteOutcome = strawberry.field(description="What became of it.")
    opportunity_ids: list[strawberry.ID] = strawberry.field(
        description="The ideas that name it and keep it, the newest first; empty when it is deleted."
    )
    board_ids: list[strawberry.ID] = strawberry.field(
        description="The stored boards, old ones included, that show it; empty when it is deleted."
    )

    @classmethod
    def of(cls, evidence_id: strawberry.ID, deleted: DeletedEvidence) -> Self:
        return cls(
            evidence_id=evidence_id,
            outcome=deleted.outcome,
            opportunity_ids=[global_id("Opportunity", id_) for id_ in deleted.named_by.opportunity_ids],
            board_ids=[global_id("TodayBoardReady", id_) for id_ in deleted.named_by.board_ids],
        )


@strawberry.type(description="The posts that nothing names are deleted.")
class EvidenceDeleted:
    deletions: list[EvidenceDeletion] = strawberry.field(description="What became of each post, in the order given.")


DeleteEvidenceResult = Annotated[
    EvidenceDeleted | InvalidInputProblem,
    strawberry.union("DeleteEvidenceResult", description="What became of the posts, or a problem (`... on Problem`)."),
]


@strawberry.type
class DeleteEvidenceMutation:
    @strawberry.mutation(
        description=(
            "Deletes stored posts. A post that an opportunity or a stored board cites is kept, and the outcome lists "
            "what cites it, so that every board can still be checked. Deleting a post again answers `NOT_FOUND`."
        )
    )
    def delete_evidence(
        self,
        info: Info,
        data: Annotated[DeleteEvidenceInput, strawberry.argument(name="input", description="Which posts.")],
    ) -> DeleteEvidenceResult:
        deleted = evidence_deletion.delete_evidence(caller=info.context.caller, ids=[_key(id_) for id_ in data.ids])
        deletions = [EvidenceDeletion.of(id_, each) for id_, each in zip(data.ids, deleted, strict=True)]
        return EvidenceDeleted(deletions=deletions)


def _key(id_: strawberry.ID) -> UUID | None:
    try:
        return key_of(id_, "EvidenceItem")
    except NotFound:
        return None
