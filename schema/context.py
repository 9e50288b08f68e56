from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from uuid import UUID

import strawberry
from django.db.models import prefetch_related_objects

from kairo.core.errors import NotFound
from kairo.core.services import brands
from kairo.core.services.access import Caller

if TYPE_CHECKING:
    from kairo.core.models import Brand
    from kairo.core.paging import Page

Part = Literal["pillars", "personas", "campaigns", "refresh_schedule", "source_connections"]


@dataclass(kw_only=True)
class Context:
    """A request's caller and id, and the brands it has read."""

    caller: Caller
    request_id: str
    brands: BrandRows = field(init=False)

    def __post_init__(self) -> None:
        self.brands = BrandRows(caller=self.caller)


Info = strawberry.Info[Context, None]


class BrandRows:
    """Reads the caller's brands when a field needs them, and caches them for the request.

    One SQL statement reads all brands that a request lists, and one more each of their parts.
    """

    def __init__(self, *, caller: Caller) -> None:
        self._caller = caller
        self._rows: dict[UUID, Brand] = {}
        self._expected: set[UUID] = set()
        self._prefetched: set[Part] = set()

    def all(self, *, include_archived: bool) -> list[Brand]:
        """Every brand of the caller, by name.

        Raises:
            TooManyBrands: there are more than 500.
        """
        rows = brands.all_brands(caller=self._caller, include_archived=include_archived)
        self._add(rows)
        return rows

    def page(self, *, first: int, after: str | None, include_archived: bool) -> Page[Brand]:
        """A page of the caller's brands, by slug.

        Raises:
            Invalid: `first` or `after` is invalid.
        """
        page = brands.list_brands(caller=self._caller, first=first, after=after, include_archived=include_archived)
        self._add(row for _, row in page.items)
        return page

    def expect(self, brand_ids: Iterable[UUID]) -> None:
        """Adds brands to read together with the first one that a field needs, in the same SQL statement."""
        self._expected.update(brand_ids)

    def existing(self, brand_ids: Iterable[UUID]) -> dict[UUID, Brand]:
        """Those of these brands that exist for this caller."""
        ids = set(brand_ids)
        if ids - self._rows.keys():
            self.expect(ids)
            self._read_expected()
        return {id_: self._rows[id_] for id_ in ids if id_ in self._rows}

    def get(self, brand_id: UUID) -> Brand:
        """
        Raises:
            NotFound: the brand does not exist for this caller.
        """
        if brand_id not in self._rows:
            self.expect([brand_id])
            self._read_expected()
        if brand_id not in self._rows:
            raise NotFound(noun="Brand")
        return self._rows[brand_id]

    def with_part(self, brand_id: UUID, part: Part) -> Brand:
        """The brand with this relation prefetched, for all brands read so far.

        Raises:
            NotFound: the brand does not exist for this caller.
        """
        brand = self.get(brand_id)
        if part not in self._prefetched:
            prefetch_related_objects(list(self._rows.values()), part)
            self._prefetched.add(part)
        return brand

    def _read_expected(self) -> None:
        missing = self._expected - self._rows.keys()
        self._add(brands.brands_visible_to(caller=self._caller).filter(id__in=missing))
        self._expected.clear()

    def clear(self) -> None:
        """Clears the cache after a mutation, so that later fields of the request read the changed rows."""
        self._rows.clear()
        self._prefetched.clear()

    def _add(self, rows: Iterable[Brand]) -> None:
        self._rows.update({row.id: row for row in rows})
        self._prefetched.clear()
