"""A brand's stored posts, page by page, and by their words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet

from kairo.core.enums import Platform
from kairo.core.errors import Invalid
from kairo.core.paging import Order, Page, moment, page_of
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.core.text import clean_line
from kairo.db.query_plans import through_tenant_view
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.evidence.search_vector import IndexableQuery, SearchVectorColumn

MAX_SEARCH_CHARACTERS = 200
MAX_AUTHOR_CHARACTERS = 300
# As the index over a brand's newest posts has them. What lies before a cursor is skipped inside that index.
_ORDER = Order(column="published_at", read=moment, nullable=True, ids_descending=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceFilter:
    """Which posts to list: those that meet every condition. An empty or absent one is met by all.

    `author` is a name as the platform writes it, in any case, with or without @. `published_from` is included,
    `published_to` is not. `search` is words as in a search engine: all of them, "a phrase", or, -not; one that
    does not say what to look for, but at most what not, finds nothing.
    """

    platforms: Collection[Platform] = ()
    author: str = ""
    published_from: datetime | None = None
    published_to: datetime | None = None
    search: str = ""


def list_evidence(
    *, caller: Caller, brand_id: UUID, first: int, after: str | None, filter_: EvidenceFilter
) -> Page[NormalizedEvidenceItem]:
    """A page of a brand's posts, newest published first, those without a date last: two SQL statements.

    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid: `first`, `after`, `author` or `search` cannot be used.
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    rows = _filtered(through_tenant_view(NormalizedEvidenceItem.objects.filter(brand=brand)), filter_)
    return page_of(rows, order=_ORDER, first=first, after=after)


def evidence_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, NormalizedEvidenceItem]:
    """Those of these posts that exist for this caller: one SQL statement."""
    return NormalizedEvidenceItem.objects.filter(brand__in=access.brands(caller=caller)).in_bulk(ids)


def _filtered(rows: QuerySet[NormalizedEvidenceItem], filter_: EvidenceFilter) -> QuerySet[NormalizedEvidenceItem]:
    if filter_.platforms:
        rows = rows.filter(platform__in=filter_.platforms)
    if author := _text(filter_.author, "author", most=MAX_AUTHOR_CHARACTERS).removeprefix("@"):
        rows = rows.filter(author_ref__iexact=author)
    if filter_.published_from is not None:
        rows = rows.filter(published_at__gte=filter_.published_from)
    if filter_.published_to is not None:
        rows = rows.filter(published_at__lt=filter_.published_to)
    if search := _text(filter_.search, "search", most=MAX_SEARCH_CHARACTERS):
        # No text is an error to a web search: what cannot be an operator is a word, or nothing.
        query = SearchQuery(search, config="simple", search_type="websearch")
        rows = rows.alias(words=SearchVectorColumn(), looks_for=IndexableQuery(query)).filter(words=query)
        # Without a word to start from, the index is no help, and every post of the brand would be looked at.
        rows = rows.exclude(looks_for__in=["", "T"])
    return rows


def _text(given: str, field: str, *, most: int) -> str:
    if len(given) > most:
        raise Invalid(f"`{field}` may have at most {most} characters.", field=field)
    return clean_line(given)
