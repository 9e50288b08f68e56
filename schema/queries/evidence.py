from datetime import datetime
from typing import Annotated

import strawberry
from django.utils import timezone

from kairo.core.enums import Platform
from kairo.db.replica import reads_may_lag
from kairo.evidence.services import evidence_search
from kairo.hero.services import evidence_service
from schema.context import Info
from schema.ids import key_of
from schema.types.evidence_coverage import EvidenceCoverage
from schema.types.evidence_item import EvidenceItem, EvidenceItemConnection

_PAGE = 20


@strawberry.input(
    description="Which posts to list: those that meet every condition. A condition that is null or empty is met by all."
)
class EvidenceFilter:
    platforms: list[Platform] | None = strawberry.field(default=None, description="From one of these platforms.")
    author: str | None = strawberry.field(
        default=None, description="By this author, as the platform names them; in any case, with or without @."
    )
    published_from: datetime | None = strawberry.field(default=None, description="Published then or later.")
    published_to: datetime | None = strawberry.field(default=None, description="Published before then.")
    search: str | None = strawberry.field(
        default=None,
        description=(
            'Words of its title, texts and hashtags, at most 200 characters: all of them, `"a phrase"`, `this or '
            "that`, `-not`. Words are found whole, in any case. Where there is no word to look for, nothing is found."
        ),
    )

    def to_service_filter(self) -> evidence_search.EvidenceFilter:
        return evidence_search.EvidenceFilter(
            platforms=self.platforms or (),
            author=self.author or "",
            published_from=self.published_from,
            published_to=self.published_to,
            search=self.search or "",
        )


@strawberry.type
class EvidenceQuery:
    @strawberry.field(description="One stored post.")
    @reads_may_lag()
    def evidence_item(
        self,
        info: Info,
        evidence_id: Annotated[strawberry.ID, strawberry.argument(name="id", description="The post's id.")],
    ) -> EvidenceItem | None:
        key = key_of(evidence_id, "EvidenceItem")
        return EvidenceItem.from_dto(evidence_service.get_evidence_item(caller=info.context.caller, evidence_id=key))

    @strawberry.field(description="A brand's stored posts, newest published first, those without a date last.")
    @reads_may_lag()
    def evidence(
        self,
        info: Info,
        brand_id: Annotated[strawberry.ID, strawberry.argument(description="The brand's id.")],
        first: Annotated[int, strawberry.argument(description="How many at most, 1 to 100.")] = _PAGE,
        after: Annotated[
            str | None, strawberry.argument(description="The cursor after which to go on; null for the newest.")
        ] = None,
        filter_: Annotated[
            EvidenceFilter | None, strawberry.argument(name="filter", description="Which posts; null for all.")
        ] = None,
    ) -> EvidenceItemConnection:
        page = evidence_service.list_evidence(
            caller=info.context.caller,
            brand_id=key_of(brand_id, "Brand"),
            first=first,
            after=after,
            filter_=(filter_ or EvidenceFilter()).to_service_filter(),
        )
        return EvidenceItemConnection.of(page.map(lambda posts: map(EvidenceItem.from_dto, posts)), after=after)

    @strawberry.field(
        description="How far a brand's evidence is from a board, gate by gate: what a job would say, without one."
    )
    @reads_may_lag()
    def evidence_coverage(
        self,
        info: Info,
        brand_id: Annotated[strawberry.ID, strawberry.argument(description="The brand's id.")],
    ) -> EvidenceCoverage:
        key = key_of(brand_id, "Brand")
        dto = evidence_service.coverage(caller=info.context.caller, brand_id=key, now=timezone.now())
        return EvidenceCoverage.from_dto(dto)
