from __future__ import annotations

from collections.abc import Container
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from kairo.core.models import Brand, Opportunity
from kairo.core.models.record import Record
from kairo.hero.dto import BrandSnapshotDTO, TodayBoardDTO
from kairo.hero.enums import GenerationErrorCode, ReadyReason, TodayBoardState
from kairo.hero.models.board_content import BoardContent
from kairo.hero.models.opportunities_job import OpportunitiesJob


class OpportunitiesBoard(Record):
    """The immutable result of one generation for one brand.

    `opportunity_ids` names the opportunity rows, best first; `content` has the opportunities as they were generated,
    so that an old board reads back unchanged. The database refuses a board that names an opportunity which does not
    exist in its brand (checked at commit), and a ready board that is empty without a reason.
    """

    # board_brand_newest starts with this column, so it needs no index of its own.
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="boards", db_index=False)
    job = models.OneToOneField(OpportunitiesJob, on_delete=models.SET_NULL, null=True, blank=True, related_name="board")
    attempt = models.PositiveSmallIntegerField(default=0, db_default=0)
    state = models.CharField(max_length=24, choices=TodayBoardState.choices)
    ready_reason = models.CharField(max_length=32, choices=ReadyReason.choices, null=True, blank=True, default=None)
    opportunity_ids = ArrayField(models.UUIDField(), default=list, db_default=[], blank=True)
    content = models.JSONField(default=dict, db_default={})
    remediation = models.TextField(blank=True, default="", db_default="")
    error_code = models.CharField(
        max_length=32, choices=GenerationErrorCode.choices, null=True, blank=True, default=None
    )
    diagnostics_json = models.JSONField(default=dict, db_default={}, blank=True)
    # The recorded inputs, from which a replay generates this board again.
    inputs = models.JSONField(default=dict, db_default={}, blank=True)
    as_of = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=TodayBoardState.stored()), name="board_state_storable"),
            models.CheckConstraint(
                condition=models.Q(ready_reason__isnull=True) | models.Q(ready_reason__in=ReadyReason.values),
                name="board_ready_reason_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=TodayBoardState.READY)
                | models.Q(opportunity_ids__len__gte=1)
                | models.Q(ready_reason__isnull=False),
                name="board_empty_ready_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state=TodayBoardState.READY)
                | models.Q(ready_reason__isnull=True, opportunity_ids__len=0),
                name="board_only_ready_has_reason_or_ideas",
            ),
            models.CheckConstraint(
                condition=models.Q(error_code__isnull=True) | models.Q(error_code__in=GenerationErrorCode.values),
                name="board_error_code_known",
            ),
        ]
        indexes = [
            models.Index(fields=["brand", "-created_at", "-id"], name="board_brand_newest"),
            # For the trigger that looks for boards with an opportunity that is deleted or moved.
            GinIndex(fields=["opportunity_ids"], name="board_opportunity_gin"),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.state})"

    def validate_referential_integrity(self, *, existing: Container[UUID] | None = None) -> tuple[bool, list[str]]:
        """Whether each opportunity that this board names exists in its brand, and the missing ids in order.

        One SQL statement, none with `existing`, the ids that the caller has read.
        """
        if not self.opportunity_ids:
            return True, []
        ids = [UUID(str(id_)) for id_ in self.opportunity_ids]
        if existing is None:
            existing = set(Opportunity.objects.filter(brand_id=self.brand_id, id__in=ids).values_list("id", flat=True))
        missing = [str(id_) for id_ in ids if id_ not in existing]
        return not missing, missing

    def to_dto(self, *, brand: BrandSnapshotDTO | None = None) -> TodayBoardDTO:
        """The board as it was generated. Without `brand`, the brand's name costs one SQL statement.

        Raises:
            ValueError: the stored content has a version this code cannot read, or breaks a board invariant.
        """
        return BoardContent.from_json(self.content).to_dto(
            board_id=self.id,
            brand=brand or _minimal_brand(self.brand),
            as_of=self.as_of,
            generated_at=self.created_at,
            state=TodayBoardState(self.state),
            ready_reason=ReadyReason(self.ready_reason) if self.ready_reason else None,
            remediation=self.remediation or None,
            error_code=GenerationErrorCode(self.error_code) if self.error_code else None,
        )


def _minimal_brand(brand: Brand) -> BrandSnapshotDTO:
    return BrandSnapshotDTO(id=brand.id, tenant_id=brand.tenant_id, slug=brand.slug, name=brand.name)
