from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from kairo.core.models import Brand
from kairo.hero.enums import JobStatus
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob


@dataclass(frozen=True, kw_only=True, slots=True)
class TodayRows:
    """What the database holds about one brand's Today at `now`, the database's clock."""

    brand: Brand
    now: datetime
    active_job: OpportunitiesJob | None
    latest_board: OpportunitiesBoard | None


def today_rows(brands: QuerySet[Brand], *, brand_id: UUID) -> TodayRows | None:
    """Brand, active job and latest board of one of these brands, in one SQL statement; None where it is not one.

    One statement is one snapshot: a job cannot end between reading it and reading its board.
    """
    newest = OpportunitiesBoard.objects.filter(brand_id=OuterRef("pk")).order_by("-created_at", "-id")
    brand = (
        brands.filter(id=brand_id)  # type: ignore[misc]  # the plugin does not know filtered relations
        .annotate(
            db_now=Now(),
            active_job=FilteredRelation("jobs", condition=Q(jobs__status__in=JobStatus.active())),
            latest_board=FilteredRelation("boards", condition=Q(boards__id=Subquery(newest.values("id")[:1]))),
        )
        .select_related("active_job", "latest_board")
        .first()
    )
    if brand is None:
        return None
    return TodayRows(
        brand=brand,
        now=brand.db_now,
        # Django sets the attribute of a filtered relation only where there is a row.
        active_job=getattr(brand, "active_job", None),
        latest_board=getattr(brand, "latest_board", None),
    )
