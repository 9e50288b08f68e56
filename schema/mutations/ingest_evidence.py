from dataclasses import asdict
from typing import Annotated

import strawberry
from django.utils import timezone

from kairo.core.enums import ContentType, Platform
from kairo.evidence.enums import IngestOutcome, OnIngestError
from kairo.evidence.services import submission
from kairo.evidence.services.submission import EvidenceRejected
from schema.context import Info
from schema.ids import key_of
from schema.types.evidence_outcome import EvidenceOutcome
from schema.types.problem import ConflictProblem, InvalidInputProblem, NotFoundProblem, Problem, ProblemCode
from schema.types.scalars import Long

_COUNT = "Null if unknown, never 0 for that. A negative count, or one above 2^53, is taken as unknown."


@strawberry.input(description="How a post does now.")
class EvidenceMetricsInput:
    views: Long | None = strawberry.field(default=None, description=f"Views or plays. {_COUNT}")
    likes: Long | None = strawberry.field(default=None, description=f"Likes or reactions. {_COUNT}")
    comments: Long | None = strawberry.field(default=None, description=f"Comments or replies. {_COUNT}")
    shares: Long | None = strawberry.field(default=None, description=f"Shares or reposts. {_COUNT}")


@strawberry.input(
    description=(
        "A post. `platform` and `externalId` identify it, or `canonicalUrl` where it has no external id: one of the "
        "two is required. Control characters are removed from every text, and texts above their limit are cut."
    )
)
class EvidenceItemInput:
    platform: Platform = strawberry.field(description="Where it was published.")
    content_type: ContentType | None = strawberry.field(
        default=None, description="What kind of post it is; null for the platform's usual one."
    )
    external_id: str | None = strawberry.field(
        default=None, description="The platform's own id for it, at most 300 characters; longer is a fault."
    )
    canonical_url: str | None = strawberry.field(
        default=None,
        description=(
            "Its address, absolute, http or https. Stored in one spelling, without tracking parameters. A wrong one "
            "is a fault where there is no external id, and left out where there is."
        ),
    )
    published_at: str | None = strawberry.field(
        default=None,
        description=(
            "When it was published, as an ISO 8601 moment such as 2026-01-31T23:59:59Z; without a zone it is UTC. "
            "Before 1990 or more than a day from now is a fault. Null if unknown: such a post counts as not fresh."
        ),
    )
    author_ref: str | None = strawberry.field(
        default=None, description="Who published it, as the platform names them: at most 300 characters."
    )
    title: str | None = strawberry.field(default=None, description="Its title, at most 1,000 characters.")
    text_primary: str | None = strawberry.field(
        default=None, description="Its caption or text, at most 50,000 characters."
    )
    text_secondary: str | None = strawberry.field(
        default=None, description="Its transcript, or else its description, at most 50,000 characters."
    )
    has_transcript: bool = strawberry.field(default=False, description="Whether `textSecondary` is what is said in it.")
    hashtags: list[str] | None = strawberry.field(
        default=None, description="Its hashtags, with or without #: at most 200, of at most 300 characters."
    )
    metrics: EvidenceMetricsInput | None = strawberry.field(default=None, description="How it does now.")
    source: str | None = strawberry.field(
        default=None, description="Where you have it from, for your own use: at most 300 characters."
    )
    synthetic: bool = strawberry.field(default=False, description="Whether it is made up, for a test or a demo.")


@strawberry.input(description="Posts to store as a brand's evidence.")
class IngestEvidenceInput:
    brand_id: strawberry.ID = strawberry.field(description="The brand's id.")
    items: list[EvidenceItemInput] = strawberry.field(
        description=(
            f"The posts, at most {submission.MAX_ITEMS}, as variables: a document itself may not be that long. Of "
            "items with the same post the first counts."
        )
    )
    on_error: OnIngestError = strawberry.field(
        default=OnIngestError.SKIP, description="What happens to the others when an item is rejected."
    )


@strawberry.type(description="Everything that was not rejected is stored.")
class EvidenceIngested:
    outcomes: list[EvidenceOutcome] = strawberry.field(description="What became of each item, in the order given.")
    created: int = strawberry.field(description="How many were new.")
    updated: int = strawberry.field(description="How many were there with other content.")
    unchanged: int = strawberry.field(description="How many were there just so.")
    duplicates: int = strawberry.field(description="How many are the same post as an item before them.")
    rejected: int = strawberry.field(description="How many cannot be stored.")


@strawberry.type(description="An item was rejected, and all were to be stored or none: nothing was.")
class EvidenceRejectedProblem(Problem):
    outcomes: list[EvidenceOutcome] = strawberry.field(description="Every item that was rejected, and why.")


class EvidenceRejectedHandler(strawberry.ExceptionHandler[EvidenceRejected, EvidenceRejectedProblem]):
    def handle(self, exception: EvidenceRejected, *, field: object, info: Info) -> EvidenceRejectedProblem:
        return EvidenceRejectedProblem(
            message=str(exception),
            code=ProblemCode.EVIDENCE_REJECTED,
            outcomes=[EvidenceOutcome.of(record) for record in exception.rejected],
        )


IngestEvidenceResult = Annotated[
    EvidenceIngested | EvidenceRejectedProblem | NotFoundProblem | InvalidInputProblem | ConflictProblem,
    strawberry.union("IngestEvidenceResult", description="What became of the items, or a problem (`... on Problem`)."),
]


@strawberry.type
class IngestEvidenceMutation:
    @strawberry.mutation(
        description=(
            "Stores posts as a brand's evidence. Sending the same again changes nothing. Boards follow: what a board "
            "shows of a post at once, new posts with the next generation."
        )
    )
    def ingest_evidence(
        self,
        info: Info,
        data: Annotated[IngestEvidenceInput, strawberry.argument(name="input", description="Which posts, and whose.")],
    ) -> IngestEvidenceResult:
        report = submission.submit(
            caller=info.context.caller,
            brand_id=key_of(data.brand_id, "Brand"),
            items=[asdict(item) for item in data.items],
            on_error=data.on_error,
            now=timezone.now(),
        )
        return EvidenceIngested(
            outcomes=[EvidenceOutcome.of(record) for record in report.records],
            created=report.count(IngestOutcome.CREATED),
            updated=report.count(IngestOutcome.UPDATED),
            unchanged=report.count(IngestOutcome.UNCHANGED),
            duplicates=report.count(IngestOutcome.DUPLICATE),
            rejected=report.count(IngestOutcome.REJECTED),
        )
