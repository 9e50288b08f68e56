from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from kairo.core.errors import KairoError, NotFound
from kairo.core.models import Brand
from kairo.core.paging import Order, Page, page_of
from kairo.core.services import access
from kairo.core.services.access import Caller

MAX_LISTED = 500
# The order of the index of the constraint brand_slug_unique_in_tenant.
_BY_SLUG = Order(column="slug", parse=str, descending=False, ids_descending=False)


class TooManyBrands(KairoError):
    """The tenant has more brands than a list without pages returns."""

    code = "QUERY_TOO_COMPLEX"

    def __init__(self) -> None:
        super().__init__(
            f"`brands` lists at most {MAX_LISTED} brands, and there are more. Ask for `brandConnection`, page by page."
        )


def brands_visible_to(*, caller: Caller, include_archived: bool = True) -> QuerySet[Brand]:
    """The caller's brands, ordered by name."""
    brands = access.brands(caller=caller).order_by("name", "id")
    return brands if include_archived else brands.filter(archived_at__isnull=True)


def all_brands(*, caller: Caller, include_archived: bool) -> list[Brand]:
    """The caller's brands, ordered by name: one SQL statement.

    Raises:
        TooManyBrands: there are more than 500.
    """
    rows = list(brands_visible_to(caller=caller, include_archived=include_archived)[: MAX_LISTED + 1])
    if len(rows) > MAX_LISTED:
        raise TooManyBrands
    return rows


def list_brands(*, caller: Caller, first: int, after: str | None, include_archived: bool) -> Page[Brand]:
    """A page of the caller's brands, ordered by slug: one SQL statement.

    Raises:
        Invalid: `first` or `after` is invalid.
    """
    rows = access.brands(caller=caller)
    rows = rows if include_archived else rows.filter(archived_at__isnull=True)
    return page_of(rows, order=_BY_SLUG, first=first, after=after)


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
