from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from kairo.core.errors import NotFound
from kairo.core.models import Brand
from kairo.core.services import access
from kairo.core.services.access import Caller


def brands_visible_to(*, caller: Caller, include_archived: bool = True) -> QuerySet[Brand]:
    """The caller's brands, ordered by name."""
    brands = access.brands(caller=caller).order_by("name", "id")
    return brands if include_archived else brands.filter(archived_at__isnull=True)


def brand_with_context(*, brand_id: UUID) -> Brand:
    """A brand with its active pillars, personas and campaigns prefetched: four SQL statements.

    It checks no permission: use it in jobs; requests use `access`.

    Raises:
        NotFound: the brand has been deleted.
    """
    brand = Brand.objects.filter(id=brand_id).prefetch_related("pillars", "personas", "campaigns").first()
    if brand is None:
        raise NotFound(noun="Brand")
    return brand
